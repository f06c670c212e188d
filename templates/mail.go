package templates

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	texttemplate "text/template"
)

// A letter is one kind of mail in one language, in both of its shapes.
type letter struct {
	text *texttemplate.Template
	html *template.Template
}

// Mail writes the two bodies of a mail in a language. name is the file below
// mail/ without its ending: "digest". The words of both are those of the locale
// files.
func Mail(lang, name string, data any) (text, html string, err error) {
	l, ok := load().edition(lang).mail[name]
	if !ok {
		return "", "", fmt.Errorf("mail %s: no such mail", name)
	}
	var asText, asHTML bytes.Buffer
	if err := l.text.Execute(&asText, data); err != nil {
		return "", "", fmt.Errorf("mail %s: %w", name, err)
	}
	if err := l.html.ExecuteTemplate(&asHTML, layout, data); err != nil {
		return "", "", fmt.Errorf("mail %s: %w", name, err)
	}
	return strings.TrimSpace(asText.String()) + "\n", asHTML.String(), nil
}

// readMail parses every mail for one language: name.txt, and name.html in the
// frame of mail/frame/*.html.
func (lib *library) readMail(files fs.FS, w *words) (map[string]letter, error) {
	frame, err := parseAll(files, "mail/frame/*.html", w)
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "mail/*.html")
	if err != nil {
		return nil, err
	}
	all := map[string]letter{}
	for _, name := range names {
		own, err := parseFile(files, name, w)
		if err != nil {
			return nil, err
		}
		page, err := assemble(lib.funcs(w), frame, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		plain, err := readPlain(files, strings.TrimSuffix(name, ".html")+".txt", w)
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(path.Base(name), ".html")] = letter{text: plain, html: page}
	}
	return all, nil
}

// readPlain parses what is shown as it is: nothing of it is escaped, and its lines
// stay lines.
func readPlain(files fs.FS, name string, w *words) (*texttemplate.Template, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	plain, err := texttemplate.New(name).Funcs(texttemplate.FuncMap{"t": w.word, "tn": w.count}).Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return plain, nil
}
