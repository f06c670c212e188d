package facilitation_test

import (
	"strconv"
	"strings"
	"testing"

	"alongside/hooks/web"
)

func TestEveryCellOfTheGridLeadsOn(t *testing.T) {
	g := newGroup(t)
	dina := g.learner(t, "Dina", g.tom, web.Facilitator)
	g.begun(t, dina)
	yusuf := g.MustPerson(t, web.Learner) // nobody's
	g.rename(t, yusuf, "Yusuf")
	g.begun(t, yusuf)
	page := g.his.Get(g.grid()).Page(t)
	rows := page.Find(".grid tbody tr")
	if n := rows.First().Find("td a[href^='/facilitate/learners/" + dina.ID + "#m-']").Length(); n != 2 {
		t.Errorf("%d cells of his own lead to her page", n)
	}
	for i, address := range []string{"/courses/tea/water", "/courses/tea/leaf"} {
		if got := rows.Last().Find("td").Eq(i).Find("a").AttrOr("href", ""); got != address {
			t.Errorf("a cell of another leads to %q, not to %q", got, address)
		}
		if r := g.his.Get(address); r.Status != 200 {
			t.Errorf("%s: status %d", address, r.Status)
		}
	}
	counts := g.SignInOnOwn(t, g.MustPerson(t, web.Manager)).Get(g.grid()).Page(t)
	if n := counts.Find("main li.row a[href='/courses/tea/water']").Length(); n != 1 {
		t.Errorf("the manager's rows: %d links to the module", n)
	}
}

func TestTheFileHasTheFiguresOfThePage(t *testing.T) {
	g := newGroup(t)
	for _, name := range []string{"Dina", "Yusuf"} {
		g.begun(t, g.learner(t, name, g.tom, web.Facilitator))
	}
	rows := readCSV(t, g.his.Get(g.grid()+"/grid.csv"))
	want := []string{"On the course||||2|2", "Done||||2|0", "Under way||||0|2", "Not yet||||0|0"}
	if len(rows) != 3+len(want) {
		t.Fatalf("%q", rows)
	}
	for i, row := range rows[3:] {
		row[3] = "" // the course
		if got := strings.Join(row, "|"); got != want[i] {
			t.Errorf("%q, not %q", got, want[i])
		}
	}
	mentors := g.SignInOnOwn(t, g.MustPerson(t, web.Mentor))
	for _, row := range readCSV(t, mentors.Get(g.grid()+"/grid.csv")) {
		if row[0] == "Under way" {
			t.Error("a mentor is told who is under way")
		}
	}
}

func TestTheSameInWordsNamesWhatIsDoneToo(t *testing.T) {
	g := newGroup(t)
	g.begun(t, g.learner(t, "Dina", g.tom, web.Facilitator))
	said := strings.Join(strings.Fields(g.his.Get(g.grid()).Page(t).Find(".in-words").Text()), " ")
	if !strings.Contains(said, "1 of 2 modules done: Water · Leaf: 1 of 2 steps") {
		t.Errorf("%q", said)
	}
}

func TestALargeGroupIsShownInParts(t *testing.T) {
	g := newGroup(t)
	for i := range 302 {
		g.rename(t, g.MustPerson(t, web.Learner), "Person "+strconv.Itoa(1000+i))
	}
	first := g.his.Get(g.grid())
	if first.Status != 200 || !strings.Contains(first.Body, "You see 300 of 302 learners here") || strings.Contains(first.Body, "Person 1300") || !strings.Contains(first.Body, "Person 1299") {
		t.Fatalf("status %d\n%.3000s", first.Status, first.Body)
	}
	next := first.Page(t).Find("a[href='" + g.grid() + "?page=2']")
	if next.Length() != 1 {
		t.Fatal("there is no way to the rest")
	}
	second := g.his.Get(g.grid() + "?page=2")
	if !strings.Contains(second.Body, "Person 1301") || strings.Contains(second.Body, "Person 1299") || !strings.Contains(second.Body, "You see 2 of 302 learners here") {
		t.Errorf("the rest:\n%.3000s", second.Body)
	}
	managers := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	if r := managers.Get(g.grid()); !strings.Contains(r.Body, "302 learners") || strings.Contains(r.Body, "You see 300") {
		t.Errorf("counts are of everybody:\n%.3000s", r.Body)
	}
}
