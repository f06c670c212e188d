package learning_test

import (
	"maps"
	"slices"
	"testing"

	"alongside/hooks/hooktest"
)

// triedAndDraft is what is stored of each answer: "open 1 0" was tried and is
// not a draft.
func triedAndDraft(t *testing.T, s *hooktest.Site) []string {
	t.Helper()
	return column(t, s, "SELECT activity || ' ' || tried || ' ' || draft FROM answers ORDER BY activity")
}

func TestCheckHandsInItsOwnActivityAndKeepsTheRestAsADraft(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/choose").choose("open", "Did you sleep").choose("warm", "Sun").choose("ready", "A little").checked("open")
	wantText(t, "open", page.act("open"), "That closes it.")
	wantNoText(t, "warm", page.act("warm"), "Sun feedback.")
	if got := page.chosen("warm"); !slices.Equal(got, []string{"Sun"}) {
		t.Errorf("the other question comes back as %v", got)
	}
	if got, want := triedAndDraft(t, s), []string{"open 1 0", "ready 0 1", "warm 0 1"}; !slices.Equal(got, want) {
		t.Errorf("stored are %v, want %v", got, want)
	}
	page = page.checked("warm")
	wantText(t, "warm", page.act("warm"), "Sun feedback.")
	wantText(t, "open, still", page.act("open"), "That closes it.")
	if got, want := triedAndDraft(t, s), []string{"open 1 0", "ready 0 1", "warm 1 0"}; !slices.Equal(got, want) {
		t.Errorf("stored are %v, want %v", got, want)
	}
}

func TestCheckWithoutLeavingThePageSaysTheSame(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/choose").choose("open", "Did you sleep").choose("warm", "Sun")
	form := maps.Clone(page.form)
	form.Set("check", "warm")
	request := b.Request("POST", page.address, form)
	request.Header.Set("HX-Request", "true")
	r := b.Do(request)
	if r.Status != 200 {
		t.Fatalf("status %d", r.Status)
	}
	now := show(t, b, r)
	wantText(t, "warm", now.act("warm"), "Sun feedback.")
	wantNoText(t, "open", now.act("open"), "That closes it.")
	if got := now.chosen("open"); !slices.Equal(got, []string{"Did you sleep"}) {
		t.Errorf("the other question comes back as %v", got)
	}
}

func TestContinueHandsInWhateverWasAnswered(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").choose("open", "Did you sleep").choose("warm", "Sun").checked("open").press("continue")
	if got, want := triedAndDraft(t, s), []string{"open 1 0", "warm 1 0"}; !slices.Equal(got, want) {
		t.Errorf("stored are %v, want %v", got, want)
	}
	page := open(t, b, first+"/choose")
	wantText(t, "when they come back", page.body, "That closes it.", "Sun feedback.")
}

func TestAnAnswerThatIsChangedBesideACheckLosesItsFeedbackAndNotItsHistory(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/choose").choose("open", "Did you sleep").checked("open")
	page = page.choose("open", "How was it").choose("warm", "Ice").checked("warm")
	wantNoText(t, "changed and not checked", page.act("open"), "That closes it.", "That opens it.")
	if got := page.chosen("open"); !slices.Equal(got, []string{"How was it"}) {
		t.Errorf("it comes back as %v", got)
	}
	if got := column(t, s, "SELECT answer FROM answer_history"); len(got) != 1 {
		t.Errorf("%d rows of history, want what was checked", len(got))
	}
}

func TestTheCheckOfAnActivityThatIsNotThereHandsInNothing(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/choose").choose("open", "How was it")
	page.form.Set("check", "none")
	if r := b.Post(page.address, page.form); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if got, want := triedAndDraft(t, s), []string{"open 0 1"}; !slices.Equal(got, want) {
		t.Errorf("stored are %v, want %v", got, want)
	}
}
