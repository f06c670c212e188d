package learning_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// ticked are the boxes for feelings of a reflection that are ticked.
func (s *screen) ticked(activity string) []string {
	var ids []string
	for _, box := range s.page.Find("#at-" + activity + " .feel input[checked]").EachIter() {
		ids = append(ids, box.AttrOr("value", ""))
	}
	return ids
}

// feel ticks boxes, and unticks all others.
func (s *screen) feel(activity string, ids ...string) *screen { return s.set("feel."+activity, ids...) }

func wantTicked(t *testing.T, s *screen, activity string, want ...string) {
	t.Helper()
	if got := s.ticked(activity); !slices.Equal(got, want) {
		t.Errorf("ticked are %v, want %v", got, want)
	}
}

func TestAReflectionHelpsWhoeverDoesNotKnowHowToStartOnceHoweverManyPromptsItHas(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write")
	for _, id := range []string{"heard", "three"} {
		at := page.page.Find("#at-" + id)
		wantText(t, id, text(at), "Not sure how to start?", "Something that happened was…", "Next time I will…", "I would rather not say", "Say it instead", "I did it on paper")
		if n := at.Find("details.starters").Length(); n != 1 {
			t.Errorf("%s has %d of it", id, n)
		}
		if n := at.Find(".feel .choice svg").Length(); n != len(reflections.Feelings()) {
			t.Errorf("%s has %d pictures for %d feelings", id, n, len(reflections.Feelings()))
		}
	}
	if page.page.Find("#at-listen details.starters").Length() != 0 {
		t.Error("a note on a practice has it too")
	}
}

func TestWhatIsTickedIsKeptWithAndWithoutWords(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write").feel("heard", "sad", "hopeful").feel("three", "rather-not").saved("save")
	wantTicked(t, page, "heard", "hopeful", "sad")
	wantTicked(t, page, "three", "rather-not")
	page = page.set("a.heard", "words").saved("save")
	wantTicked(t, page, "heard", "hopeful", "sad")
	page = page.feel("heard", "tired").feel("three").saved("continue")
	wantTicked(t, page, "heard", "tired")
	wantTicked(t, page, "three")
	if got := page.form.Get("a.heard"); got != "words" {
		t.Errorf("the words read %q", got)
	}
}

func TestTicksAloneMakeAReflectionThatIsKeptOnceTheyGoOn(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").feel("heard", "calm").press("save")
	open(t, b, first+"/write").press("continue")
	if got := column(t, s, "SELECT state FROM reflections"); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("states are %v", got)
	}
}

func TestAFormThatDoesNotShowTheBoxesUnticksNothing(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write").feel("heard", "calm").saved("save")
	form := url.Values{"has": {"heard"}, "seen.heard": page.form["seen.heard"], "a.heard": {"from an older page"}, "do": {"save"}}
	b.Post(first+"/write", form)
	page = open(t, b, first+"/write")
	wantTicked(t, page, "heard", "calm")
	if got := page.form.Get("a.heard"); got != "from an older page" {
		t.Errorf("it reads %q", got)
	}
}

func TestWhatIsNoFeelingWordIsNotKept(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write").feel("heard", "<b>sad", "../calm", "", "sad", "sad", strings.Repeat("x", 9000)).saved("save")
	wantTicked(t, page, "heard", "sad")
	wantNoText(t, "the page", page.body, "<b>sad", "../calm")
}

func TestThePageSavesTicksByItself(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write").set("page", "1").set("auto", "1").feel("heard", "angry")
	if r := page.press("save"); r.Status != 204 {
		t.Fatalf("status %d", r.Status)
	}
	if r := page.feel("heard", "angry", "tired").press("save"); r.Status != 204 {
		t.Fatalf("the same page once more: status %d", r.Status)
	}
	wantTicked(t, open(t, b, first+"/write"), "heard", "angry", "tired")
	if got := column(t, s, "SELECT state FROM reflections"); !slices.Equal(got, []string{"draft"}) {
		t.Errorf("states are %v", got)
	}
}

func TestTicksOfTwoTabsMeetAsWordsDo(t *testing.T) {
	s, p, b := small(t)
	for _, choice := range []struct {
		keep  string
		words string
		felt  []string
	}{
		{"mine", "from the first", []string{"happy"}},
		{"stored", "", []string{"sad", "rather-not"}},
		{"both", "from the first", []string{"happy", "sad", "rather-not"}},
	} {
		execute(t, s, "DELETE FROM reflections")
		one, two := open(t, b, first+"/write"), open(t, s.SignIn(t, p), first+"/write")
		two.feel("heard", "sad", "rather-not").saved("save")
		r := one.feel("heard", "happy").set("a.heard", "from the first").press("save")
		if r.Status != 422 {
			t.Fatalf("%s: status %d", choice.keep, r.Status)
		}
		again := show(t, b, r)
		wantText(t, choice.keep, again.act("heard"), "You wrote here in two places", "You would rather not say how it felt")
		wantTicked(t, again, "heard", "happy")
		now := again.set("keep.heard", choice.keep).saved("save")
		wantTicked(t, now, "heard", choice.felt...)
		if got := now.form.Get("a.heard"); got != choice.words {
			t.Errorf("%s: the words read %q", choice.keep, got)
		}
	}
}

