package content_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// odd is a folder with everything that a careless program would change.
func odd() map[string]string {
	return map[string]string{
		"course.md":              "---\r\ntitle: Odd\r\nlanguage: en\r\n---\r\n\r\nAbout.\r\n",
		"01-crlf.md":             "# One\r\n\r\nWords.\r\n",
		"02-no-newline.md":       "# Two\n\nNo newline at the end",
		"03-bom.md":              "\ufeff# Three\n\nWords.\n",
		"04-mixed.md":            "# Four\n\r\nWords. \t \n\n\n\n",
		"02-no-newline.fa.md":    "# دو\n\nکلمه",
		"glossary.md":            "Mentor\n: Somebody who walks with you.\n",
		"notes/read me (1) é.md": "Kept.",
		"empty.md":               "",
		"media/empty.bin":        "",
		"media/sound's [1].bin":  "\x00\x01\xff\xfe\r\n",
		"media/picture.svg":      "<svg xmlns='http://www.w3.org/2000/svg'/>\r\n",
		"LICENSE":                "as it is\r",
	}
}

func TestAFolderComesOutByteForByteAsItCameIn(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "odd", odd()))
	sameFiles(t, exported(t, s, "odd"), odd())
}

func TestTheShippedCourseAndTheForeignOnesComeOutAsTheyCameIn(t *testing.T) {
	s := hooktest.Start(t)
	for _, folder := range append(courses.Library(), foreign(t)...) {
		want := map[string]string{}
		for _, file := range folder.Files {
			want[file.Path] = string(file.Data)
		}
		course := folder.Read(nil)
		publish(t, s, course)
		sameFiles(t, exported(t, s, course.Slug), want)
		if again := publish(t, s, folder.Read(nil)); len(again.New)+len(again.Changed)+len(again.Withdrawn) != 0 {
			t.Errorf("%s: a second import changes %v %v %v", course.Slug, again.New, again.Changed, again.Withdrawn)
		}
	}
}

func foreign(t *testing.T) []courses.Folder {
	t.Helper()
	corpora := os.Getenv("CORPORA")
	if corpora == "" {
		t.Log("CORPORA is not set: the foreign courses are not tried")
		return nil
	}
	var folders []courses.Folder
	for _, name := range []string{"git-novice", "security-101"} {
		folder, err := courses.OpenDir(filepath.Join(corpora, name))
		if err != nil {
			t.Fatal(err)
		}
		folders = append(folders, folder)
	}
	return folders
}

func TestEveryPageOfTheForeignCoursesOpens(t *testing.T) {
	s := hooktest.Start(t)
	b := s.SignIn(t, s.MustPerson(t, web.Learner))
	for _, folder := range foreign(t) {
		course := folder.Read(nil)
		publish(t, s, course)
		for _, module := range course.Modules {
			if len(module.Steps) == 0 {
				continue
			}
			address := "/courses/" + course.Slug + "/" + module.Slug
			page := b.Get(address)
			if title := page.Page(t).Find("h1").Text(); page.Status != 200 || strings.TrimSpace(title) != module.Title {
				t.Errorf("%s: status %d, title %q, want %q", address, page.Status, title, module.Title)
			}
			for _, step := range module.Steps {
				if r := b.Get(address + "/" + step.ID); r.Status != 200 {
					t.Errorf("%s/%s: status %d", address, step.ID, r.Status)
				}
			}
		}
	}
}

func TestAnImportThatChangesNothingMakesNoRevision(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "odd", odd()))
	before := column(t, s, "SELECT id FROM revisions UNION SELECT id FROM media UNION SELECT build FROM courses")
	publish(t, s, read(t, "odd", odd()))
	s.Draft(t, "odd", odd())
	if after := column(t, s, "SELECT id FROM revisions UNION SELECT id FROM media UNION SELECT build FROM courses"); !slices.Equal(before, after) {
		t.Errorf("%d rows before, %d after", len(before), len(after))
	}
}

func TestAnImportWithoutPublishMakesDraftsThatNobodySees(t *testing.T) {
	s := hooktest.Start(t)
	b := s.SignIn(t, s.MustPerson(t, web.Learner))
	s.Draft(t, "new", map[string]string{"01-a.md": "# A\n\nA secret draft.\n"})
	for _, page := range []string{"/", "/courses", "/courses/new", "/courses/new/a", "/courses/new/a/start"} {
		r := b.Get(page)
		if strings.Contains(r.Body, `href="/courses/new`) || strings.Contains(r.Body, "secret") || strings.HasPrefix(page, "/courses/new") && r.Status != 404 {
			t.Errorf("%s shows a draft, status %d", page, r.Status)
		}
	}
	s.Publish(t, "old", map[string]string{"01-a.md": "# A\n\nLive words.\n"})
	s.Draft(t, "old", map[string]string{"01-a.md": "# A\n\nA secret draft.\n", "02-b.md": "# B\n\nA secret module.\n", "course.md": "---\ntitle: secret\n---\n"})
	for _, page := range []string{"/", "/courses", "/courses/old", "/courses/old/a", "/courses/old/a/start", "/courses/old/b"} {
		if r := b.Get(page); strings.Contains(r.Body, "secret") {
			t.Errorf("%s shows a draft", page)
		}
	}
	sameFiles(t, exported(t, s, "old"), map[string]string{"01-a.md": "# A\n\nLive words.\n"})
}

