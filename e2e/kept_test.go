package e2e

import (
	"path/filepath"
	"slices"
	"testing"

	"alongside/e2e/product"
)

func TestEveryKeptVersionOpensAndShowsWhatItsLearnersWrote(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/kept/*.zip")
	must(t, err)
	if len(files) == 0 {
		t.Log("no version is kept yet: make keep NAME=…")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			p, kept, err := product.OpenKept(binary, file, t.TempDir())
			must(t, err)
			start(t, p)
			for _, wrote := range kept.Wrote {
				client, err := p.SignIn(wrote.Who)
				must(t, err)
				page, err := client.Get(wrote.Path)
				must(t, err)
				if !slices.Contains(product.Typed(page), wrote.Text) {
					t.Errorf("%s of %s does not show %q", wrote.Path, wrote.Who.Username, wrote.Text)
				}
			}
		})
	}
}
