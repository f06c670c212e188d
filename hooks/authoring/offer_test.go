package authoring_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const (
	offersAt = "/course-offers/listening-course"
	workDone = "Write the part about trams"
)

func offerForm(person string, more ...string) url.Values {
	f := form("person", person, "path", "01-listening.md", "task", workDone, "hours", "1,5", "amount", "45.50", "currency", "EUR")
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

// mustOffer offers the other mentor paid work, and gives its id.
func (w *writing) mustOffer(t *testing.T, carer *hooktest.Browser) string {
	t.Helper()
	mustStatus(t, carer.Post(offersAt, offerForm(w.other.ID)), http.StatusSeeOther)
	return w.mustOne(t, "SELECT id FROM offers WHERE state = 'offered'", nil)
}

func TestAnOfferThatIsNotWholeIsAskedAgain(t *testing.T) {
	w := mustWriting(t)
	carer := w.SignIn(t, w.manager)
	for what, wrong := range map[string][]string{
		"nobody": {"person", ""}, "a learner": {"person", w.learner.ID}, "the carer": {"person", w.manager.ID}, "a mentor elsewhere": {"person", w.mustMentorElsewhere(t).ID},
		"no work": {"task", " "}, "too many words": {"task", strings.Repeat("a", 1001)}, "no hours": {"hours", "soon"}, "no money": {"amount", "0"},
		"money that could be two things": {"amount", "1,000"}, "less than none": {"amount", "-5"}, "too much": {"amount", "100001"},
		"no such currency": {"currency", "XXX"}, "no such text": {"path", "99-nothing.md"},
	} {
		r := carer.Post(offersAt, offerForm(w.other.ID, wrong...))
		if r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", what, r.Status)
		}
		if typed := strings.TrimSpace(r.Page(t).Find("textarea[name=task]").Text()); wrong[0] != "task" && typed != workDone {
			t.Errorf("%s: what was typed is %q", what, typed)
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM offers", nil); n != "0" {
		t.Errorf("%s offers", n)
	}
}

func TestNobodyElseSeesWhatIsPaid(t *testing.T) {
	w := mustWriting(t)
	carer := w.SignIn(t, w.manager)
	id := w.mustOffer(t, carer)
	for _, who := range []hooktest.Person{w.writer, w.worker, w.learner, w.MustPerson(t, "lead"), w.mustMentorElsewhere(t)} {
		b := w.SignIn(t, who)
		mustStatus(t, b.Get(offersAt), http.StatusNotFound)
		mustStatus(t, b.Post(offersAt, offerForm(w.writer.ID)), http.StatusNotFound)
		mustStatus(t, b.Get("/me/offers/"+id), http.StatusNotFound)
		mustStatus(t, b.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusNotFound)
		mustStatus(t, b.Post(offersAt+"/"+id, form("do", "back")), http.StatusNotFound)
		for _, at := range []string{"/me/offers", "/me/paid", "/me/credit"} {
			if r := mustStatus(t, b.Get(at), http.StatusOK); strings.Contains(r.Body, "45.50") || strings.Contains(r.Body, workDone) {
				t.Errorf("%s shows somebody else's offer", at)
			}
		}
	}
	mustStatus(t, carer.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusNotFound) // nor does the carer answer for them
	mustStatus(t, w.SignIn(t, w.other).Post(offersAt+"/"+id, form("do", "paid")), http.StatusNotFound)     // nor they for the carer
	if state := w.mustOne(t, "SELECT state FROM offers", nil); state != "offered" {
		t.Errorf("it is %s", state)
	}
}

// The course is the site's, and so is cared for by managers of every programme: what
// one programme offers its mentors is no other's to see.
func TestWhatAnotherProgrammePaysIsNotShown(t *testing.T) {
	w := mustWriting(t)
	id := w.mustOffer(t, w.SignIn(t, w.manager))
	south, err := people.CreateProgramme(w.App, people.Programme{Name: "South", Label: "South Quay"})
	if err != nil {
		t.Fatal(err)
	}
	other := w.MustPerson(t)
	w.MustJoin(t, people.Membership{User: other.ID, Role: web.Manager, Programme: south})
	b := w.SignIn(t, other)
	if r := mustStatus(t, b.Get(offersAt), http.StatusOK); strings.Contains(r.Body, "45.50") || strings.Contains(r.Body, w.other.ID) {
		t.Error("a manager of another programme sees the offer, or the mentor")
	}
	mustStatus(t, b.Post(offersAt+"/"+id, form("do", "back")), http.StatusNotFound)
	mustStatus(t, b.Post(offersAt, offerForm(w.other.ID)), http.StatusUnprocessableEntity)
	site := w.SignIn(t, w.MustSiteManager(t))
	if r := mustStatus(t, site.Get(offersAt), http.StatusOK); !strings.Contains(r.Body, "45.50") {
		t.Error("the site manager does not see it")
	}
}

func TestTheNoteComesFirstAndNobodySaysYesWithoutIt(t *testing.T) {
	w := mustWriting(t)
	id := w.mustOffer(t, w.SignIn(t, w.manager))
	mentor := w.SignIn(t, w.other)
	for _, at := range []string{"/me/offers", "/me/offers/" + id} {
		body := mustStatus(t, mentor.Get(at), http.StatusOK).Body
		note, work := strings.Index(body, "Read this before you say yes"), strings.Index(body, workDone)
		if note < 0 || work < 0 || note > work {
			t.Errorf("%s: the note stands at %d, the work at %d", at, note, work)
		}
	}
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept")), http.StatusUnprocessableEntity)
	if state := w.mustOne(t, "SELECT state FROM offers", nil); state != "offered" {
		t.Fatalf("it is %s", state)
	}
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther) // the same click
	if n := w.mustOne(t, "SELECT COUNT(*) FROM audit WHERE kind = 'offer-answered'", nil); n != "1" {
		t.Errorf("one yes is on record %s times", n)
	}
}

