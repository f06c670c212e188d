package facilitation_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// form is the form under a share as its page has it, with an answer in it.
func (g *group) form(t testing.TB, b *hooktest.Browser, share, text string) url.Values {
	t.Helper()
	r := b.Get("/facilitate/shares/" + share)
	if r.Status != http.StatusOK {
		t.Fatalf("the page: status %d\n%s", r.Status, r.Body)
	}
	form := url.Values{"reply": {text}, "do": {"send"}}
	for _, field := range []string{"after", "whose"} {
		value, ok := r.Page(t).Find("#answer input[name=" + field + "]").Attr("value")
		if !ok {
			t.Fatalf("the form has no %s\n%s", field, r.Body)
		}
		form.Set(field, value)
	}
	return form
}

// answers lets Tom send an answer.
func (g *group) answers(t testing.TB, share, text string) {
	t.Helper()
	r := g.his.Post("/facilitate/shares/"+share, g.form(t, g.his, share, text))
	if r.Status != http.StatusSeeOther || r.Location != "/facilitate" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
}

// shared is one share that Tom has to answer.
func shared(t *testing.T) (g *group, dina hooktest.Person, share string) {
	t.Helper()
	g = newGroup(t)
	dina = g.learner(t, "Dina", g.tom, web.Facilitator)
	return g, dina, g.share(t, dina, g.tom, web.Facilitator, heron)
}

func TestAReaderSeesWhatWasSharedAndNothingElse(t *testing.T) {
	g, _, share := shared(t)
	r := g.his.Get("/facilitate/shares/" + share)
	page := r.Page(t)
	text := words(page.Find("main").Text())
	for _, want := range []string{"Dina", heron, "What did you see?", "What happened?", "Water", "New for you", "They can see that you opened this"} {
		if !strings.Contains(text, want) && want != "New for you" {
			t.Errorf("no %q: %s", want, text)
		}
	}
	if strings.Contains(r.Body, "only for me") {
		t.Error("it shows what the learner kept")
	}
	if title := page.Find("title").Text(); !strings.HasPrefix(title, "Something shared with you") {
		t.Errorf("the title is %q", title)
	}
	if to := page.Find(`main dd a[href="/courses/tea/water"]`).Length(); to != 1 {
		t.Error("nothing leads to the module that it came from")
	}
	if worries := page.Find(`a[href="/concerns/new?share=` + share + `"]`).Length(); worries != 1 {
		t.Error("nothing leads to raising a concern")
	}
}

func TestThatSomebodyReadItIsOnTheLearnersOwnPage(t *testing.T) {
	g, dina, share := shared(t)
	hers := g.SignIn(t, dina)
	mine := func() string { return words(hers.Get("/me/data").Page(t).Find("main").Text()) }
	if text := mine(); strings.Contains(text, "Tom") {
		t.Fatalf("before anybody did: %s", text)
	}
	g.his.Get("/facilitate/shares/" + share)
	if text := mine(); !strings.Contains(text, "Something that you shared was openedBy Tom") {
		t.Errorf("her page does not say that Tom read it: %s", text)
	}
}

func TestAShareOpensForNobodyButItsReader(t *testing.T) {
	g, dina, share := shared(t)
	mentor, other := g.MustPerson(t, web.Mentor), g.MustPerson(t, web.Facilitator)
	g.assign(t, dina, mentor, web.Mentor)
	g.assign(t, dina, other, web.Facilitator)
	g.share(t, dina, mentor, web.Mentor, "for the mentor")
	for name, one := range map[string]hooktest.Person{
		"her mentor, who has one of their own": mentor, "another facilitator of hers": other,
		"a manager": g.MustPerson(t, web.Manager), "the lead": g.MustPerson(t, web.Lead), "the learner": dina,
	} {
		b := g.SignIn(t, one)
		for _, path := range []string{"", "/beside"} {
			if r := ask(b, "/facilitate/shares/"+share+path, ""); r.Status != http.StatusNotFound || strings.Contains(r.Body, heron) {
				t.Errorf("%s: %s is status %d", name, path, r.Status)
			}
		}
		if r := b.Post("/facilitate/shares/"+share+"/leave", nil); r.Status != http.StatusNotFound {
			t.Errorf("%s leaves it: status %d", name, r.Status)
		}
		r := b.Post("/facilitate/shares/"+share, url.Values{"do": {"send"}})
		if r.Status != http.StatusNotFound || g.count(t, "replies") > 0 {
			t.Errorf("%s answers: status %d, %d replies", name, r.Status, g.count(t, "replies"))
		}
	}
	if seen := g.one(t, "SELECT seen FROM shares WHERE id = {:id}", dbx.Params{"id": share}); seen != "" {
		t.Error("it counts as seen")
	}
}

