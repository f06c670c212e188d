package people

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"alongside/hooks/web"
	"alongside/templates"
)

const downloadPage = "people/download"

// writeHTML writes the page that people open.
func (k *Keeping) writeHTML(ctx context.Context, to io.Writer, viewer *web.Viewer, page DownloadPage) error {
	w := bufio.NewWriter(to)
	show := func(fragment string, data any) error {
		return templates.Render(w, page.Lang, downloadPage, fragment, data)
	}
	if err := show("download-head", page); err != nil {
		return err
	}
	kind := ""
	err := k.tellAll(ctx, viewer, func(item Item) error {
		if item.Kind != kind {
			if kind != "" {
				if err := show("download-kind-end", nil); err != nil {
					return err
				}
			}
			kind = item.Kind
			if err := show("download-kind", item); err != nil {
				return err
			}
		}
		return show("download-item", item)
	})
	if err == nil && kind != "" {
		err = show("download-kind-end", nil)
	}
	if err == nil {
		err = show("download-foot", page)
	}
	if err != nil {
		return err
	}
	return w.Flush()
}

// writeJSON writes the same for machines: a list of items under each kind.
func (k *Keeping) writeJSON(ctx context.Context, to io.Writer, viewer *web.Viewer, page DownloadPage) error {
	w := &jsonWriter{out: bufio.NewWriter(to)}
	w.text(`{"format":1,"made":`)
	w.value(page.Made)
	w.text(`,"site":`)
	w.value(page.Site)
	w.text(`,"username":`)
	w.value(page.Username)
	w.text(`,"closed":`)
	w.value(page.Closed)
	w.text(`,"kept":{`)
	kind := ""
	err := k.tellAll(ctx, viewer, func(item Item) error {
		switch kind {
		case item.Kind:
			w.text(",\n")
		case "":
			w.text("\n")
			w.key(item.Kind)
			w.text("[\n")
		default:
			w.text("],\n")
			w.key(item.Kind)
			w.text("[\n")
		}
		kind = item.Kind
		w.item(item)
		return w.err
	})
	if err != nil {
		return err
	}
	if kind != "" {
		w.text("]")
	}
	w.text("}}\n")
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

// A jsonWriter writes JSON piece by piece, and remembers the first error.
type jsonWriter struct {
	out *bufio.Writer
	err error
}

func (w *jsonWriter) text(text string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(text)
	}
}

func (w *jsonWriter) value(value any) {
	text, err := json.Marshal(value)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.text(string(text))
}

func (w *jsonWriter) key(name string) {
	w.value(name)
	w.text(":")
}

// item has its fields in their order. What is closed is null, and says so.
func (w *jsonWriter) item(item Item) {
	w.text(`{"at":`)
	w.value(item.At)
	for _, f := range item.Fields {
		w.text(",")
		w.key(f.Name)
		switch {
		case f.Closed:
			w.text(`null,"closed":true`)
		case f.List != nil:
			w.value(f.List)
		case f.At != "":
			w.value(f.At)
		default:
			w.value(f.Text)
		}
	}
	w.text("}")
}