func TestWhatComesTooLateChangesNothing(t *testing.T) {
	w := mustWriting(t)
	carer, mentor := w.SignIn(t, w.manager), w.SignIn(t, w.other)
	state := func(want string) {
		t.Helper()
		if got := w.mustOne(t, "SELECT state FROM offers ORDER BY created DESC, rowid DESC LIMIT 1", nil); got != want {
			t.Fatalf("it is %s, and not %s", got, want)
		}
	}
	id := w.mustOffer(t, carer)
	mustStatus(t, carer.Post(offersAt, offerForm(w.other.ID)), http.StatusSeeOther) // a double click
	if n := w.mustOne(t, "SELECT COUNT(*) FROM offers", nil); n != "1" {
		t.Fatalf("%s offers after a double click", n)
	}
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, "2026-01-01")), http.StatusConflict)
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "back")), http.StatusSeeOther)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusConflict)
	state("back")

	id = w.mustOffer(t, carer)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "back")), http.StatusConflict)
	state("accepted")
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "decline")), http.StatusSeeOther) // they cannot after all
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "done")), http.StatusConflict)
	state("declined")

	id = w.mustOffer(t, carer)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "done")), http.StatusSeeOther)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "decline")), http.StatusConflict)
	state("done")
}

func TestWhatWasPaidInAYearIsOnePage(t *testing.T) {
	w := mustWriting(t)
	carer, mentor := w.SignIn(t, w.manager), w.SignIn(t, w.other)
	id := w.mustOffer(t, carer)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther)
	today := w.Clock.Now().UTC()
	for _, day := range []string{"", "yesterday", today.AddDate(0, 0, 2).Format(time.DateOnly), today.AddDate(-7, 0, 0).Format(time.DateOnly)} {
		mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, day)), http.StatusUnprocessableEntity)
	}
	if body := mustStatus(t, mentor.Get("/me/paid"), http.StatusOK).Body; strings.Contains(body, "45.50") {
		t.Error("it is among what was paid before it is")
	}
	lastYear := today.AddDate(-1, 0, 0)
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, lastYear.Format(time.DateOnly))), http.StatusSeeOther)
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, lastYear.Format(time.DateOnly))), http.StatusSeeOther)                   // the same click
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, lastYear.AddDate(0, 0, -1).Format(time.DateOnly))), http.StatusConflict) // another tab
	page := mustStatus(t, mentor.Get("/me/paid"), http.StatusOK)
	for _, want := range []string{"45.50 EUR", workDone, lastYear.Format("2006")} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := page.Page(t).Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d lines", n)
	}
}

