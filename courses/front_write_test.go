package courses_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/courses"
)

func TestAFieldIsWrittenAndEveryOtherByteStays(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		change     func(*courses.Front)
	}{
		"a title, with its note and its neighbours": {
			"---\n# ours\ntitle: Old   # the panel chose it\nunknown: [1, 2]\n\n# how long\nminutes: 20\n---\n\nText.\n",
			"---\n# ours\ntitle: New # the panel chose it\nunknown: [1, 2]\n\n# how long\nminutes: 20\n---\n\nText.\n",
			func(f *courses.Front) { f.Title = "New" },
		},
		"a new field behind those that come before it": {
			"---\ntitle: A\nmine: x\n---\nText.",
			"---\ntitle: A\nsummary: About it\nmine: x\n---\nText.",
			func(f *courses.Front) { f.Summary = "About it" },
		},
		"a field that became empty goes": {
			"---\ntitle: A\ncontent_note: |\n  Two\n  # lines\n\nminutes: 3\n---\nText.\n",
			"---\ntitle: A\n\nminutes: 3\n---\nText.\n",
			func(f *courses.Front) { f.ContentNote = "" },
		},
		"the ends of lines of the file": {
			"---\r\ntitle: A\r\n---\r\nText.\r\n",
			"---\r\ntitle: A\r\nminutes: 5\r\n---\r\nText.\r\n",
			func(f *courses.Front) { f.Minutes = 5 },
		},
		"no front matter yet": {
			"\ufeffText.\n",
			"\ufeff---\ntitle: A\nsummary: B\n---\nText.\n",
			func(f *courses.Front) { f.Title, f.Summary = "A", "B" },
		},
		"front matter with nothing in it": {
			"---\n---\nText.\n",
			"---\ntitle: A\n---\nText.\n",
			func(f *courses.Front) { f.Title = "A" },
		},
		"what looks like something else is quoted": {
			"---\ntitle: A\n---\n",
			"---\ntitle: 'Yes: no # that'\n---\n",
			func(f *courses.Front) { f.Title = "Yes: no # that" },
		},
		"contributors, one more": {
			"---\ncontributors:\n- name: Amal\n# last\nx: 1\n---\n",
			"---\ncontributors:\n  - name: Amal\n    about: \"\"\n  - name: Sam\n    about: Told it\n# last\nx: 1\n---\n",
			func(f *courses.Front) {
				f.Contributors = append(f.Contributors, courses.Contributor{Name: "Sam", About: "Told it"})
			},
		},
	} {
		front, err := courses.ReadFront([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c.change(&front)
		got, err := courses.WriteFront([]byte(c.text), front)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%q, and not\n%q", name, err, got, c.want)
		}
	}
}

func TestFrontMatterThatAProgramWouldSpoilIsLeft(t *testing.T) {
	for name, text := range map[string]string{
		"never closed":                "---\ntitle: A\n",
		"broken":                      "---\ntitle: [A\n---\n",
		"a list":                      "---\n- title\n---\n",
		"in braces":                   "---\n{title: A}\n---\n",
		"another field hangs on it":   "---\ntitle: &t A\nother: *t\n---\n",
		"the same field stands twice": "---\ntitle: A\ntitle: B\n---\n",
	} {
		front, err := courses.ReadFront([]byte(text))
		if err == nil {
			front.Title = "New"
			_, err = courses.WriteFront([]byte(text), front)
		}
		if !errors.Is(err, courses.ErrFront) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is written is read again, what is not written stays, and what is written
// back as it was changes no byte.
func TestWhatIsWrittenInTheFrontIsReadAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 3))
	values := []string{"", "A", "Yes", "null", "12", "# no", "a: b", "- x", "'", `"`, "{x}", "سلام", "*", "&a", "|", "long " + strings.Repeat("words ", 40) + "end", "tab\u00a0x", "\u0085", "---"}
	pieces := []string{"title: One # why\n", "summary: >\n  Two\n  lines\n", "x: {a: b}\n", "# a word\n", "\n", "content_note: \"q\"\n", "contributors:\n- name: A\n  about: b # c\n", "minutes: 4\n", "waive:\n  - check: a\n", "minutes: many\n"}
	for range 4000 {
		text := "---\n"
		for _, i := range random.Perm(len(pieces))[:random.IntN(len(pieces))] {
			if pieces[i] == "minutes: many\n" && strings.Contains(text, "minutes") || pieces[i] == "minutes: 4\n" && strings.Contains(text, "minutes") {
				continue
			}
			text += pieces[i]
		}
		text += "---\nBody: stays\n"
		if random.IntN(3) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		was, err := courses.ReadFront([]byte(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if same, err := courses.WriteFront([]byte(text), was); err != nil || string(same) != text {
			t.Fatalf("%q: %v: written back as it was it is %q", text, err, same)
		}
		want := was
		pick := func() string { return strings.Join(strings.Fields(values[random.IntN(len(values))]), " ") }
		switch random.IntN(4) {
		case 0:
			want.Title = pick()
		case 1:
			want.Summary, want.ContentNote = pick(), pick()
		case 2:
			want.Minutes = random.IntN(30)
		case 3:
			want.Contributors = []courses.Contributor{{Name: "N" + pick(), About: pick()}}
		}
		got, err := courses.WriteFront([]byte(text), want)
		if err != nil {
			t.Fatalf("%q to %+v: %v", text, want, err)
		}
		for _, piece := range []string{"x: {a: b}", "# a word", "check: a", "Body: stays"} {
			if strings.Count(string(got), piece) != strings.Count(text, piece) {
				t.Fatalf("%q lost %q: %q", text, piece, got)
			}
		}
		back, err := courses.WriteFront(got, was)
		if err != nil {
			t.Fatalf("%q back: %v", got, err)
		}
		if again, _ := courses.ReadFront(back); again.Title != was.Title || again.Summary != was.Summary || again.Minutes != was.Minutes {
			t.Fatalf("%q back is %q", got, back)
		}
	}
}

func TestEveryShippedFrontMatterIsWrittenBackAsItWas(t *testing.T) {
	err := filepath.WalkDir("library", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		front, err := courses.ReadFront(text)
		if err != nil {
			return err
		}
		same, err := courses.WriteFront(text, front)
		if err != nil || !bytes.Equal(same, text) {
			t.Errorf("%s: %v: it changed", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
