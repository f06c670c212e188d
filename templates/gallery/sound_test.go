package gallery

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// void elements have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path", "circle"}

func TestEveryPageInEveryStateIsSoundHTML(t *testing.T) {
	for _, s := range scenes() {
		for _, lang := range languages {
			for _, wrong := range faults(render(t, s, lang)) {
				t.Errorf("%s in %s: %s", s.file, lang, wrong)
			}
		}
	}
}

// faults are tags that do not nest, ids that are there twice, and labels and
// descriptions of what is not there.
func faults(page string) (wrong []string) {
	var open, ids, wanted []string
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := tokens.Next()
		token := tokens.Token()
		switch kind {
		case html.ErrorToken:
			for _, id := range wanted {
				if !slices.Contains(ids, id) {
					wrong = append(wrong, "nothing has the id "+id)
				}
			}
			if len(open) > 0 {
				wrong = append(wrong, "never closed: "+strings.Join(open, " "))
			}
			return wrong
		case html.StartTagToken:
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
			for _, a := range token.Attr {
				switch a.Key {
				case "id":
					if slices.Contains(ids, a.Val) || a.Val == "" {
						wrong = append(wrong, "the id "+a.Val+" is there twice, or empty")
					}
					ids = append(ids, a.Val)
				case "for", "aria-labelledby", "aria-describedby":
					wanted = append(wanted, strings.Fields(a.Val)...)
				}
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				wrong = append(wrong, "</"+token.Data+"> closes nothing; open: "+strings.Join(open, " "))
				return wrong
			}
			open = open[:len(open)-1]
		}
	}
}