func TestAPageThatSavesByItselfNeverWritesOverTicksOfAnotherTab(t *testing.T) {
	s, p, b := small(t)
	one, two := open(t, b, first+"/write").set("page", "1"), open(t, s.SignIn(t, p), first+"/write").set("page", "2")
	two.feel("heard", "sad").saved("save")
	if r := one.set("auto", "1").feel("heard", "happy").press("save"); r.Status != 409 {
		t.Errorf("status %d", r.Status)
	}
	wantTicked(t, open(t, b, first+"/write"), "heard", "sad")
}

func TestWhoTickedWhatIsNeverInThePageOfAnother(t *testing.T) {
	s, _, one := small(t)
	two := s.SignIn(t, s.MustPerson(t, web.Learner))
	open(t, one, first+"/write").feel("heard", "angry", "lonely").press("continue")
	open(t, one, first+"/write")
	page := open(t, two, first+"/write")
	wantTicked(t, page, "heard")
	wantNoText(t, "the second's page", page.body, "/reflections/")
	open(t, two, first+"/write").feel("heard", "angry", "lonely").press("continue")
	ours, theirs := open(t, one, first+"/write"), open(t, two, first+"/write")
	ids := column(t, s, "SELECT id FROM reflections ORDER BY rowid")
	wantText(t, "the first's page", ours.body, ids[0])
	wantNoText(t, "the first's page", ours.body, ids[1], "hole")
	wantText(t, "the second's page", theirs.body, ids[1])
	wantNoText(t, "the second's page", theirs.body, ids[0], "hole")
	open(t, two, first+"/write").feel("heard", "sad").press("continue")
	wantTicked(t, open(t, one, first+"/write"), "heard", "angry", "lonely")
	wantTicked(t, open(t, two, first+"/write"), "heard", "sad")
}

func TestWhatWasTickedIsPlainInNoRow(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").feel("heard", "lonely").press("continue")
	for _, row := range column(t, s, "SELECT sealed || how || state || activity FROM reflections") {
		wantNoText(t, "the row", row, "lonely")
	}
}

func TestWhatWasTickedAndSaidAndDoneOnPaperIsRecalledInALaterModule(t *testing.T) {
	s, _, b := small(t)
	files := everything()
	files["02-second.md"] = "---\ntitle: Second\n---\nBack.\n\n::recall{of=\"first#heard\"}\n"
	s.Publish(t, "small", files)
	open(t, b, first+"/write").feel("heard", "proud").press("continue")
	for range 2 { // rendered, then from what is kept
		r := b.Get("/courses/small/second/start")
		wantText(t, "the later module", text(r.Page(t).Find(".recall")), "proud")
		wantNoText(t, "the later module", r.Body, "You have not written anything there yet")
	}
	execute(t, s, "UPDATE reflections SET how = 'voice'")
	id := column(t, s, "SELECT id FROM reflections")[0]
	r := b.Get("/courses/small/second/start")
	wantText(t, "the later module", text(r.Page(t).Find(".recall")), "You said this", "Listen to it")
	wantText(t, "the later module", r.Body, "/reflections/"+id)
	execute(t, s, "UPDATE reflections SET how = 'paper'")
	wantText(t, "the later module", text(b.Get("/courses/small/second/start").Page(t).Find(".recall")), "You did this on paper")
	other := s.SignIn(t, s.MustPerson(t, web.Learner)).Get("/courses/small/second/start")
	wantNoText(t, "somebody else's", other.Body, id, "proud", "on paper")
}

func TestKeptLinesShowWhatWasTicked(t *testing.T) {
	_, _, b := small(t)
	open(t, b, first+"/keep").feel("line", "thankful").press("continue")
	wantText(t, "my lines", text(b.Get("/me/lines").Page(t).Find("main")), "thankful")
}

// pressAt sends the form by a button that stands at one activity.
func (s *screen) pressAt(button, activity string) hooktest.Response {
	s.t.Helper()
	if s.page.Find(`#at-`+activity+` button[name="`+button+`"]`).Length() != 1 {
		s.t.Fatalf("%s has no button %s", activity, button)
	}
	s.form.Set(button, activity)
	defer s.form.Del(button)
	return s.browser.Post(s.address, s.form)
}

