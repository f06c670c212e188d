package facilitation_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

func (g *group) grid() string { return "/facilitate/cohorts/" + g.cohort }

func readCSV(t *testing.T, r hooktest.Response) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(r.Body, "\ufeff")
	if r.Status != 200 || !marked {
		t.Fatalf("status %d, marked %v", r.Status, marked)
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheGridSaysOfEachLearnerAndModuleHowFarTheyAre(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	g.begun(t, dina)
	yusuf := g.MustPerson(t, web.Learner) // nobody's
	g.rename(t, yusuf, "Yusuf")
	r := g.his.Get(g.grid())
	page := r.Page(t)
	cells := page.Find(".grid tbody tr").First().Find("td").Text()
	if !strings.Contains(cells, "Done") || !strings.Contains(cells, "1 of 2 steps") {
		t.Errorf("her cells say %q\n%s", cells, r.Body)
	}
	if n := page.Find(".grid tbody a[href^='/facilitate/learners/" + dina.ID + "#m-']").Length(); n != 2 {
		t.Errorf("%d cells lead to her page", n)
	}
	if page.Find("a[href^='/facilitate/learners/"+yusuf.ID+"']").Length() != 0 || !strings.Contains(r.Body, "Yusuf") {
		t.Error("who is not his is named, and leads nowhere")
	}
	if said := page.Find(".in-words").Text(); !strings.Contains(said, "Dina") || !strings.Contains(said, "1 of 2 modules done") {
		t.Errorf("in words: %q", said)
	}
	rows := readCSV(t, g.his.Get(g.grid()+"/grid.csv"))
	if len(rows) != 7 || strings.Join(rows[0][4:], "|") != "Water|Leaf" || strings.Join(rows[1][4:], "|") != "Done|1 of 2 steps" || rows[1][0] != "Dina" || rows[6][0] != "Yusuf" {
		t.Errorf("the file: %q", rows)
	}
	if n := g.count(t, "audit WHERE kind = 'grid-exported' AND item = '"+g.cohort+"' AND actor = '"+g.tom.ID+"'"); n != 1 {
		t.Errorf("%d rows say that it was taken out", n)
	}
}

func TestThePageAndTheFileGoNoDeeperThanTheRole(t *testing.T) {
	g := newGroup(t)
	marek := g.MustPerson(t, web.Mentor)
	dina := g.learner(t, "Dina", marek, web.Mentor)
	g.begun(t, dina)
	mentors, managers := g.SignInOnOwn(t, marek), g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	for _, address := range []string{g.grid(), g.grid() + "/grid.csv"} {
		if r := mentors.Get(address); r.Status != 200 || strings.Contains(r.Body, "steps") || !strings.Contains(r.Body, "Dina") || strings.Contains(r.Body, "nder way") {
			t.Errorf("mentor: %s: status %d\n%s", address, r.Status, r.Body)
		}
		r := managers.Get(address)
		if r.Status != 200 || strings.Contains(r.Body, "Dina") || strings.Contains(r.Body, dina.Username) || strings.Contains(r.Body, dina.ID) {
			t.Errorf("manager: %s: status %d\n%s", address, r.Status, r.Body)
		}
	}
	rows := readCSV(t, managers.Get(g.grid()+"/grid.csv"))
	if got := strings.Join(rows[2], "|"); got != "Tea|Leaf|1|0|1|0" {
		t.Errorf("counts: %q", got)
	}
}

func TestAGroupIsNotThereForOthers(t *testing.T) {
	g := newGroup(t)
	elsewhere, err := people.CreateProgramme(g.App, people.Programme{Name: "Elsewhere", Label: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := people.CreateCohort(g.App, elsewhere, "Far group", g.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{foreign, "nosuchcohort123"} {
		for _, below := range []string{"", "/grid.csv", "/import", "/import/sample.csv"} {
			if r := g.his.Get("/facilitate/cohorts/" + id + below); r.Status != 404 {
				t.Errorf("%s%s: status %d", id, below, r.Status)
			}
		}
	}
	for _, role := range []web.Role{web.Learner, web.Lead} {
		if r := g.SignInOnOwn(t, g.MustPerson(t, role)).Get(g.grid()); r.Status != 404 {
			t.Errorf("%s: status %d", role, r.Status)
		}
	}
	if n := g.count(t, "audit WHERE kind = 'grid-exported'"); n != 0 {
		t.Errorf("%d rows of files that nobody got", n)
	}
}

func TestNoCellOfAFileIsAFormula(t *testing.T) {
	g := newGroup(t)
	for _, name := range []string{"=1+1", "+1", "-1", "@SUM(A1)"} {
		g.begun(t, g.learner(t, name, g.tom, web.Facilitator))
	}
	for _, row := range readCSV(t, g.his.Get(g.grid()+"/grid.csv")) {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("%q", cell)
			}
		}
	}
}

func TestTheNameOfTheFileSaysNothing(t *testing.T) {
	g := newGroup(t)
	name := g.his.Get(g.grid() + "/grid.csv").Header.Get("Content-Disposition")
	for _, private := range []string{"Thursday", "North", "Quay", "Tea"} {
		if strings.Contains(name, private) {
			t.Errorf("%q", name)
		}
	}
}

func TestAnEmptyGroupSaysSo(t *testing.T) {
	g := newGroup(t)
	if r := g.his.Get(g.grid()); !strings.Contains(r.Body, "There is nobody in this group yet") {
		t.Errorf("%s", r.Body)
	}
	g.learner(t, "Dina", g.tom, web.Facilitator)
	if r := g.his.Get(g.grid()); !strings.Contains(r.Body, "Nobody here is on a course yet") || !strings.Contains(r.Body, "Dina") {
		t.Errorf("%s", r.Body)
	}
}
