package people

import (
	"archive/zip"
	"context"
	"fmt"

	"alongside/hooks/web"
)

// A Filer is a Keeper that keeps whole files of people: what they said. A field
// that is called file names each in what the keeper tells.
type Filer interface {
	// Files gives every file of the viewer that is open to them, one after the other,
	// by its name in the download.
	Files(ctx context.Context, viewer *web.Viewer, file func(name string, content []byte) error) error
}

// writeFiles puts them into a download as they are: no sound gets any smaller.
func (k *Keeping) writeFiles(ctx context.Context, archive *zip.Writer, viewer *web.Viewer) error {
	for _, keeper := range k.keepers {
		filer, ok := keeper.(Filer)
		if !ok {
			continue
		}
		err := filer.Files(ctx, viewer, func(name string, content []byte) error {
			w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: k.now()})
			if err == nil {
				_, err = w.Write(content)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("download files: %w", err)
		}
	}
	return nil
}
