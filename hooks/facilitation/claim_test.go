package facilitation_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// two is a reflection that both a facilitator and a mentor may answer.
func two(t *testing.T) (g *group, mia *hooktest.Browser, toTom, toMia string) {
	t.Helper()
	g, dina, toTom := shared(t)
	mentor := g.MustPerson(t, web.Mentor)
	g.rename(t, mentor, "Mia")
	g.assign(t, dina, mentor, web.Mentor)
	return g, g.SignInOnOwn(t, mentor), toTom, g.share(t, dina, mentor, web.Mentor, heron)
}

func TestWhoOpensItAnswersItAndTheOtherIsToldAndMayAnswerToo(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	if text := words(g.his.Get("/facilitate/shares/" + toTom).Page(t).Find("#beside").Text()); text != "Others see that you are answering this now." {
		t.Errorf("Tom reads %q", text)
	}
	if queue := queueOf(t, mia); !strings.Contains(queue, "Tom is answering this now") {
		t.Errorf("Mia's queue: %s", queue)
	}
	if text := words(mia.Get("/facilitate/shares/" + toMia).Page(t).Find("#beside").Text()); !strings.HasPrefix(text, "Tom is answering this now") {
		t.Errorf("Mia reads %q", text)
	}
	if r := mia.Post("/facilitate/shares/"+toMia, g.form(t, mia, toMia, "I was there too")); r.Location != "/facilitate" {
		t.Errorf("she cannot answer: status %d", r.Status)
	}
	if queue := queueOf(t, g.his); strings.Contains(queue, "answering this now") {
		t.Errorf("Tom's own queue: %s", queue)
	}
}

func TestOneWhoIsGoneGivesItBack(t *testing.T) {
	for name, leave := range map[string]func(g *group, mia *hooktest.Browser, share string){
		"with the button": func(g *group, _ *hooktest.Browser, share string) {
			form := g.form(t, g.his, share, "I had begun")
			form.Set("do", "leave")
			if r := g.his.Post("/facilitate/shares/"+share, form); r.Location != "/facilitate" {
				t.Errorf("status %d", r.Status)
			}
			if g.count(t, "claims") != 0 || g.count(t, "replies") != 1 {
				t.Errorf("%d claims, %d drafts", g.count(t, "claims"), g.count(t, "replies"))
			}
		},
		"when the page goes": func(g *group, _ *hooktest.Browser, share string) {
			if r := g.his.Post("/facilitate/shares/"+share+"/leave", url.Values{"auto": {"1"}}); r.Status != http.StatusNoContent {
				t.Errorf("status %d", r.Status)
			}
		},
		"with the answer":      func(g *group, _ *hooktest.Browser, share string) { g.answers(t, share, "Thank you") },
		"after thirty minutes": func(g *group, _ *hooktest.Browser, _ string) { g.Clock.Pass(31 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			g, mia, toTom, toMia := two(t)
			g.his.Get("/facilitate/shares/" + toTom)
			leave(g, mia, toTom)
			if text := words(mia.Get("/facilitate/shares/" + toMia).Page(t).Find("#beside").Text()); text != "Others see that you are answering this now." {
				t.Errorf("Mia reads %q", text)
			}
		})
	}
}

func TestAPageThatIsOpenKeepsIt(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	tag, _ := g.his.Get("/facilitate/shares/" + toTom).Page(t).Find("#beside").Attr("data-tag")
	address, _ := g.his.Get("/facilitate/shares/" + toTom).Page(t).Find("#beside").Attr("data-fresh")
	for range 4 {
		g.Clock.Pass(20 * time.Minute)
		if r := ask(g.his, address, tag); r.Status != http.StatusNotModified {
			t.Fatalf("status %d\n%s", r.Status, r.Body)
		}
	}
	if text := words(mia.Get("/facilitate/shares/" + toMia).Page(t).Find("#beside").Text()); !strings.HasPrefix(text, "Tom is answering") {
		t.Errorf("Mia reads %q", text)
	}
}