func TestAnAnswerIsSentAndTheTwoSeeTheThread(t *testing.T) {
	g, dina, share := shared(t)
	form := g.form(t, g.his, share, "You waited too.\r\nThat is strong.")
	form.Set("talk", "on")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Location != "/facilitate" {
		t.Fatalf("status %d", r.Status)
	}
	g.Clock.Pass(time.Hour)
	g.writesBack(t, dina, g.tom, share, "it felt long")
	text := words(g.his.Get("/facilitate/shares/" + share).Page(t).Find(".thread").Text())
	mine, hers := strings.Index(text, "You waited too. That is strong."), strings.Index(text, "it felt long")
	if mine < 0 || hers < mine {
		t.Error(text)
	}
}

func TestAnswersHaveNoMarksAndPhrasesStayOutUntilSomebodyPutsThemIn(t *testing.T) {
	g, _, share := shared(t)
	g.his.Post("/facilitate/phrases", url.Values{"kind": {"thank"}, "language": {"en"}, "text": {"Thank you for trusting me"}, "name": {"Mo"}})
	page := g.his.Get("/facilitate/shares/" + share).Page(t)
	if text := page.Find("#reply").Text(); strings.TrimSpace(text) != "" {
		t.Errorf("the field holds %q", text)
	}
	if q := words(page.Find(".phrases").Text()); !strings.Contains(q, "Thank you for trusting me Mo") {
		t.Errorf("the phrases are %q", q)
	}
	form := g.form(t, g.his, share, "")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "Write something") {
		t.Errorf("nothing is sent as an answer: status %d", r.Status)
	}
	g.answers(t, share, "Your own words")
	if text := words(g.his.Get("/facilitate/shares/" + share).Page(t).Find(".thread").Text()); strings.Contains(text, "trusting") || !strings.Contains(text, "Your own words") {
		t.Errorf("sent was %q", text)
	}
}