func TestWhoeverWantsToSayItKeepsWhatTheyTypedAndHasSomethingToSayItTo(t *testing.T) {
	s, _, b := small(t)
	r := open(t, b, first+"/write").set("a.three.1", "typed").set("a.listen", "noted").feel("heard").pressAt("speak", "heard")
	id := column(t, s, "SELECT id FROM reflections WHERE activity = 'heard'")
	if len(id) != 1 || r.Status != 303 || r.Location != "/reflections/"+id[0]+"/voice?back="+url.QueryEscape(first+"/write") {
		t.Fatalf("status %d to %q, rows %v", r.Status, r.Location, id)
	}
	page := open(t, b, first+"/write")
	if page.form.Get("a.three.1") != "typed" || page.form.Get("a.listen") != "noted" {
		t.Errorf("what was typed is %v", page.form)
	}
	if r := page.pressAt("speak", "heard"); r.Status != 303 || r.Location != "/reflections/"+id[0]+"/voice?back="+url.QueryEscape(first+"/write") {
		t.Errorf("once more: status %d to %q", r.Status, r.Location)
	}
	wantText(t, "without a word of it", page.act("heard"), "Only you can read this")
}

func TestOnPaperIsKeptAndCanBeTakenBack(t *testing.T) {
	s, _, b := small(t)
	how := func() []string { return column(t, s, "SELECT how FROM reflections WHERE activity = 'heard'") }
	page := open(t, b, first+"/write").set("a.three.1", "typed")
	page = page.after(page.pressAt("paper", "heard"))
	wantText(t, "the step", page.act("heard"), "You did this on paper")
	if got := how(); !slices.Equal(got, []string{"paper"}) || page.form.Get("a.three.1") != "typed" {
		t.Errorf("how is %v, the other reads %q", got, page.form.Get("a.three.1"))
	}
	page = page.set("a.heard", "and here").saved("continue")
	wantText(t, "with words too", page.act("heard"), "You did this on paper")
	page = page.after(page.pressAt("write", "heard"))
	wantNoText(t, "taken back", page.act("heard"), "You did this on paper")
	if got := how(); !slices.Equal(got, []string{""}) || page.form.Get("a.heard") != "and here" {
		t.Errorf("how is %v, it reads %q", got, page.form.Get("a.heard"))
	}
}

func TestWhatWasSaidStaysSaidWhateverIsTyped(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "once").press("save")
	execute(t, s, "UPDATE reflections SET how = 'voice'")
	page := open(t, b, first+"/write")
	wantText(t, "the step", page.act("heard"), "You said this", "Listen to it")
	page.form.Set("paper", "heard") // a button that is not there
	b.Post(page.address, page.form)
	page.form.Del("paper")
	page.set("a.heard", "twice").saved("continue")
	if got := column(t, s, "SELECT how FROM reflections"); !slices.Equal(got, []string{"voice"}) {
		t.Errorf("how is %v", got)
	}
}

func TestAButtonThatNamesNoReflectionIsASave(t *testing.T) {
	s, _, b := small(t)
	for _, at := range []string{"none", "listen", "open", strings.Repeat("x", 9000), "../../evil"} {
		page := open(t, b, first+"/write").set("a.heard", "kept").set("speak", at)
		if r := b.Post(page.address, page.form); r.Status != 303 || !strings.HasPrefix(r.Location, first+"/write") {
			t.Errorf("%.20s: status %d to %q", at, r.Status, r.Location)
		}
	}
	if got := column(t, s, "SELECT activity FROM reflections"); !slices.Equal(got, []string{"heard"}) {
		t.Errorf("rows of %v", got)
	}
}

func TestAStepSaysWhoMayReadAReflectionThatIsThere(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write")
	wantText(t, "before a word", page.act("heard"), "Only you can read this")
	wantNoText(t, "before a word", page.body, "Let someone read it")
	open(t, b, first+"/write").set("a.heard", "words").press("continue")
	id := column(t, s, "SELECT id FROM reflections")[0]
	page = open(t, b, first+"/write")
	wantText(t, "kept", page.act("heard"), "Only you can read this. Let someone read it")
	if page.page.Find(`#at-heard a[href="/reflections/`+id+`"]`).Length() != 1 {
		t.Error("it leads nowhere")
	}
	execute(t, s, "UPDATE reflections SET state = 'shared'")
	page = open(t, b, first+"/write")
	wantText(t, "shared", page.act("heard"), "Shared. See with whom")
	wantNoText(t, "shared", page.act("heard"), "Only you")
	page = page.set("a.heard", "").saved("continue")
	wantText(t, "shared, and emptied here", page.act("heard"), "Shared. See with whom")
}

func TestAFormThatComesLateBringsItsTicks(t *testing.T) {
	s, p, b := small(t)
	page := open(t, b, first+"/write").feel("heard", "worried", "rather-not").set("a.heard", "late")
	s.Clock.Pass(20 * time.Minute)
	page.press("continue")
	now := open(t, s.SignIn(t, p), first+"/write")
	wantText(t, "the step", text(now.page.Find("main")), "It is here again")
	wantTicked(t, now, "heard", "worried", "rather-not")
	wantTicked(t, now.saved("save"), "heard", "worried", "rather-not")
}
