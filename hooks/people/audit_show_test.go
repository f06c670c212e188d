package people_test

import (
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func record(t *testing.T, s *hooktest.Site, acts ...audit.Act) {
	t.Helper()
	for _, act := range acts {
		if err := s.House.Audit.Record(s.App, act); err != nil {
			t.Fatal(err)
		}
	}
}

// text is what a page says, each run of white space as one space.
func text(t *testing.T, r hooktest.Response) string {
	t.Helper()
	return strings.Join(strings.Fields(r.Page(t).Find("main").Text()), " ")
}

func TestManagersSeeWhatWasDoneAndHowOftenAndNobodysName(t *testing.T) {
	s := hooktest.Start(t)
	manager, boss := s.MustPerson(t, web.Manager), s.MustSiteManager(t)
	learner := s.MustPerson(t, web.Learner)
	programme, _ := s.MustProgramme(t)
	record(t, s,
		audit.Act{Kind: audit.CardMade, Actor: manager.ID, Subject: learner.ID, Programme: programme},
		audit.Act{Kind: audit.CardMade, Actor: manager.ID, Subject: learner.ID, Programme: programme},
		audit.Act{Kind: audit.PlaceMade, Actor: boss.ID, Programme: "another00000001"},
	)
	theirs := s.SignIn(t, manager).Get("/manage/audit")
	said := text(t, theirs)
	if theirs.Status != 200 || !strings.Contains(said, "A sign-in card was made 2 times") {
		t.Errorf("the programme's manager: status %d\n%s", theirs.Status, said)
	}
	if strings.Contains(said, "A place was added") || strings.Contains(said, "Is the record whole?") {
		t.Errorf("the programme's manager sees what is not of their programme:\n%s", said)
	}
	site := s.SignIn(t, boss).Get("/manage/audit")
	said = text(t, site)
	for _, want := range []string{"A sign-in card was made 2 times", "A place was added 1 time", "Somebody signed in", "The record is whole"} {
		if !strings.Contains(said, want) {
			t.Errorf("the site manager does not see %q:\n%s", want, said)
		}
	}
	for _, body := range []string{theirs.Body, site.Body} {
		if strings.Contains(body, learner.ID) || strings.Contains(body, learner.Username) {
			t.Error("the page names a learner")
		}
	}
}

func TestTheRecordIsAskedForByDaysAndKind(t *testing.T) {
	s := hooktest.Start(t)
	boss := s.SignIn(t, s.MustSiteManager(t))
	record(t, s, audit.Act{Kind: audit.PlaceMade}, audit.Act{Kind: audit.CohortMade})
	today := s.Clock.Now().UTC().Format(time.DateOnly)
	r := boss.Get("/manage/audit?kind=place-made&from=" + today + "&until=" + today)
	rows := r.Page(t).Find("main li").Text()
	if !strings.Contains(rows, "A place was added") || strings.Contains(rows, "A group was made") {
		t.Errorf("rows: %s", rows)
	}
	if r := boss.Get("/manage/audit?from=2026-01-01&until=2026-01-02"); !strings.Contains(text(t, r), "Nothing was done in these days.") {
		t.Errorf("empty days: %s", text(t, r))
	}
	for query, want := range map[string]string{
		"from=yesterday":                    "Enter a date",
		"from=2026-02-01&until=2026-01-01":  "The last day comes before the first",
		"from=2020-01-01&until=2026-01-01":  "Choose 92 days or fewer",
		"from=2026-01-01&until=<b>nonsense": "Enter a date",
	} {
		if r := boss.Get("/manage/audit?" + query); r.Status != 422 || !strings.Contains(text(t, r), want) {
			t.Errorf("%s: status %d\n%s", query, r.Status, text(t, r))
		}
	}
}

func TestTheRecordIsAFileTooAndThatIsRecorded(t *testing.T) {
	s := hooktest.Start(t)
	person := s.MustSiteManager(t)
	boss := s.SignIn(t, person)
	r := boss.Get("/manage/audit/acts.csv")
	if r.Status != 200 || !strings.Contains(r.Body, ",signed-in,Somebody signed in,1\r\n") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	if strings.Contains(r.Body, person.ID) || !strings.HasPrefix(r.Header.Get("Content-Disposition"), `attachment; filename="acts-20`) {
		t.Errorf("%v\n%s", r.Header, r.Body)
	}
	by, err := s.House.Audit.By(t.Context(), person.ID, 1)
	if err != nil || len(by) != 1 || by[0].Kind != audit.ActsExported {
		t.Errorf("recorded: %+v, %v", by, err)
	}
	if r := boss.Get("/manage/audit/acts.csv?from=x"); r.Status != 404 {
		t.Errorf("nonsense: status %d", r.Status)
	}
}

func TestARecordThatIsNotWholeSaysSoToTheSiteManager(t *testing.T) {
	s := hooktest.Start(t)
	boss := s.SignIn(t, s.MustSiteManager(t))
	record(t, s, audit.Act{Kind: audit.PlaceMade}, audit.Act{Kind: audit.CohortMade})
	for _, sql := range []string{"DROP TRIGGER audit_never_changes", "UPDATE audit SET kind = 'erased' WHERE kind = 'place-made'"} {
		if _, err := s.App.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	said := text(t, boss.Get("/manage/audit"))
	if !strings.Contains(said, ", "+s.Clock.Now().UTC().Format("15:04")+" UTC") || strings.Contains(said, "000Z") {
		t.Errorf("it does not say when as people say it: %s", said)
	}
	if !strings.Contains(said, "it is not what was written") || strings.Contains(said, "The record is whole") {
		t.Errorf("%s", said)
	}
}

func TestAPageThatThePolicyKeepsClosedIsRecordedOnceAnHour(t *testing.T) {
	s := hooktest.Start(t)
	learner, other := s.MustPerson(t, web.Learner), s.MustPerson(t, web.Learner)
	browser := s.SignIn(t, learner)
	for range 20 {
		for _, path := range []string{"/manage/audit", "/facilitate/learners/" + other.ID, "/facilitate/learners/not-there-at-all", "/manage/settings"} {
			if r := browser.Get(path); r.Status != 404 {
				t.Fatalf("%s: status %d", path, r.Status)
			}
		}
	}
	s.Guest(t).Get("/manage/audit")
	s.House.Audit.Settle()
	by, err := s.House.Audit.By(t.Context(), learner.ID, 100)
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[string]int{}
	for _, entry := range by {
		if entry.Kind == audit.Refused {
			subjects[entry.Subject]++
		}
	}
	if subjects[other.ID] != 1 || subjects[""] != 3 || len(subjects) != 2 {
		t.Errorf("recorded by subject: %v", subjects)
	}
	s.Clock.Pass(61 * time.Minute)
	again := s.SignIn(t, learner)
	again.Get("/manage/audit")
	s.House.Audit.Settle()
	if by, err = s.House.Audit.By(t.Context(), learner.ID, 1); err != nil || by[0].Kind != audit.Refused || by[0].Detail != "audit" {
		t.Errorf("an hour later: %+v, %v", by, err)
	}
}
