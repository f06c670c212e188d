package courses

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus reads one of the foreign courses in the folder that CORPORA names.
func corpus(t *testing.T, name string) (string, *Course) {
	t.Helper()
	dir := os.Getenv("CORPORA")
	if dir == "" {
		t.Skip("CORPORA is not set: the foreign courses are not read")
	}
	dir = filepath.Join(dir, name)
	f, err := OpenDir(dir)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	return dir, f.Read(nil)
}

// wantByteForByte compares a course with what is on the disk.
func wantByteForByte(t *testing.T, dir string, c *Course) {
	t.Helper()
	n := 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if got := fileOf(t, c, name); !bytes.Equal(got.Data, data) {
			t.Errorf("%s is not what it was", name)
		}
		return err
	})
	if err != nil || n != len(c.Files) {
		t.Errorf("%d files on the disk, %d in the course, error %v", n, len(c.Files), err)
	}
}

// wantEveryPage fails where a module or a translation shows nothing.
func wantEveryPage(t *testing.T, c *Course) (pages int) {
	t.Helper()
	for _, m := range c.Modules {
		all := []*Module{m}
		for _, translation := range m.Translations {
			all = append(all, translation)
		}
		for _, m := range all {
			if m.Title == "" || len(m.Steps) == 0 {
				t.Errorf("%s has the title %q and %d steps", m.Path, m.Title, len(m.Steps))
			}
			for _, step := range m.Steps {
				pages++
				if step.ID == "" || step.Minutes < 1 {
					t.Errorf("%s has a bad step %+v", m.Path, step)
				}
			}
		}
	}
	return pages
}

func wantCount(t *testing.T, c *Course, code string, want int, samples ...string) {
	t.Helper()
	got := seen(c.Problems, code, "to", "name")
	if len(got) != want {
		t.Errorf("%d of %s, want %d: %q", len(got), code, want, got)
	}
	for _, sample := range samples {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.TrimSpace(s) == sample }) {
			t.Errorf("%s: %q is not among %q", code, sample, got)
		}
	}
}

func TestTheCarpentriesLessonImportsWhole(t *testing.T) {
	dir, c := corpus(t, "git-novice")
	wantByteForByte(t, dir, c)
	wantEveryPage(t, c)
	if c.Title != "Version Control with Git" || c.Language != "en" || c.About == "" {
		t.Errorf("the course is %q in %q", c.Title, c.Language)
	}
	wantSlugs(t, c, "basics setup create changes history ignore github collab conflict open licensing citation hosting supplemental-rstudio")
	wantCount(t, c, PictureMissing, 8,
		"episodes/14-supplemental-rstudio.md:31 fig/RStudio_screenshot_newproject.png",
		"episodes/14-supplemental-rstudio.md:118 fig/RStudio_screenshot_history.png")
	wantCount(t, c, LinkNotShown, 14, "episodes/01-basics.md:51 ../learners/reference.md#conflict")
	wantCount(t, c, LinkUnknown, 0)
	boxes := map[string]int{}
	for _, p := range c.Problems {
		if p.Code == BlockUnknown {
			boxes[p.Values["name"]]++
		}
		if p.Level == Error {
			t.Errorf("%+v breaks a learner", p)
		}
	}
	for name, want := range map[string]int{
		"objectives": 14, "questions": 14, "keypoints": 14, "challenge": 38, "solution": 25, "callout": 27,
		"spoiler": 2, "hint": 1, "prereq": 1,
	} {
		if boxes[name] != want {
			t.Errorf("%d boxes %q are named, want %d", boxes[name], name, want)
		}
	}
}

func TestTheCourseInFourLanguagesImportsWhole(t *testing.T) {
	dir, c := corpus(t, "security-101")
	wantByteForByte(t, dir, c)
	if pages := wantEveryPage(t, c); pages < 4*len(c.Modules) {
		t.Errorf("only %d pages", pages)
	}
	if len(c.Modules) != 32 || c.Modules[0].Slug != "the-cia-triad-and-other-key-concepts" || c.Modules[31].Slug != "end-of-module-quiz-8" {
		t.Errorf("%d modules: %s", len(c.Modules), slugs(c))
	}
	for _, m := range c.Modules {
		for _, lang := range []string{"ar", "fa", "uk"} {
			if tr := m.Translations[lang]; tr == nil || tr.Slug != m.Slug || tr.Lang != lang {
				t.Errorf("%s has no translation into %s", m.Path, lang)
			}
		}
	}
	wantCount(t, c, PictureMissing, 106,
		"1.1 The CIA triad and other key concepts.md:40 /images/ciatriad.png",
		"8.3 Responsible AI.md:3 images/8-3_placeholder.png")
	wantCount(t, c, PictureExternal, 8)
	wantCount(t, c, LinkUnknown, 0)
	wantCount(t, c, BlockUnknown, 0)
	wantCount(t, c, TranslationSteps, 1, "translations/ar/8.1 AI security key concepts.md:1")
}
