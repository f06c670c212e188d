package courses

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// everyText is every Markdown file of the shipped courses and, where CORPORA names a
// folder, of all courses in it.
func everyText(t testing.TB) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	for _, folder := range Library() {
		for _, file := range folder.Files {
			if isMarkdown(file.Path) {
				texts[folder.Name+"/"+file.Path] = file.Data
			}
		}
	}
	dir := os.Getenv("CORPORA")
	if dir == "" {
		return texts
	}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isMarkdown(name) {
			return err
		}
		texts[name], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func assertPieces(t *testing.T, text []byte) []Piece {
	t.Helper()
	at := 0
	pieces := Pieces(text)
	for _, p := range pieces {
		if p.From != at || p.To <= p.From || p.Line != 1+len(linesOf(text[:p.From])) {
			t.Errorf("after byte %d comes %+v", at, p)
		}
		at = p.To
	}
	if at != len(text) {
		t.Errorf("pieces end at %d of %d", at, len(text))
	}
	return pieces
}

func TestPiecesTogetherAreTheText(t *testing.T) {
	for name, text := range everyText(t) {
		t.Run(name, func(t *testing.T) { assertPieces(t, text) })
	}
}

// Compiled alone, the source of a block says what the block says.
func TestEveryBlockHasItsSource(t *testing.T) {
	blocks, without := 0, 0
	for name, text := range everyText(t) {
		t.Run(name, func(t *testing.T) {
			links := "\n\n" + strings.Join(regexp.MustCompile(`(?m)^\[[^^\]]+\]: \S+`).FindAllString(string(text), -1), "\n") + "\n"
			m := Compile(Source{Path: "a.md", Text: text})
			pieces := PartPieces(text, m)
			found := map[string]int{}
			for _, p := range Pieces(text) {
				found[p.At]++
			}
			for _, step := range m.Steps {
				for i, part := range step.Parts {
					blocks++
					piece, ok := pieces[part.At]
					if !ok {
						without++
						if !strings.Contains(part.HTML, "footnote") {
							t.Errorf("%s (%s) has no source: %q", part.At, part.Kind, part.Text)
						}
						continue
					}
					if found[part.At] != 1 {
						t.Errorf("%s (%s, line %d) is in %d pieces", part.At, part.Kind, part.Line, found[part.At])
					}
					if i+1 < len(step.Parts) && hasPlace(step.Parts, i+1) {
						if next, ok := pieces[step.Parts[i+1].At]; ok && next.From < piece.To {
							t.Errorf("%s reaches into %s", part.At, next.At)
						}
					}
					alone := Compile(Source{Path: "a.md", Text: []byte("## Step\n\n" + piece.Source(text) + links)})
					if len(alone.Steps) == 0 || len(alone.Steps[0].Parts) == 0 || !sameWords(alone.Steps[0].Parts[0], part) {
						t.Errorf("%s (%s, line %d) is not its source alone: %q of %q", part.At, part.Kind, part.Line, piece.Source(text), part.Text)
					}
				}
			}
		})
	}
	if blocks < 500 {
		t.Errorf("%d blocks, %d without a source", blocks, without)
	}
}

func sourceAt(text []byte, m *Module, at string) string {
	piece, ok := PieceAt(text, m, at)
	if !ok {
		return ""
	}
	return piece.Source(text)
}

