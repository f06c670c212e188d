package authoring_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/authoring"
	"alongside/hooks/content"
	"alongside/hooks/hooktest"
)

// mustExport is the command of an operator: the text of the module in the folder, the
// folder, and what was printed.
func (w *writing) mustExport(t *testing.T, args ...string) (text, dir, said string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "out")
	var out bytes.Buffer
	for _, command := range content.Commands(w.App, func() (*audit.Log, error) { return w.House.Audit, nil }, authoring.Limits(w.App, w.Clock.Now)) {
		if command.Name() != "export" {
			continue
		}
		command.SetArgs(append([]string{"listening-course", dir}, args...))
		command.SetOut(&out)
		if err := command.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "01-listening.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data), dir, out.String()
}

func (w *writing) mustTellAs(t *testing.T, terms ...string) (writer, teller *hooktest.Browser) {
	t.Helper()
	w.Publish(t, "listening-course", map[string]string{
		"course.md":       "---\ntitle: Listening to people\nlanguage: en\n---\nAbout it.\n",
		"01-listening.md": firstModule + "\n::audio[A bird]{src=\"media/bird.ogg\" transcript=\"media/bird.md\"}\n",
		"02-more.md":      "# More\n\nHe said: " + toldBefore + ", and so on.\n\nWe go on.\n",
		"media/bird.ogg":  "OggS bird", "media/bird.md": "It sings.\n", "media/bees.ogg": "OggS bees", "media/bees.md": "They hum.\n",
	})
	writer, teller = w.mustBegin(t), w.SignIn(t, w.other)
	text, _ := mustText(t, writer)
	heard := "\n\n::audio[Bees]{src=\"media/bees.ogg\" transcript=\"media/bees.md\"}\n\nNobody"
	w.mustSave(t, writer, text+strings.NewReplacer("[Somebody]", "[Keeper of bees]", "\n\nNobody", heard).Replace(story))
	w.mustAgree(t, writer, teller, terms...)
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	return writer, teller
}

func TestAStoryGoesWithAFolderOnlyAsFarAsItsTellerAgreed(t *testing.T) {
	for where, leaves := range map[string][]string{"here": {"here"}, "shared": {"here", "shared", ""}, "anywhere": {"here", "shared", "anywhere", ""}} {
		w := mustWriting(t)
		w.mustTellAs(t, "where", where)
		for _, reach := range []string{"here", "shared", "anywhere", ""} {
			var args []string
			if reach != "" {
				args = []string{"--for", reach}
			}
			text, dir, said := w.mustExport(t, args...)
			is := false
			for _, one := range leaves {
				is = is || one == reach
			}
			if strings.Contains(text, toldBefore) != is || strings.Contains(text, "::withdrawn{#bees}") == is || strings.Contains(said, "story bees") == is {
				t.Errorf("%q to be told %s: exported for %q it says\n%s\n%s", toldBefore, where, reach, said, text)
			}
			if !strings.Contains(text, "{#know}") || !strings.Contains(text, "Is this open?") {
				t.Errorf("what others wrote is gone too: %s", text)
			}
			if !is {
				w.mustLack(t, dir, toldBefore, toldLater, "OggS bees", "They hum")
			}
			if _, err := os.Stat(filepath.Join(dir, "media", "bird.ogg")); err != nil {
				t.Errorf("a recording that is nobody's story is gone too: %v", err)
			}
			if more, err := os.ReadFile(filepath.Join(dir, "02-more.md")); err != nil || !strings.Contains(string(more), "We go on") {
				t.Errorf("the other module: %q, %v", more, err)
			}
		}
	}
}

func TestAnExportHasNoStoryWhoseDayIsOver(t *testing.T) {
	w := mustWriting(t)
	w.mustTellAs(t, "where", "anywhere", "until", w.Clock.Now().UTC().AddDate(0, 0, 3).Format(time.DateOnly))
	if text, _, _ := w.mustExport(t, "--for", "anywhere"); !strings.Contains(text, toldBefore) {
		t.Fatal("it is left out before")
	}
	w.Clock.Pass(5 * 24 * time.Hour) // and no server ran
	for _, reach := range []string{"here", "anywhere"} {
		if text, _, _ := w.mustExport(t, "--for", reach); strings.Contains(text, toldBefore) {
			t.Errorf("for %s it is told", reach)
		}
	}
}

func TestThatItIsNobodysTakesAStoryNoFurther(t *testing.T) {
	w := mustWriting(t)
	writer, _ := w.mustTellAs(t, "where", "here")
	mustStatus(t, writer.Post(address+"/begin", nil), http.StatusSeeOther)
	w.Clock.Pass(time.Second)
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "invented")), http.StatusSeeOther)
	if text, _, _ := w.mustExport(t); strings.Contains(text, toldBefore) {
		t.Error("it leaves with the folder")
	}
}