func TestAFileThatLeavesTheFolderIsWithdrawn(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "odd", odd()))
	less := odd()
	delete(less, "01-crlf.md")
	delete(less, "glossary.md")
	delete(less, "media/picture.svg")
	done := publish(t, s, read(t, "odd", less))
	slices.Sort(done.Withdrawn)
	if !slices.Equal(done.Withdrawn, []string{"01-crlf.md", "glossary.md"}) {
		t.Errorf("withdrawn are %v", done.Withdrawn)
	}
	sameFiles(t, exported(t, s, "odd"), less)
	publish(t, s, read(t, "odd", odd()))
	sameFiles(t, exported(t, s, "odd"), odd())
}

func TestALinkToAModuleThatIsWithdrawnIsNoLinkAnyMore(t *testing.T) {
	s := hooktest.Start(t)
	b := s.SignIn(t, s.MustPerson(t, web.Learner))
	files := map[string]string{"01-a.md": "# A\n\nGo to [the other](02-b.md).\n", "02-b.md": "# B\n\nWords.\n"}
	s.Publish(t, "linked", files)
	const link = `href="/courses/linked/b"`
	if r := b.Get("/courses/linked/a/start"); !strings.Contains(r.Body, link) {
		t.Fatal("there is no link")
	}
	folder := read(t, "linked", map[string]string{"01-a.md": files["01-a.md"]})
	folder.Problems = nil // the link that leads nowhere is known
	publish(t, s, folder)
	if r := b.Get("/courses/linked/a/start"); strings.Contains(r.Body, link) || !strings.Contains(r.Body, "the other") {
		t.Error("the link is still there")
	}
}

func TestANewerShippedTextWaitsAsADraftAndNeverReplacesTheSitesOwn(t *testing.T) {
	s := hooktest.Start(t)
	if err := s.House.Content.StoreLibrary(t.Context()); err != nil {
		t.Fatal(err)
	}
	shipped := exported(t, s, "walking-alongside")
	own := map[string]string{}
	for path, text := range shipped {
		own[path] = text
	}
	own["03-listening.md"] = strings.Replace(shipped["03-listening.md"], "title: ", "title: Our own ", 1)
	publish(t, s, read(t, "walking-alongside", own))
	// what ships is now what the site has had: nothing waits
	if err := s.House.Content.StoreLibrary(t.Context()); err != nil {
		t.Fatal(err)
	}
	sameFiles(t, exported(t, s, "walking-alongside"), own)
	if got := column(t, s, "SELECT path FROM revisions WHERE state = 'draft'"); len(got) != 0 {
		t.Errorf("waiting are %v", got)
	}
	// an older site: it has never had what ships
	if _, err := s.App.NonconcurrentDB().NewQuery("UPDATE revisions SET sha256 = 'older' WHERE path = '03-listening.md' AND state = 'replaced'").Execute(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.House.Content.StoreLibrary(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	sameFiles(t, exported(t, s, "walking-alongside"), own)
	if got := column(t, s, "SELECT path FROM revisions WHERE state = 'draft'"); !slices.Equal(got, []string{"03-listening.md"}) {
		t.Errorf("waiting are %v", got)
	}
}

func TestAnExportGoesOnlyToAFolderThatHoldsNothing(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "odd", odd()))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.House.Content.Export(t.Context(), "odd", dir, nil); err == nil {
		t.Error("it writes into a folder that holds something")
	}
	if _, err := s.House.Content.Export(t.Context(), "none", filepath.Join(dir, "new"), nil); err == nil {
		t.Error("it exports a course that is none")
	}
}

func TestATranslationOfCourseMdThatCannotBeReadWaitsAndTheRestGoesLive(t *testing.T) {
	s := hooktest.Start(t)
	files := map[string]string{"course.md": "---\ntitle: A\n---\n", "course.fa.md": "---\ntitle: ب\n---\n", "01-a.md": "# A\n\nWords.\n"}
	publish(t, s, read(t, "two", files))
	files["course.fa.md"] = "---\ntitle: ب: پ\n---\n"
	files["01-a.md"] = "# A\n\nOther words.\n"
	done := publish(t, s, read(t, "two", files))
	if !slices.Equal(done.Waiting, []string{"course.fa.md"}) || !slices.Contains(done.Changed, "01-a.md") {
		t.Errorf("waiting are %v, changed %v", done.Waiting, done.Changed)
	}
	course, err := s.House.Content.Find(t.Context(), "two", "fa")
	if err != nil || course.Title != "ب" || course.Spoken != "fa" {
		t.Errorf("the title is %q in %q, %v", course.Title, course.Spoken, err)
	}
}

func TestAForeignCourseIsCalledAsItsTranslatedReadmeBegins(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "foreign", map[string]string{"README.md": "# Peers\n", "translations/fa/README.md": "# همتایان\n", "01-a.md": "# A\n\nWords.\n"}))
	for language, want := range map[string]string{"fa": "همتایان", "en": "Peers", "uk": "Peers"} {
		if course, err := s.House.Content.Find(t.Context(), "foreign", language); err != nil || course.Title != want {
			t.Errorf("in %s it is %q, %v", language, course.Title, err)
		}
	}
}
