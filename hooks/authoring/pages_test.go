package authoring_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

// An openPage is the editor in somebody's browser: what stands in it, and what it was
// told of what is stored.
type openPage struct {
	browser *hooktest.Browser
	name    string
	text    string
	after   string
	typed   []string // since it was last stored
	stored  []string // acknowledged
}

func (p *openPage) open(t *testing.T) {
	t.Helper()
	p.text, p.after = mustText(t, p.browser)
}

// write puts a word that nobody else writes somewhere into the text.
func (p *openPage) write(random *rand.Rand, word string) {
	lines := strings.Split(p.text, "\n")
	at := 5 + random.IntN(len(lines)-5) // below the top
	lines[at] = strings.TrimSpace(lines[at] + " " + word)
	if strings.HasPrefix(lines[at], ":::") || strings.HasPrefix(lines[at], "#") {
		lines[at] = strings.TrimSuffix(lines[at], " "+word)
		lines = append(lines, "", word)
	}
	p.text = strings.Join(lines, "\n")
	p.typed = append(p.typed, word)
}

func (p *openPage) acknowledged() {
	p.stored = append(p.stored, p.typed...)
	p.typed = nil
}

func (p *openPage) savesItself(t *testing.T) {
	t.Helper()
	r := p.browser.Post(address, form("text", p.text, "after", p.after, "page", p.name, "auto", "1"))
	if r.Status != http.StatusNoContent && r.Status != http.StatusConflict {
		t.Fatalf("saving by itself: %d", r.Status)
	}
	told, err := url.ParseQuery(r.Header.Get("Stored"))
	if err != nil || told.Get("after") == "" {
		t.Fatalf("the page is told %q", r.Header.Get("Stored"))
	}
	p.after = told.Get("after")
	p.acknowledged()
}

// save presses Save and, where there is something to choose, keeps both.
func (p *openPage) save(t *testing.T) {
	t.Helper()
	r := p.browser.Post(address, form("text", p.text, "after", p.after, "page", p.name, "do", "save"))
	for range 20 {
		if r.Status == http.StatusSeeOther {
			p.acknowledged()
			p.open(t)
			return
		}
		if r.Status != http.StatusConflict && r.Status != http.StatusUnprocessableEntity {
			t.Fatalf("Save: %d\n%s", r.Status, r.Body)
		}
		page := r.Page(t)
		chosen := url.Values{"after": {page.Find("input[name=after]").AttrOr("value", "")}, "with": {page.Find("input[name=with]").AttrOr("value", "")}}
		for n := range page.Find("fieldset.clash").Length() {
			chosen.Set(fmt.Sprintf("choice.%d", n), "both")
		}
		r = p.browser.Post(address, chosen)
	}
	t.Fatal("there is no end to choosing")
}

// Every word that a page was told is stored is kept, whatever two people do at the same
// time; and once both have pressed Save, all of them stand in the text.
func TestNoWordIsLostWhateverTwoPagesDo(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	mustStatus(t, b.Post(address+"/writers", form("do", "ask", "person", w.other.ID)), http.StatusSeeOther)
	browsers := []*hooktest.Browser{b, w.SignIn(t, w.other)}
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 5))
		pages := []*openPage{}
		for i, browser := range browsers {
			one := &openPage{browser: browser, name: fmt.Sprintf("page-%d-%d", seed, i)}
			one.open(t)
			pages = append(pages, one)
		}
		for step := range 40 {
			one := pages[random.IntN(2)]
			switch random.IntN(5) {
			case 0, 1:
				one.write(random, fmt.Sprintf("word%dx%dx", seed, step))
			case 2, 3:
				one.savesItself(t)
			default:
				one.save(t)
			}
			w.assertKept(t, pages)
		}
		pages[0].save(t)
		pages[1].save(t)
		head := w.mustOne(t, "SELECT s.text FROM draft_states s JOIN drafts d ON d.id = s.draft AND d.head = s.number", nil)
		for _, one := range pages {
			for _, word := range one.stored {
				if !strings.Contains(head, word) {
					t.Errorf("run %d: %s is not in the text any more", seed, word)
				}
			}
		}
	}
}

func (w *writing) assertKept(t *testing.T, pages []*openPage) {
	t.Helper()
	var texts []string
	if err := w.App.DB().NewQuery("SELECT text FROM draft_states ORDER BY number DESC LIMIT {:most}").Bind(dbx.Params{"most": 400}).Column(&texts); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(texts, "\n")
	for _, one := range pages {
		for _, word := range one.stored {
			if !strings.Contains(all, word) {
				t.Fatalf("%s was stored, and is nowhere", word)
			}
		}
	}
}
