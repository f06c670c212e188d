package facilitation_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func (g *group) many() string { return g.grid() + "/import" }

// upload sends a file as the form does.
func (g *group) upload(t *testing.T, b *hooktest.Browser, file string) hooktest.Response {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("do", "check")
	w.WriteField("course", g.course)
	part, err := w.CreateFormFile("file", "list.csv")
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(file))
	w.Close()
	like := b.Request(http.MethodPost, g.many(), nil)
	request, err := http.NewRequest(http.MethodPost, like.URL.String(), &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = like.Header
	request.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(request)
}

// report is the page that says what was read of a paste.
func (g *group) report(t *testing.T, pasted string) hooktest.Response {
	t.Helper()
	r := g.his.Post(g.many(), url.Values{"do": {"check"}, "pasted": {pasted}, "course": {g.course}})
	if r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	return g.his.Follow(r)
}

// add confirms what a report says, and waits until it is done.
func (g *group) add(t *testing.T, report hooktest.Response) hooktest.Response {
	t.Helper()
	key := report.Page(t).Find("input[name=key]").AttrOr("value", "")
	g.his.Post(g.many(), url.Values{"do": {"add"}, "key": {key}})
	for range 1000 {
		if r := g.his.Get(g.many()); !strings.Contains(r.Body, "Cards made:") {
			return r
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("it never ends")
	return hooktest.Response{}
}

func TestAListIsFirstReadAndThenAddedWhole(t *testing.T) {
	g := newGroup(t)
	before := g.count(t, "users")
	report := g.report(t, "called;language;worker\r\nDina;en;\r\nÉlodie;;"+g.tom.Username+"\r\n\r\nنور;English;\r\n")
	if g.count(t, "users") != before {
		t.Fatal("somebody was made before it was confirmed")
	}
	if !strings.Contains(report.Body, "3 people will be added") {
		t.Fatalf("the report:\n%s", report.Body)
	}
	sheet := g.add(t, report)
	if sheet.Status != 303 || !strings.HasPrefix(sheet.Location, "/facilitate/cards/") {
		t.Fatalf("status %d, to %q\n%s", sheet.Status, sheet.Location, sheet.Body)
	}
	cards := g.his.Follow(sheet)
	for _, name := range []string{"Dina", "Élodie", "نور"} {
		if !strings.Contains(cards.Body, name) {
			t.Errorf("no card for %s", name)
		}
	}
	for what, want := range map[string]int{
		"users WHERE name IN ('Dina', 'Élodie', 'نور')": 3, "cards WHERE state = 'active'": 3, "enrolments": 3,
		"assignments WHERE worker = '" + g.tom.ID + "'": 3, "memberships WHERE role = 'learner'": 3,
		"audit WHERE kind = 'cohort-imported' AND detail = '3'": 1,
	} {
		if n := g.count(t, what); n != want {
			t.Errorf("%s: %d, not %d", what, n, want)
		}
	}

	// The same list once more makes nobody.
	again := g.report(t, "called\nDina\nÉlodie\nنور\n")
	if !strings.Contains(again.Body, "Everybody on this list is here already") || again.Page(t).Find("button[value=add]").Length() != 0 {
		t.Errorf("again:\n%s", again.Body)
	}

	// With somebody new on it, it makes that one.
	g.add(t, g.report(t, "called\nDina\nZoe\n"))
	if n := g.count(t, "users WHERE name IN ('Dina', 'Zoe')"); n != 2 {
		t.Errorf("Dina and Zoe are %d people", n)
	}
}

func TestEachLineSaysWhatIsWrongWithItAndNothingIsDone(t *testing.T) {
	g := newGroup(t)
	before := g.count(t, "users")
	stranger := g.MustPerson(t)
	lines := []struct{ line, says string }{
		{"Dina,en,", ""},
		{"dina ,,", "The same name is also in this line"},
		{",en,", "There is no name"},
		{"Ana,tlh,", "does not speak this language"},
		{"Bea,," + stranger.Username, "has this username"},
		{"Cem,,nobody-99", "has this username"},
		{"=cmd|' /C calc'!A0,,", "cannot have this sign here"},
		{"@SUM(A1),,", "cannot have this sign here"},
		{"Di\x07na,,", "that is no letter"},
		{strings.Repeat("x", 101) + ",,", "The name is too long"},
		{"<script>evil()</script>,,", ""},
	}
	text := "called,language,worker\n"
	for _, l := range lines {
		text += l.line + "\n"
	}
	r := g.report(t, text)
	rows := r.Page(t).Find(".lines-read .row")
	if rows.Length() != len(lines) {
		t.Fatalf("%d lines of %d\n%s", rows.Length(), len(lines), r.Body)
	}
	for i, l := range lines {
		said := rows.Eq(i).Text()
		if l.says == "" && rows.Eq(i).Find(".error").Length() > 0 || !strings.Contains(said, l.says) {
			t.Errorf("%q: %q", l.line, said)
		}
	}
	if strings.Contains(r.Body, "<script>evil") {
		t.Error("a name became HTML")
	}
	page := r.Page(t)
	if page.Find("button[value=add]").Length() != 0 || page.Find("input[name=key]").Length() != 0 {
		t.Error("it can be added all the same")
	}
	g.his.Post(g.many(), url.Values{"do": {"add"}, "key": {""}})
	if n := g.count(t, "users"); n != before+1 {
		t.Errorf("%d people were made", n-before-1)
	}
	if !strings.Contains(page.Find("#pasted").Text(), "dina ,,") {
		t.Error("what was pasted is not in the field again")
	}
}

func TestAFileIsReadAsSpreadsheetsWriteIt(t *testing.T) {
	wide := "\xff\xfeN\x00a\x00m\x00e\x00\t\x00L\x00a\x00n\x00g\x00u\x00a\x00g\x00e\x00\r\x00\n\x00D\x00i\x00n\x00a\x00\t\x00e\x00n\x00\r\x00\n\x00"
	for what, file := range map[string]string{
		"semicolons, a mark, CRLF": "\ufeffcalled;language\r\nDina;en\r\n",
		"commas in another order":  "language,worker,called\nen,,Dina\n",
		"tabs":                     "called\tlanguage\nDina\ten\n",
		"UTF-16":                   wide,
		"quoted":                   "\"called\",\"language\"\n\"Dina\",\"en\"\n",
		"names alone":              "Dina\n",
		"a column we do not know":  "called,shoe size\nDina,43\n",
	} {
		g := newGroup(t)
		r := g.his.Follow(g.upload(t, g.his, file))
		if !strings.Contains(r.Body, "1 person will be added") || !strings.Contains(r.Body, "Dina") {
			t.Errorf("%s:\n%s", what, r.Body)
		}
	}
}

func TestAFileThatCannotBeReadSaysWhatToDo(t *testing.T) {
	g := newGroup(t)
	for file, says := range map[string]string{
		"called\nEl\xe9onore\n":                      "CSV UTF-8",
		"called\nDi\x00na\n":                         "CSV UTF-8",
		"\xff\xfeD":                                  "CSV UTF-8",
		"nmae,language\nDina,en\n":                   "in the first line",
		"called\n":                                   "There is nobody in this list",
		"called\n\"Dina\nYusuf\n":                    "quotation mark",
		"called\n" + strings.Repeat("Dina\n", 201):   "At most 200 lines",
		"called\n" + strings.Repeat("Dina\n", 50000): "At most 200 lines",
		"":      "There is nobody in this list",
		" \n\n": "There is nobody in this list",
	} {
		r := g.his.Follow(g.upload(t, g.his, file))
		if said := r.Page(t).Find("#file-error").Text(); !strings.Contains(said, says) {
			t.Errorf("%.30q: %q", file, said)
		}
	}
	if r := g.upload(t, g.his, strings.Repeat("called\n", 200000)); r.Status != 413 {
		t.Errorf("more than a megabyte: status %d", r.Status)
	}
}

func TestWhatIsPressedTwiceOrStoppedMakesNothingTwiceAndNothingHalf(t *testing.T) {
	g := newGroup(t)
	report := g.report(t, "Dina\nYusuf\n")
	key := report.Page(t).Find("input[name=key]").AttrOr("value", "")
	for range 3 {
		g.his.Post(g.many(), url.Values{"do": {"add"}, "key": {key}})
	}
	g.add(t, report)
	if n := g.count(t, "users WHERE name IN ('Dina', 'Yusuf')"); n != 2 {
		t.Errorf("%d people", n)
	}

	names := make([]string, 150)
	for i := range names {
		names[i] = "Person " + strings.Repeat("i", i%60) + string(rune('a'+i/60))
	}
	before := g.count(t, "users")
	report = g.report(t, strings.Join(names, "\n"))
	if !strings.Contains(report.Body, "150 people will be added") {
		t.Fatalf("%s", report.Body)
	}
	g.his.Post(g.many(), url.Values{"do": {"add"}, "key": {report.Page(t).Find("input[name=key]").AttrOr("value", "")}})
	g.his.Post(g.many(), url.Values{"do": {"stop"}})
	var r hooktest.Response
	for range 1000 {
		if r = g.his.Get(g.many()); !strings.Contains(r.Body, "Cards made:") {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if n := g.count(t, "users") - before; n != 0 || !strings.Contains(r.Body, "You stopped it") {
		t.Errorf("%d people were made\n%s", n, r.Body)
	}
}

func TestNothingIsHalfAddedWhereOneFails(t *testing.T) {
	g := newGroup(t)
	_, err := g.App.NonconcurrentDB().NewQuery("CREATE TRIGGER t BEFORE INSERT ON users WHEN new.name = 'Yusuf' BEGIN SELECT RAISE(ABORT, 'full'); END").Execute()
	if err != nil {
		t.Fatal(err)
	}
	before := g.count(t, "users") + g.count(t, "audit")
	if r := g.add(t, g.report(t, "Dina\nYusuf\nZoe\n")); !strings.Contains(r.Body, "nobody was added") {
		t.Errorf("%s", r.Body)
	}
	if after := g.count(t, "users") + g.count(t, "audit"); after != before {
		t.Errorf("%d rows are left of it", after-before)
	}
}

func TestAListIsThereForItsSessionOnlyAndForTenMinutes(t *testing.T) {
	g := newGroup(t)
	g.report(t, "Dina\n")
	linh := g.SignInOnOwn(t, g.MustPerson(t, web.Facilitator))
	elsewhere := g.SignInOnOwn(t, g.tom)
	for name, b := range map[string]*hooktest.Browser{"a colleague": linh, "another device": elsewhere} {
		if r := b.Get(g.many()); strings.Contains(r.Body, "Dina") {
			t.Errorf("%s sees it", name)
		}
	}
	g.Clock.Pass(11 * time.Minute)
	if r := g.his.Get(g.many()); strings.Contains(r.Body, "Dina") {
		t.Error("later it is still there")
	}
}

func TestTheSampleIsAListThatCanBeSent(t *testing.T) {
	theSampleCanBeSent(t, "en", "en")
	theSampleCanBeSent(t, "ar-XB", "ar-XB", "en")
	theSampleCanBeSent(t, "ar-XB", "tlh", "ar-XB") // no words of the first one are in the binary
}

func theSampleCanBeSent(t *testing.T, in string, languages ...string) {
	t.Helper()
	g := newGroup(t)
	settings, err := g.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	settings.Set("languages", languages)
	if err := g.App.Save(settings); err != nil {
		t.Fatal(err)
	}
	sample := g.his.Get(g.many() + "/sample.csv")
	r := g.his.Follow(g.upload(t, g.his, sample.Body))
	if !strings.Contains(r.Body, "2 people will be added") || !strings.Contains(sample.Body, "Sam,"+in+",") {
		t.Errorf("%v: %q\n%s", languages, sample.Body, r.Body)
	}
}
