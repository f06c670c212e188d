package learning_test

import (
	"testing"

	"alongside/hooks/hooktest"
)

const (
	english = "---\ntitle: Tongues\nsummary: One of two.\nlanguage: en\ncontributors:\n  - name: Maple\n---\nAbout it.\n"
	persian = "---\ntitle: زبانها\nsummary: یکی از دو.\n---\nدرباره.\n"
)

// titled wants a course's title and summary in a language, on each page that
// lists it and on its own.
func titled(t *testing.T, b *hooktest.Browser, title, summary, lang, dir string) {
	t.Helper()
	for _, page := range []string{"/", "/courses"} {
		row := b.Get(page).Page(t).Find(`li.row:has(a[href="/courses/tongues"])`)
		name, said := row.Find("bdi").First(), row.Find("p").First()
		if text(name) != title || name.AttrOr("lang", "") != lang || name.AttrOr("dir", "") != dir {
			t.Errorf("%s: the title is %q in %q, %q", page, text(name), name.AttrOr("lang", ""), name.AttrOr("dir", ""))
		}
		if text(said) != summary || said.AttrOr("lang", "") != lang || said.AttrOr("dir", "") != dir {
			t.Errorf("%s: the summary is %q in %q", page, text(said), said.AttrOr("lang", ""))
		}
	}
	page := b.Get("/courses/tongues").Page(t)
	head := page.Find("h1")
	if text(head) != title || head.Parent().AttrOr("lang", "") != lang || text(page.Find(".lead")) != summary {
		t.Errorf("course page: %q in %q, %q", text(head), head.Parent().AttrOr("lang", ""), text(page.Find(".lead")))
	}
}

func TestACoursesTitleAndSummaryAreInTheReadersLanguageWhileCourseMdIsLiveInIt(t *testing.T) {
	s, p, b := small(t)
	files := map[string]string{"course.md": english, "course.fa.md": persian, "01-listening.md": original, "01-listening.fa.md": translated}
	s.Publish(t, "tongues", files)
	b.Post("/courses/tongues", nil)
	titled(t, b, "Tongues", "One of two.", "en", "ltr")

	execute(t, s, "UPDATE users SET language = 'fa' WHERE id = '"+p.ID+"'")
	titled(t, b, "زبانها", "یکی از دو.", "fa", "rtl")
	page := b.Get("/courses/tongues").Page(t)
	if about := page.Find(".about-course"); text(about) != "درباره." || about.AttrOr("lang", "") != "fa" {
		t.Errorf("about is %q in %q", text(about), about.AttrOr("lang", ""))
	}
	wantText(t, "credit", text(page.Find(".people")), "Maple")
	crumb := b.Get("/courses/tongues/listening").Page(t).Find(".where bdi")
	if text(crumb) != "زبانها" || crumb.AttrOr("lang", "") != "fa" {
		t.Errorf("the way back is %q in %q", text(crumb), crumb.AttrOr("lang", ""))
	}

	files["course.fa.md"] = "درباره.\n"
	s.Publish(t, "tongues", files)
	titled(t, b, "Tongues", "One of two.", "en", "ltr")
	if about := b.Get("/courses/tongues").Page(t).Find(".about-course"); about.AttrOr("lang", "") != "fa" {
		t.Errorf("about is in %q", about.AttrOr("lang", ""))
	}
	files["course.fa.md"] = persian
	s.Publish(t, "tongues", files)
	titled(t, b, "زبانها", "یکی از دو.", "fa", "rtl")
	delete(files, "course.fa.md")
	s.Publish(t, "tongues", files)
	titled(t, b, "Tongues", "One of two.", "en", "ltr")
}

func TestOurWordsAmongTheCoursesKeepTheirOwnLanguage(t *testing.T) {
	s, p, b := small(t)
	files := everything()
	files["course.md"] = "---\ntitle: Small\nlanguage: ar\n---\n"
	s.Publish(t, "arabic", files)
	for _, at := range []struct{ ours, theirs string }{{"en", "ar"}, {"ar-XB", "ar"}} {
		execute(t, s, "UPDATE users SET language = '"+at.ours+"' WHERE id = '"+p.ID+"'")
		page := open(t, b, "/courses/arabic/first/choose").page
		for where, want := range map[string]string{"#at-open .check span": at.ours, "#at-open .how span": at.ours, "#at-open h2": at.theirs, "#at-open .choice span": at.theirs, ".go .onward": at.ours, ".where bdi": at.theirs} {
			found := page.Find(where).First()
			if got := found.Closest("[lang]").AttrOr("lang", ""); found.Length() == 0 || got != want {
				t.Errorf("%s over Arabic: %s %q is in %q, want %q", at.ours, where, text(found), got, want)
			}
		}
	}
}
