package templates

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// madeAtRunTime are the beginnings of keys whose end is a value of the program:
// a fault, a role, a code of package courses.
var madeAtRunTime = []string{
	"fault.", "notice.", "saved.", "role.", "roles.", "help.kind.", "problem-in-form.",
	"problem.", "refusal.", "level.", "vault.", "import.", "language.", "date.",
	"act.", "audit.found.", "not-shown.", "card.state.", "code.kind.", "how.",
	"my-act.", "kept-kind.", "kept-credit.", "kept-offer.", "kept-field.", "kept-how.", "kept-device.", "kept-card.", "kept-code.", "kept-course.", "kept-reflection.", "kept-reply.", "kept-call.", "kept-supervision.",
	"concern.told.", "concern.knows.", "concern-state.", "concern-act.", "concern-do.",
	"share.why.", "share.role.", "thread.state.", "hold-why.", "clock.", "digest.", "mail.kind.", "mail.trouble.", "kept-mail.",
	"begin-from.", "begin-about.", "begin-with.rights.", "begin-with.story.", "begin-with.practice.", "begin-with.words.", "state.how.", "sign.missing.", "sign.", "verdict.", "suggest.state.", "credit.need.", "work.", "credit.how.", "my-credit.state.", "remark.state.",
	"block.", "block-about.", "block-row.", "block-field.question.", "block-field.order.", "block-field.sort.", "block-field.blanks.", "block-field.checklist.", "block-field.scenario.", "block-field.practice.", "block-field.reflection.",
	"block-field.scale.", "block-field.story.", "block-field.note.", "block-field.tip.", "block-field.warning.", "block-field.recall.", "block-field.help.", "block-field.figure.", "block-field.audio.", "block-field.video.",
	"phrase.kind.", "phrase.hint.", "learner.card.", "many.problem.", "many.failed.people.", "many.failed.cards.", "many.stay.", "many.stop.",
}

func TestEveryWordThatIsKeptIsUsed(t *testing.T) {
	used := quotedAnywhere(t)
	for key := range load().source().plain {
		if used[key] || isMadeOf(key, used) {
			continue
		}
		t.Errorf("nothing uses %q", key)
	}
}

// isMadeOf reports whether a key is one of a family and its own part is named
// somewhere in the program.
func isMadeOf(key string, used map[string]bool) bool {
	for _, family := range madeAtRunTime {
		own, ok := strings.CutPrefix(key, family)
		if !ok {
			continue
		}
		for _, end := range []string{"", ".do", ".why", ".title", ".text", ".many"} {
			if used[strings.TrimSuffix(own, end)] {
				return true
			}
		}
		return family == "help.kind." // the kinds are data: a charity's own
	}
	return false
}

var quoted = regexp.MustCompile(`"([a-zA-Z0-9.-]+)"`)

// quotedAnywhere is every string in the project's templates and programs.
func quotedAnywhere(t *testing.T) map[string]bool {
	found := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		if strings.HasSuffix(path, "_test.go") || ext != ".go" && ext != ".html" {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range quoted.FindAllSubmatch(text, -1) {
			found[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// constants of package courses that name what is wrong, each in a block whose
// comment says so.
var codeBlock = regexp.MustCompile(`(?s)// The codes of ([a-z]+)[^(]*const \((.*?)\n\)`)

func TestEveryCodeOfPackageCoursesHasWords(t *testing.T) {
	files, err := filepath.Glob("../courses/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range codeBlock.FindAllSubmatch(text, -1) {
			family := "problem."
			if string(block[1]) == "refusals" {
				family = "refusal."
			}
			for _, code := range quoted.FindAllSubmatch(block[2], -1) {
				seen++
				expectWords(t, family+string(code[1]))
				expectWords(t, family+string(code[1])+".do")
				if family == "problem." {
					expectWords(t, family+string(code[1])+".why")
				}
			}
		}
	}
	if seen < 80 {
		t.Errorf("found %d codes: the search no longer fits the source", seen)
	}
}

func expectWords(t *testing.T, key string) {
	t.Helper()
	if !Has(key) {
		t.Errorf("no words for %q", key)
	}
}

// A word written into a template would stay English for everybody.
func TestNoTemplateHoldsAWordOfItsOwn(t *testing.T) {
	names, err := fs.Glob(sources, "*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := fs.Glob(sources, "pages/*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, pages...) {
		text, err := sources.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range wordsIn(text) {
			t.Errorf("%s: %q is not in the locale files", name, word)
		}
	}
}

var (
	actions = regexp.MustCompile(`\{\{[^}]*\}\}`)
	letters = regexp.MustCompile(`\pL{2,}`)
)

// wordsIn finds what would be read or spoken and is no action.
func wordsIn(source []byte) []string {
	var found []string
	tokens := html.NewTokenizer(bufio.NewReader(bytes.NewReader(actions.ReplaceAll(source, nil))))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return found
		case html.TextToken:
			found = append(found, letters.FindAllString(string(tokens.Raw()), -1)...)
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range tokens.Token().Attr {
				switch a.Key {
				case "alt", "title", "placeholder", "aria-label":
					found = append(found, letters.FindAllString(a.Val, -1)...)
				}
			}
		}
	}
}

func TestWordsTakeTheirValuesAndTheirPluralForm(t *testing.T) {
	w := load().source()
	for got, want := range map[string]string{
		w.count("about-minutes", 1):                                     "about 1 minute",
		w.count("about-minutes", 12):                                    "about 12 minutes",
		Say("en", "problem.id-twice", map[string]string{"id": "start"}): "The id `start` is there twice.",
		Say("en", "no.such.words", nil):                                 "no.such.words",
		w.date("2024-05-03"):                                            "Friday 3 May 2024",
		w.date("2024-05-03T10:00:00Z"):                                  "Friday 3 May 2024",
		w.date("soon"):                                                  "soon",
		w.moment("2024-05-03T23:05:59+02:00"):                           "Friday 3 May 2024, 21:05 UTC",
		w.moment("2024-05-03 09:05:00.000Z"):                            "Friday 3 May 2024, 09:05 UTC",
		w.moment("2024-05-03"):                                          "Friday 3 May 2024",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