func TestAPageThatIsOpenSaysWhatChangesBesideIt(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	page := mia.Get("/facilitate/shares/" + toMia).Page(t)
	tag, _ := page.Find("#beside").Attr("data-tag")
	address, _ := page.Find("#beside").Attr("data-fresh")
	mia.Post("/facilitate/shares/"+toMia+"/leave", nil)
	g.his.Get("/facilitate/shares/" + toTom)
	if r := ask(mia, address, tag); r.Status != http.StatusOK || !strings.Contains(r.Body, "Tom") || strings.Contains(r.Body, heron) {
		t.Errorf("taken: status %d\n%s", r.Status, r.Body)
	}
	views := g.one(t, "SELECT COUNT(*) FROM audit WHERE kind = 'reflection-viewed'", nil)
	ask(mia, address, "")
	if now := g.one(t, "SELECT COUNT(*) FROM audit WHERE kind = 'reflection-viewed'", nil); now != views {
		t.Error("asking who answers counts as reading")
	}
	g.takeBack(t, toMia)
	if r := ask(mia, address, tag); !strings.Contains(r.Body, "They took this back") {
		t.Errorf("taken back: status %d\n%s", r.Status, r.Body)
	}
}

func TestOfTwoWhoOpenItAtOnceOneHasIt(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	var both sync.WaitGroup
	said := make([]string, 2)
	for i, open := range []func() hooktest.Response{
		func() hooktest.Response { return g.his.Get("/facilitate/shares/" + toTom) },
		func() hooktest.Response { return mia.Get("/facilitate/shares/" + toMia) },
	} {
		both.Go(func() { said[i] = words(open().Page(t).Find("#beside").Text()) })
	}
	both.Wait()
	mine := 0
	for _, text := range said {
		if strings.HasPrefix(text, "Others see that you are") {
			mine++
		} else if !strings.Contains(text, "is answering this now") {
			t.Errorf("one reads %q", text)
		}
	}
	if mine != 1 || g.count(t, "claims") != 1 {
		t.Errorf("%d have it, with %d claims: %q", mine, g.count(t, "claims"), said)
	}
}

func TestReadingAgainWhatWasAnsweredTakesItFromNobody(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	g.answers(t, toTom, "Thank you")
	g.his.Get("/facilitate/shares/" + toTom)
	if text := words(mia.Get("/facilitate/shares/" + toMia).Page(t).Find("#beside").Text()); strings.Contains(text, "Tom") {
		t.Errorf("Mia reads %q", text)
	}
}

func TestWhereNobodyElseReadsItNothingSaysThatOthersSeeIt(t *testing.T) {
	g, dina, toTom := shared(t)
	alone := func() (string, int) {
		t.Helper()
		page := g.his.Get("/facilitate/shares/" + toTom).Page(t)
		return words(page.Find("#beside").Text()), page.Find("button[value=leave]").Length()
	}
	if text, ways := alone(); text != "" || ways != 0 {
		t.Errorf("he reads %q, and can leave it in %d ways", text, ways)
	}
	mentor := g.MustPerson(t, web.Mentor)
	g.assign(t, dina, mentor, web.Mentor)
	toMia := g.share(t, dina, mentor, web.Mentor, heron)
	if text, ways := alone(); text != "Others see that you are answering this now." || ways != 1 {
		t.Errorf("with another he reads %q, and can leave it in %d ways", text, ways)
	}
	g.takeBack(t, toMia)
	if text, ways := alone(); text != "" || ways != 0 {
		t.Errorf("once it was taken back he reads %q, and can leave it in %d ways", text, ways)
	}
}

func TestWhoSaysItInsteadKeepsIt(t *testing.T) {
	g, mia, toTom, toMia := two(t)
	form := g.form(t, g.his, toTom, "I had begun")
	form.Set("do", "speak")
	r := g.his.Post("/facilitate/shares/"+toTom, form)
	if voice := g.his.Get(r.Location); r.Location != "/facilitate/shares/"+toTom+"/voice" || voice.Status != http.StatusOK {
		t.Fatalf("status %d, to %q", r.Status, r.Location)
	}
	g.Clock.Pass(10 * time.Minute)
	if text := words(mia.Get("/facilitate/shares/" + toMia).Page(t).Find("#beside").Text()); !strings.HasPrefix(text, "Tom is answering this now") {
		t.Errorf("Mia reads %q", text)
	}
}