// Whoever is erased takes their offers with them; of money that was paid the sum stays.
func TestAnErasureLeavesOnlyWhatWasPaid(t *testing.T) {
	w := mustWriting(t)
	carer, mentor := w.SignIn(t, w.manager), w.SignIn(t, w.other)
	id := w.mustOffer(t, carer)
	mustStatus(t, mentor.Post("/me/offers/"+id, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, carer.Post(offersAt+"/"+id, form("do", "paid", "day-"+id, w.Clock.Now().UTC().Format(time.DateOnly))), http.StatusSeeOther)
	mustStatus(t, carer.Post(offersAt, offerForm(w.other.ID, "task", "And the part about buses")), http.StatusSeeOther)
	if r := mentor.Get("/me/data"); !strings.Contains(r.Body, "Paid work that you were offered") {
		t.Error("they are not told what is kept")
	}
	keeper := w.House.Authoring.Keeper()
	var told []people.Item
	err := keeper.Tell(t.Context(), people.Telling{Viewer: &web.Viewer{ID: w.other.ID}, Item: func(one people.Item) error { told = append(told, one); return nil }})
	if err != nil || len(told) != 2 {
		t.Fatalf("they are told %v: %v", told, err)
	}
	if err := w.App.RunInTransaction(func(tx core.App) error { _, err := keeper.Erase(tx, w.other.ID, 1000); return err }); err != nil {
		t.Fatal(err)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM offers WHERE state = 'paid' AND amount = 4550 AND person = '' AND task = '' AND title = '' AND path = ''", nil); n != "1" {
		t.Error("what was paid is gone, or still says to whom or for what")
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM offers", nil); n != "1" {
		t.Errorf("%s offers", n)
	}
	if r := mustStatus(t, carer.Get(offersAt), http.StatusOK); !strings.Contains(r.Body, "45.50") {
		t.Error("those who care do not see the sum")
	}
}

func TestOffersGoWhenTheyWereKeptLongEnough(t *testing.T) {
	w := mustWriting(t)
	carer, mentor := w.SignIn(t, w.manager), w.SignIn(t, w.other)
	open := w.mustOffer(t, carer)
	mustStatus(t, mentor.Post("/me/offers/"+open, form("do", "accept", "read", "true")), http.StatusSeeOther)
	mustStatus(t, mentor.Post("/me/offers/"+w.mustOffer(t, carer), form("do", "decline")), http.StatusSeeOther)
	clock := w.House.Authoring.Keeper().Clocks()[1]
	for _, c := range []struct {
		before time.Time
		goes   int
	}{{w.Clock.Now().Add(-time.Hour), 0}, {w.Clock.Now().Add(time.Hour), 1}} {
		due, err := clock.Due(t.Context(), c.before)
		if err != nil || due != c.goes {
			t.Errorf("%d are due: %v", due, err)
		}
		if gone, err := clock.Retire(t.Context(), c.before, 100); err != nil || gone != c.goes {
			t.Errorf("%d went: %v", gone, err)
		}
	}
	if id := w.mustOne(t, "SELECT id FROM offers", nil); id != open {
		t.Error("what somebody said yes to is gone before it was paid")
	}
}