func TestTheSourceOfWhatStandsInABlock(t *testing.T) {
	text := "Before.\r\n\r\n## Look {#look}\r\n\r\n:::story[Bees]{#bees}\r\nOne.\r\ngoes on.\r\n\r\n:::reflection[What?]{#what}\r\n1. A\r\n\r\n2. B\r\n:::\r\n\r\n:::note\r\nInner.\r\n:::\r\nLast.\r\n:::\r\nAfter it.\r\n"
	m := Compile(Source{Path: "a.md", Text: []byte(text)})
	for at, want := range map[string]string{
		"start/1":    "Before.",
		"look/1/1":   "One.\r\ngoes on.",
		"look/1/2":   ":::reflection[What?]{#what}\r\n1. A\r\n\r\n2. B\r\n:::",
		"look/1/3":   ":::note\r\nInner.\r\n:::",
		"look/1/3/1": "Inner.",
		"look/1/4":   "Last.",
		"look/2":     "After it.",
		"look/9":     "",
		"look/1/1/1": "",
		"":           "",
	} {
		if got := sourceAt([]byte(text), m, at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	if story := sourceAt([]byte(text), m, "look/1"); !strings.HasPrefix(story, ":::story") || !strings.HasSuffix(story, "Last.\r\n:::") {
		t.Errorf("the story is %q", story)
	}
}

func TestFootnotesAndQuotesHaveNoSourceOfTheirOwn(t *testing.T) {
	text := []byte("## Look {#look}\n\nHere[^1].\n\n> [!NOTE]\n> Inner.\n\n[^1]: There.\n")
	m := Compile(Source{Path: "a.md", Text: text})
	for at, want := range map[string]string{"look/1": "Here[^1].", "look/2": "> [!NOTE]\n> Inner.", "look/2/1": "", "look/3": ""} {
		if got := sourceAt(text, m, at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
}

func TestAPieceIsReplacedAndNothingElse(t *testing.T) {
	for _, c := range []struct{ text, at, with, want string }{
		{"One.\n\n\nTwo.\n", "start/1", "New.\n\n", "New.\n\n\nTwo.\n"},
		{"One.\r\n\r\nTwo.\r\n", "start/2", "New,\nlonger.", "One.\r\n\r\nNew,\r\nlonger.\r\n"},
		{"One.\n\nTwo.", "start/2", "New.\n", "One.\n\nNew."},
		{"One.\n\nTwo.\n", "start/1", " \n", "Two.\n"},
		{"\ufeffOne.\nTwo.\n", "start/1", "New.", "\ufeffNew.\n"},
		{"One.\n\n    code\n\n    more\n\nTwo.\n", "start/2", "\n\n    other\n", "One.\n\n    other\n\nTwo.\n"},
		{"a\nb\r\nc\n\nTwo.\n", "start/1", "a\r\nb\r\nnew\r\nc", "a\nb\r\nnew\nc\n\nTwo.\n"},
		{":::story[S]{#s}\nOne.\n\nTwo.\n:::\n", "start/1/2", "New.\n", ":::story[S]{#s}\nOne.\n\nNew.\n:::\n"},
	} {
		m := Compile(Source{Path: "a.md", Text: []byte(c.text)})
		piece, ok := PieceAt([]byte(c.text), m, c.at)
		if !ok {
			t.Errorf("%q has no %s", c.text, c.at)
			continue
		}
		if got := string(ReplacePiece([]byte(c.text), piece, c.with)); got != c.want {
			t.Errorf("%q with %q at %s is %q, want %q", c.text, c.with, c.at, got, c.want)
		}
	}
}

// A suggestion that changes nothing changes nothing.
func TestAPieceReplacedByItselfIsTheText(t *testing.T) {
	for name, text := range everyText(t) {
		for at, piece := range PartPieces(text, Compile(Source{Path: "a.md", Text: text})) {
			if string(ReplacePiece(text, piece, piece.Source(text))) != string(text) {
				t.Errorf("%s: %s", name, at)
			}
		}
	}
}

// FuzzPieces holds what is true of every text.
func FuzzPieces(f *testing.F) {
	for _, e := range examples(f) {
		f.Add([]byte(e.text))
	}
	f.Add([]byte("---\na: b\n---\n\n\nOne\n- two\n\n[a]: b\n[^1]: c\n\n:::help\n\n:::\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		assertPieces(t, text)
		for at, piece := range PartPieces(text, Compile(Source{Path: "a.md", Text: text})) {
			if piece.From < 0 || piece.From >= piece.To || piece.To > len(text) {
				t.Fatalf("%s is %+v of %d bytes", at, piece, len(text))
			}
			if got := ReplacePiece(text, piece, piece.Source(text)); !bytes.Equal(got, text) {
				t.Fatalf("%s replaced by itself made %q of %q", at, got, text)
			}
		}
	})
}

// sameWords compares two parts without what depends on the text around them: links that
// are explained elsewhere, and numbers of footnotes.
func sameWords(a, b Part) bool {
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("[]^0123456789 \n", r) {
				return -1
			}
			return r
		}, s)
	}
	return a.Kind == b.Kind && bare(a.Text) == bare(b.Text)
}

func TestABlockThatIsPutInIsOneMoreAndTheOthersStayAsTheyWere(t *testing.T) {
	const tip = ":::tip\nDrink water.\n:::"
	for name, text := range everyText(t) {
		if strings.Contains(string(text), "\n::::") {
			continue // a box of other people's that has another end: what is put into it is in it
		}
		pieces := Pieces(text)
		for i := 0; i < len(pieces); i += 1 + len(pieces)/12 {
			out, line := InsertPiece(text, pieces[i], tip+"\n")
			got := Pieces(out)
			if len(got) != len(pieces)+1 {
				t.Errorf("%s: behind piece %d there are %d, not %d", name, i, len(got), len(pieces)+1)
				break
			}
			for k, one := range got {
				want, says := tip, strings.Join(bareLines(one.Source(out)), "\n")
				if k != i+1 {
					was := pieces[k-min(1, k/(i+2))]
					want = strings.Join(bareLines(was.Source(text)), "\n")
				} else if one.Line != line {
					t.Errorf("%s: behind piece %d it begins on line %d, and not %d", name, i, one.Line, line)
				}
				if says != want {
					t.Errorf("%s: behind piece %d, piece %d reads %q, not %q", name, i, k, says, want)
				}
			}
		}
	}
}