func TestADraftComesBackToItsWriterAlone(t *testing.T) {
	g, _, share := shared(t)
	form := g.form(t, g.his, share, "half a sent")
	form.Del("do")
	form.Set("auto", "1")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Status != http.StatusNoContent {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	if text := g.his.Get("/facilitate/shares/" + share).Page(t).Find("#reply").Text(); strings.TrimSpace(text) != "half a sent" {
		t.Errorf("it comes back as %q", text)
	}
	if sent := g.one(t, "SELECT COUNT(*) FROM replies WHERE state = 'sent'", nil); sent != "0" {
		t.Error("it was sent")
	}
	form.Del("auto")
	form.Set("do", "speak")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Location != "/facilitate/shares/"+share+"/voice" {
		t.Errorf("to say the rest it leads to %q", r.Location)
	}
	form.Set("do", "save")
	if r := g.his.Post("/facilitate/shares/"+share, form); r.Location != "/facilitate/shares/"+share {
		t.Errorf("without scripts it leads to %q", r.Location)
	}
	form.Set("reply", " ")
	g.his.Post("/facilitate/shares/"+share, form)
	if n := g.count(t, "replies"); n != 0 {
		t.Errorf("of an empty draft %d rows are left", n)
	}
}

func TestWhoeverPressesTwiceSendsOneAnswer(t *testing.T) {
	g, _, share := shared(t)
	form := g.form(t, g.his, share, "Thank you")
	for range 2 {
		if r := g.his.Post("/facilitate/shares/"+share, form); r.Location != "/facilitate" {
			t.Fatalf("status %d\n%s", r.Status, r.Body)
		}
	}
	if n := g.count(t, "replies"); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestNothingThatWasTypedIsLost(t *testing.T) {
	const words = "words that took an evening"
	for name, c := range map[string]struct {
		meanwhile func(t *testing.T, g *group, dina hooktest.Person, share string)
		status    int
		says      string
	}{
		"she took it back": {func(t *testing.T, g *group, _ hooktest.Person, share string) { g.takeBack(t, share) }, http.StatusConflict, "was not sent"},
		"she wrote more": {func(t *testing.T, g *group, dina hooktest.Person, share string) {
			g.writesBack(t, dina, g.tom, share, "one more thing")
		}, http.StatusConflict, "one more thing"},
		"another tab sent an answer": {func(t *testing.T, g *group, _ hooktest.Person, share string) {
			g.answers(t, share, "from the other tab")
		}, http.StatusConflict, "from the other tab"},
		"she shared it anew": {func(t *testing.T, g *group, dina hooktest.Person, share string) {
			g.Clock.Pass(time.Minute)
			g.share(t, dina, g.tom, web.Facilitator, "what she shows now")
		}, http.StatusConflict, "what she shows now"},
		"he walks with her no more": {func(t *testing.T, g *group, _ hooktest.Person, _ string) {
			g.end(t, "assignments", "worker", g.tom.ID)
		}, http.StatusNotFound, "was not sent"},
		"he works here no more": {func(t *testing.T, g *group, _ hooktest.Person, _ string) {
			g.end(t, "memberships", "user", g.tom.ID)
		}, http.StatusNotFound, "was not sent"},
	} {
		t.Run(name, func(t *testing.T) {
			g, dina, share := shared(t)
			form := g.form(t, g.his, share, words)
			c.meanwhile(t, g, dina, share)
			r := g.his.Post("/facilitate/shares/"+share, form)
			if r.Status != c.status || !strings.Contains(r.Body, words) || !strings.Contains(r.Body, c.says) {
				t.Errorf("status %d\n%s", r.Status, r.Body)
			}
			if n := g.one(t, "SELECT COUNT(*) FROM replies WHERE writer = {:tom} AND sealed != '' AND state = 'draft'", dbx.Params{"tom": g.tom.ID}); n != "0" {
				t.Errorf("%s drafts are stored", n)
			}
		})
	}
	t.Run("the key is missing", func(t *testing.T) {
		g, _, share := shared(t)
		form := g.form(t, g.his, share, words)
		if err := os.Remove(g.Dir + ".keys"); err != nil {
			t.Fatal(err)
		}
		now := &group{Site: g.AfterPowerCut(t), programme: g.programme, tom: g.tom}
		b := now.SignIn(t, g.tom)
		form.Del("whose")
		r := b.Post("/facilitate/shares/"+share, form)
		if r.Status != http.StatusServiceUnavailable || !strings.Contains(r.Body, words) || !strings.Contains(r.Body, "cannot be saved just now") {
			t.Errorf("status %d\n%s", r.Status, r.Body)
		}
		if page := b.Get("/facilitate/shares/" + share); page.Status != http.StatusOK || !strings.Contains(page.Body, "cannot be opened") || strings.Contains(page.Body, heron) {
			t.Errorf("the page: status %d\n%s", page.Status, page.Body)
		}
	})
	t.Run("he was signed out", func(t *testing.T) {
		g, _, share := shared(t)
		b := g.SignIn(t, g.tom)
		form := g.form(t, b, share, words)
		g.Clock.Pass(16 * time.Minute)
		if r := b.Post("/facilitate/shares/"+share, form); !strings.HasPrefix(r.Location, "/sign-in") {
			t.Fatalf("status %d to %q", r.Status, r.Location)
		}
		b.Post("/sign-in", url.Values{"who": {g.tom.Username}, "password": {g.tom.Password}})
		if text := b.Get("/facilitate/shares/" + share).Page(t).Find("#reply").Text(); !strings.Contains(text, words) {
			t.Errorf("it comes back as %q", text)
		}
	})
}

// end ends what somebody is, a minute ago.
func (g *group) end(t testing.TB, table, column, person string) {
	t.Helper()
	at := g.Clock.Now().Add(-time.Minute).UTC().Format("2006-01-02 15:04:05.000Z")
	if _, err := g.App.DB().Update(table, dbx.Params{"ends": at}, dbx.HashExp{column: person}).Execute(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasTakenBackSaysThatAndNothingElse(t *testing.T) {
	g, _, share := shared(t)
	g.answers(t, share, "Thank you for the bird")
	g.takeBack(t, share)
	r := g.his.Get("/facilitate/shares/" + share)
	if r.Status != http.StatusOK || !strings.Contains(r.Body, "They took this back on") {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	for _, gone := range []string{heron, "What did you see?", "the bird"} {
		if strings.Contains(r.Body, gone) {
			t.Errorf("it still shows %q", gone)
		}
	}
	if r.Page(t).Find("#answer").Length() != 0 {
		t.Error("it takes answers")
	}
}

func TestALearnersPageListsWhatTheySharedWithTheViewer(t *testing.T) {
	g, dina, share := shared(t)
	list := func(b *hooktest.Browser) string {
		return words(b.Get("/facilitate/learners/" + dina.ID).Page(t).Find("main").Text())
	}
	if text := list(g.his); !strings.Contains(text, "What they shared with you Water New for you") {
		t.Error(text)
	}
	g.answers(t, share, "Thank you")
	if text := list(g.his); !strings.Contains(text, "What they shared with you Water Answered") || strings.Contains(text, heron) {
		t.Error(text)
	}
	g.takeBack(t, share)
	if text := list(g.his); !strings.Contains(text, "They took it back") {
		t.Error(text)
	}
	other := g.MustPerson(t, web.Facilitator)
	g.assign(t, dina, other, web.Facilitator)
	if text := list(g.SignIn(t, other)); strings.Contains(text, "shared with you") {
		t.Errorf("another facilitator reads %s", text)
	}
}

func TestAPageSaysWhatElseTheySharedWithItsReader(t *testing.T) {
	g, dina, share := shared(t)
	g.Clock.Pass(time.Hour)
	g.shareOf(t, "wait", dina, g.tom, web.Facilitator, "another bird")
	mentor := g.MustPerson(t, web.Mentor)
	g.assign(t, dina, mentor, web.Mentor)
	g.shareOf(t, "steep", dina, mentor, web.Mentor, "for the mentor")
	page := g.his.Get("/facilitate/shares/" + share)
	if text := words(page.Page(t).Find(".before-this").Text()); !strings.HasPrefix(text, "One other thing that they shared with you") {
		t.Error(text)
	}
	if strings.Contains(page.Body, "another bird") {
		t.Error("it shows the words of another share")
	}
}
