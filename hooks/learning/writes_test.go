package learning_test

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
)

func TestTheSameFormTwiceIsOneAnswer(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/choose").choose("open", "How was it")
	page.pressCheck("open")
	page.pressCheck("open")
	if got := column(t, s, "SELECT tries FROM answers WHERE activity = 'open'"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("tries are %v", got)
	}
	if got := column(t, s, "SELECT id FROM answer_history"); len(got) != 0 {
		t.Errorf("%d rows of history", len(got))
	}
}

func TestTheTwoLastStepsContinuedAtOnceFinishTheModule(t *testing.T) {
	s, p, b := small(t)
	for _, step := range []string{"start", "choose", "arrange"} {
		open(t, b, first+"/"+step).press("continue")
	}
	for range 8 {
		execute(t, s, "UPDATE progress SET completed = '', done = '[\"start\",\"choose\",\"arrange\"]', last = 'write'")
		tabs := []*screen{open(t, s.SignIn(t, p), first+"/write"), open(t, s.SignIn(t, p), first+"/keep")}
		var all sync.WaitGroup
		for _, tab := range tabs {
			all.Go(func() { tab.press("continue") })
		}
		all.Wait()
		if got := column(t, s, "SELECT completed FROM progress"); got[0] == "" {
			t.Fatalf("not completed; done are %v", column(t, s, "SELECT done FROM progress"))
		}
	}
}

func TestAFormThatLacksFieldsWipesNothing(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write").set("a.heard", "here").set("a.three.1", "one").set("a.three.2", "two").saved("save")
	for name, form := range map[string]url.Values{
		"nothing at all":             {},
		"only a button":              {"do": {"continue"}},
		"has without its fields":     {"has": {"heard", "three", "words", "listen"}, "do": {"save"}},
		"one prompt of three":        {"has": {"three"}, "a.three.1": {"one"}, "do": {"save"}},
		"fields without has":         {"a.heard": {""}, "a.three.1": {""}, "do": {"save"}},
		"activities of another step": {"has": {"open", "line"}, "a.open": {"1"}, "a.line": {"x"}, "do": {"save"}},
	} {
		b.Post(first+"/write", form)
		if now := open(t, b, first+"/write").form; now.Get("a.heard") != "here" || now.Get("a.three.1") != "one" || now.Get("a.three.2") != "two" {
			t.Errorf("%s: %v", name, now)
		}
	}
	if got := open(t, b, first+"/keep").form.Get("a.line"); got != "" {
		t.Errorf("another step's reflection reads %q", got)
	}
	_ = page
}

func TestAFieldThatIsClearedIsClearAndItsTextIsHistory(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write").set("a.listen", "once").saved("save")
	page = page.set("a.listen", "").saved("save")
	if got := page.form.Get("a.listen"); got != "" {
		t.Errorf("it reads %q", got)
	}
	if got := column(t, s, "SELECT sealed FROM answer_history"); len(got) != 1 || got[0] == "" {
		t.Errorf("history is %v", got)
	}
}

func TestHistoryHoldsWhatWasSavedOnPurposeAndNotEveryKey(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write")
	auto := func(words string) {
		page.set("a.listen", words).set("auto", "1")
		if r := page.press("save"); r.Status != 204 {
			t.Fatalf("autosave: status %d", r.Status)
		}
		delete(page.form, "auto")
	}
	history := func() int { return len(column(t, s, "SELECT id FROM answer_history")) }
	auto("o")
	auto("on")
	page.set("a.listen", "on").press("save")
	if history() != 0 {
		t.Errorf("%d rows while it was first typed", history())
	}
	auto("on p")
	auto("on purpose")
	if history() != 1 {
		t.Errorf("%d rows, want the one that was saved", history())
	}
	page.set("a.listen", "other").press("continue")
	if history() != 1 {
		t.Errorf("%d rows after what was typed by the way", history())
	}
	page.set("a.listen", "third").press("save")
	if history() != 2 {
		t.Errorf("%d rows, want two", history())
	}
}

