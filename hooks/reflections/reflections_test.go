package reflections_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

func TestAReflectionComesBackAsItWasWritten(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	words := "Zażółć سلام 聞く\n\n  \"<b>\" \\ \x1f 🐝"
	r.keep(t, r.by(p, words))
	if got := r.read(t, p); got.Lock != reflections.Unlocked || got.Words.Typed[0] != words || got.State != reflections.Draft {
		t.Errorf("it reads %+v", got)
	}
	r.keep(t, r.by(p, "later"))
	if got := r.read(t, p).Words.Typed[0]; got != "later" {
		t.Errorf("after it was written again it reads %q", got)
	}
}

func TestWhatWasKeptIsNoDraftAgain(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	one := r.by(p, "kept")
	one.State = reflections.Kept
	r.keep(t, one)
	r.keep(t, r.by(p, "changed while typing"))
	if got := r.read(t, p); got.State != reflections.Kept || got.Words.Typed[0] != "changed while typing" {
		t.Errorf("it is %+v", got)
	}
}

func TestWhatWasTakenBackOrDeletedIsListedToNobody(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	r.keep(t, r.by(p, heron))
	for _, state := range []string{"withdrawn", "deleted"} {
		r.execute(t, "UPDATE reflections SET state = {:state}", dbx.Params{"state": state})
		if rows := r.rows(t, p); len(rows) != 0 {
			t.Errorf("%s: %d are listed", state, len(rows))
		}
	}
}

func TestWordsNeverTakeThePlaceOfOthersThatTheirWriterDidNotSee(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	r.keep(t, r.by(p, "the first"))
	seen := reflections.Stamp(r.rows(t, p)[0].Sealed)
	r.keep(t, r.by(p, "the second"))
	for _, was := range []string{"", seen, "x"} {
		late := r.by(p, "the third")
		late.Was = was
		sealed, err := late.Seal(r.App, r.House.Vault)
		if err != nil {
			t.Fatal(err)
		}
		if err := late.Store(r.App, sealed, types.NowDateTime()); !errors.Is(err, reflections.ErrChanged) {
			t.Errorf("over the second, as if it were %q: %v", was, err)
		}
	}
	if got := r.read(t, p).Words.Typed[0]; got != "the second" {
		t.Errorf("it reads %q", got)
	}
}

func TestNoFileOfTheDataFolderHoldsAWordOfIt(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	one := r.by(p, heron)
	one.Words.Kept = []string{heron + " once"}
	r.keep(t, one)
	seen := 0
	err := filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(heron)) {
			t.Errorf("%s holds it", filepath.Base(path))
		}
		seen++
		return err
	})
	if err != nil || seen < 2 {
		t.Errorf("looked at %d files: %v", seen, err)
	}
}

func TestItOpensForNobodyButItsOwner(t *testing.T) {
	r := open(t)
	owner, other := learner(t, r), learner(t, r)
	r.keep(t, r.by(owner, heron))
	r.keep(t, r.by(other, "their own")) // so that there is a key of theirs
	row := r.rows(t, owner)[0]
	if got := r.open(t, other, row); got.Lock != reflections.NotNow || len(got.Words.Typed) != 0 {
		t.Errorf("somebody else reads %+v", got)
	}
	for _, one := range r.rows(t, other) {
		if one.Sealed == row.Sealed {
			t.Error("somebody else's list holds it")
		}
	}
}

func TestAPageOfSomebodyElseHasNothingOfIt(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	r.keep(t, r.by(p, heron))
	step := "/courses/small/first/back"
	if body := r.SignIn(t, p).Get(step).Body; !strings.Contains(body, heron) {
		t.Error("its owner does not see it")
	}
	for name, b := range map[string]*hooktest.Browser{"another learner": r.SignIn(t, learner(t, r)), "a manager of the site": r.SignIn(t, r.MustSiteManager(t)), "a guest": r.Guest(t)} {
		for _, page := range []string{step, "/me/lines", "/courses/small/first"} {
			if strings.Contains(b.Get(page).Body, heron) {
				t.Errorf("%s reads it at %s", name, page)
			}
		}
	}
}

// What is authenticated with the text: whose it is, where it stands, and who may
// read it. Whatever of these is another by hand, it no longer opens.
func TestWhatWasChangedByHandNoLongerOpens(t *testing.T) {
	for name, change := range map[string]string{
		"its text":               "UPDATE reflections SET sealed = substr(sealed, 1, length(sealed) - 4) || 'AAAA'",
		"cut short":              "UPDATE reflections SET sealed = substr(sealed, 1, length(sealed) / 2)",
		"none":                   "UPDATE reflections SET sealed = ''",
		"plain words":            "UPDATE reflections SET sealed = '{\"typed\":{\"0\":\"said so\"}}'",
		"another activity":       "UPDATE reflections SET activity = 'other' WHERE activity = 'heard'",
		"another module":         "UPDATE reflections SET module = 'aaaaaaaaaaaaaaa'",
		"another reflection's":   "UPDATE reflections SET sealed = (SELECT sealed FROM reflections WHERE activity = 'second') WHERE activity = 'heard'",
		"whose the data key was": "UPDATE keys SET owner = 'aaaaaaaaaaaaaaa' WHERE owner = (SELECT user FROM reflections LIMIT 1)",
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t)
			p := learner(t, r)
			r.keep(t, r.by(p, heron))
			second := r.by(p, "the second")
			second.Activity = "second"
			r.keep(t, second)
			r.execute(t, change, nil)
			after := &room{Site: r.AfterPowerCut(t)} // nothing is remembered
			for _, row := range after.rows(t, p) {
				if got := after.open(t, p, row); row.Activity != "second" && (got.Lock != reflections.NotNow || len(got.Words.Typed) != 0) {
					t.Errorf("it opens as %+v", got)
				}
			}
		})
	}
}

func TestWithoutTheKeyItIsThereAndSaysThatItCannotBeOpened(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, file string){
		"missing": func(t *testing.T, file string) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		},
		"of another house": func(t *testing.T, file string) {
			other := open(t)
			other.keep(t, other.by(learner(t, other), "theirs")) // makes its key
			data, err := os.ReadFile(other.Dir + ".keys")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t)
			p := learner(t, r)
			r.keep(t, r.by(p, heron))
			sealed := r.rows(t, p)[0].Sealed
			lose(t, r.Dir+".keys")
			now := &room{Site: r.AfterPowerCut(t)}
			now.find(t)
			if got := now.read(t, p); got.Lock != reflections.NotNow || len(got.Words.Typed) != 0 {
				t.Errorf("it reads %+v", got)
			}
			page := now.SignIn(t, p).Get("/courses/small/first/back")
			if !strings.Contains(page.Body, "cannot be opened") || strings.Contains(page.Body, heron) {
				t.Errorf("status %d: the page does not say so", page.Status)
			}
			if _, err := now.by(p, "over it").Seal(now.App, now.House.Vault); !errors.Is(err, vault.ErrNoKey) {
				t.Errorf("new words are sealed: %v", err)
			}
			if got := now.rows(t, p)[0].Sealed; got != sealed {
				t.Error("what was sealed is another now")
			}
		})
	}
}