func TestHostileFormsHurtNobody(t *testing.T) {
	s, _, b := small(t)
	huge := strings.Repeat("x", 600_000)
	for name, form := range map[string]url.Values{
		"positions that are none": {"has": {"open", "warm", "ready"}, "a.open": {"-1", "99", "1e9", "2; DROP TABLE answers"}, "a.warm": slices.Repeat([]string{"0"}, 5000)},
		"not UTF-8":               {"has": {"open"}, "a.open": {"\xff\xfe"}, "do": {"\xff"}, "revision": {"\x00"}},
		"many activities":         {"has": slices.Repeat([]string{"open"}, 5_000)},
		"a huge id":               {"has": {huge}},
	} {
		if r := b.Post(first+"/choose", form); r.Status != 303 {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	r := b.Post(first+"/write", url.Values{"has": {"listen"}, "a.listen": {"caf\xe9 \x00 \u202e end"}, "do": {"save"}})
	if got := open(t, b, first+"/write").form.Get("a.listen"); r.Status != 303 || got != "caf\uFFFD  \u202e end" {
		t.Errorf("status %d, it reads %q", r.Status, got)
	}
	if r := b.Post(first+"/write", url.Values{"has": {"listen"}, "a.listen": {strings.Repeat("y", 3<<20)}}); r.Status != 413 {
		t.Errorf("3 MB: status %d", r.Status)
	}
	if got := column(t, s, "SELECT activity FROM answers"); !slices.Equal(got, []string{"listen"}) {
		t.Errorf("answers are to %v", got)
	}
}

func TestATextThatIsTooLongComesBackAndTheRestIsSaved(t *testing.T) {
	_, _, b := small(t)
	long := strings.Repeat("long ", 5000)
	r := open(t, b, first+"/write").set("a.listen", long).set("a.heard", "kept").set("a.words.1", "however").press("continue")
	if r.Status != 422 {
		t.Fatalf("status %d", r.Status)
	}
	page := show(t, b, r)
	if page.form.Get("a.listen") != long || page.form.Get("a.heard") != "kept" {
		t.Error("the page does not come back with what was typed")
	}
	if page.page.Find("#at-words .gap-mark").Length() != 0 {
		t.Error("it says what fits before the step is handed in")
	}
	if link := page.page.Find(`.errors a`).AttrOr("href", ""); page.page.Find(`[id="`+strings.TrimPrefix(link, "#")+`"]`).Length() != 1 {
		t.Errorf("the summary leads to %q", link)
	}
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "kept" {
		t.Errorf("the other text reads %q", got)
	}
	wantNoText(t, "module", module(t, b, first), "Write Done")
}

func TestAnErrorNamesTheQuestionThatItIsAboutAndLeadsToItsField(t *testing.T) {
	s, _, b := small(t)
	question := "Would you tell " + strings.Repeat("all of it again ", 10) + "to a friend?"
	files := everything()
	files["01-first.md"] = strings.Replace(everyKind, ":::practice[Listen for two minutes]", ":::practice["+question+"]", 1)
	s.Publish(t, "small", files)
	long := strings.Repeat("long ", 5000)
	page := show(t, b, open(t, b, first+"/write").set("a.listen", long).set("a.heard", long).set("a.three.2", long).set("a.words.1", long).press("save"))
	for field, about := range map[string]string{
		"f-a.words.1": "“Start with … or ….”", "f-a.listen": "“Would you tell all of it again all of it again all of it again all of it again…”",
		"f-a.heard": "“When were you heard?”", "f-a.three.2": "“So what?”",
	} {
		link := page.page.Find(`.errors a[href="#` + field + `"]`)
		at := page.page.Find(`[id="` + field + `-error"]`)
		for where, words := range map[string]string{"summary": text(link), "field": text(at)} {
			wantText(t, where+" of "+field, words, about, "shorter than 20000 letters")
		}
		if page.page.Find(`textarea[id="`+field+`"], input[id="`+field+`"]`).Length() != 1 {
			t.Errorf("%s is no field", field)
		}
	}
}

func TestAFormAfterTheSessionEndedIsKeptAndComesBack(t *testing.T) {
	s, p, b := small(t)
	page := open(t, b, first+"/write").set("a.heard", "typed too late")
	s.Clock.Pass(20 * time.Minute)
	if r := page.press("continue"); r.Status != 303 || !strings.HasPrefix(r.Location, "/sign-in") {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	edited(t, s, ":::reflection[When were you heard?]{#heard}\n:::\n", "") // and published meanwhile
	b = s.SignIn(t, p)
	page = open(t, b, first+"/write")
	if got := page.form.Get("a.heard"); got != "typed too late" {
		t.Fatalf("it reads %q", got)
	}
	wantText(t, "page", text(page.page.Find("main")), "You were signed out before this was saved")
	if r := page.press("save"); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	wantText(t, "module", module(t, b, first), "typed too late")
	wantNoText(t, "after it was saved", text(open(t, b, first+"/write").page.Find("main")), "You were signed out")
}

func TestWithoutTheKeyQuestionsAreSavedAndTypedTextComesBackUnsaved(t *testing.T) {
	s, p, b := small(t)
	open(t, b, first+"/write").set("a.heard", "before").press("save")
	sealed := column(t, s, "SELECT sealed FROM reflections")
	s = withoutKey(t, s)
	b = s.SignIn(t, p)
	if r := open(t, b, first+"/choose").choose("open", "How was it").press("continue"); r.Status != 303 {
		t.Errorf("a question: status %d", r.Status)
	}
	page := open(t, b, first+"/write")
	wantText(t, "closed", page.act("heard"), "cannot be opened")
	if _, typable := page.form["a.heard"]; typable {
		t.Error("the field of a closed text is open")
	}
	r := page.set("a.listen", "typed without a key").set("a.heard", "over it").press("continue")
	if r.Status != 503 {
		t.Fatalf("status %d", r.Status)
	}
	back := show(t, b, r)
	if got := back.form.Get("a.listen"); got != "typed without a key" {
		t.Errorf("it comes back as %q", got)
	}
	wantText(t, "summary", text(back.page.Find(".errors")), "“Listen for two minutes” cannot be saved just now")
	if got := column(t, s, "SELECT sealed FROM reflections"); !slices.Equal(got, sealed) {
		t.Error("what was sealed is overwritten")
	}
	wantText(t, "module", module(t, b, first), "Choose Done")
}

func withoutKey(t *testing.T, s *hooktest.Site) *hooktest.Site {
	t.Helper()
	if err := os.Remove(s.Dir + ".keys"); err != nil {
		t.Fatal(err)
	}
	return s.AfterPowerCut(t)
}

func TestSealedTextThatWasChangedByHandIsShownClosedAndNeverOverwritten(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "mine").set("a.words.1", "mine too").set("auto", "1").press("save")
	execute(t, s, "UPDATE reflections SET sealed = substr(sealed, 1, length(sealed) - 4) || 'AAAA'")
	execute(t, s, "UPDATE answers SET sealed = (SELECT sealed FROM reflections LIMIT 1) WHERE sealed != ''")
	before := append(column(t, s, "SELECT sealed FROM reflections"), column(t, s, "SELECT sealed FROM answers")...)
	page := open(t, b, first+"/write")
	wantText(t, "heard", page.act("heard"), "cannot be opened")
	wantText(t, "words", page.act("words"), "cannot be opened")
	if r := page.press("continue"); r.Status != 303 {
		t.Errorf("what cannot be opened keeps them from going on: status %d", r.Status)
	}
	page.set("a.heard", "new").set("a.words.1", "new").press("save")
	after := append(column(t, s, "SELECT sealed FROM reflections"), column(t, s, "SELECT sealed FROM answers")...)
	if !slices.Equal(before, after) {
		t.Error("it is overwritten")
	}
}

func TestASaveThatTheDiskRefusesComesBackWithWhatWasTyped(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write").set("a.heard", "still here")
	execute(t, s, "CREATE TRIGGER full BEFORE INSERT ON reflections BEGIN SELECT RAISE(ABORT, 'disk full'); END")
	r := page.press("continue")
	if r.Status != 503 || show(t, b, r).form.Get("a.heard") != "still here" {
		t.Errorf("status %d", r.Status)
	}
}
