package learning_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestFeedbackComesOnlyAfterCheckAndOnlyForWhatWasChosen(t *testing.T) {
	_, _, b := small(t)
	s := open(t, b, first+"/choose").choose("open", "Did you sleep").saved("save")
	wantNoText(t, "after Save", s.body, "That closes it.", "That opens it.")
	s = s.checked("open")
	wantText(t, "after Check", s.body, "That closes it.")
	wantNoText(t, "after Check", s.body, "That opens it.", "Sun feedback.", "Ice feedback.", "Fire feedback.")
	s = s.choose("open", "How was it").saved("save")
	wantNoText(t, "changed and not checked", s.body, "That closes it.", "That opens it.")
	s = s.checked("open")
	wantText(t, "checked again", s.body, "That opens it.")
}

func TestEveryKindIsAnsweredComesBackFilledAndChangesAsOftenAsWanted(t *testing.T) {
	_, _, b := small(t)
	choose := open(t, b, first+"/choose").choose("warm", "Sun", "Ice").choose("ready", "A little").choose("before", "Phone away").checked("warm")
	for id, want := range map[string][]string{"warm": {"Sun", "Ice"}, "ready": {"A little"}, "before": {"Phone away"}} {
		if got := choose.chosen(id); !slices.Equal(got, want) {
			t.Errorf("%s comes back as %v", id, got)
		}
	}
	choose = choose.choose("warm", "Sun", "Fire").choose("ready", "Yes").checked("warm")
	wantText(t, "warm", choose.act("warm"), "Fire feedback.", "Sun feedback.")
	delete(choose.form, "a.before") // both boxes are clear: a browser sends nothing
	choose = choose.saved("save")
	if got := choose.chosen("before"); len(got) != 0 {
		t.Errorf("cleared boxes come back as %v", got)
	}

	write := open(t, b, first+"/write").set("a.words.1", "however").set("a.words.2", "who").set("a.listen", "It was\r\nhard.").
		set("a.heard", "\r\nOnce.").set("a.three.1", "one").set("a.three.3", "three").checked("words")
	for field, want := range map[string]string{
		"a.words.1": "however", "a.words.2": "who", "a.listen": "It was\nhard.", "a.heard": "\nOnce.", "a.three.1": "one", "a.three.2": "", "a.three.3": "three",
	} {
		if got := write.form.Get(field); got != want {
			t.Errorf("%s comes back as %q", field, got)
		}
	}
	write = write.set("a.words.2", "Whenever").set("a.three.2", "two").checked("words")
	if write.form.Get("a.three.1") != "one" || write.form.Get("a.three.2") != "two" {
		t.Errorf("prompts come back as %v", write.form)
	}
}

func TestItemsPutInOrderAreToldWhichAreInTheirPlace(t *testing.T) {
	_, _, b := small(t)
	s := open(t, b, first+"/arrange")
	for rank, words := range []string{"Say hello", "Agree a step", "Ask them", "Say goodbye"} {
		s.set(orderField(s, words), place(rank+1))
	}
	s = s.checked("meeting")
	if got := s.form[orderField(s, "Agree a step")]; !slices.Equal(got, []string{"2"}) {
		t.Errorf("the second comes back at %v", got)
	}
	if fits := s.page.Find("#at-meeting li .fits").Length(); fits != 2 {
		t.Errorf("%d are in their place", fits)
	}
	s = s.set(orderField(s, "Agree a step"), "3").set(orderField(s, "Ask them"), "2").checked("meeting")
	if s.page.Find("#at-meeting .verdict.fits").Length() == 0 {
		t.Error("the right order does not fit")
	}
}

func TestCardsAreSortedAndAScenarioOpensWayByWay(t *testing.T) {
	_, _, b := small(t)
	s := open(t, b, first+"/arrange")
	wantNoText(t, "before a choice", s.body, "Say when you are there", "You are tired now.")
	card(s, "Writes a report", "Worker")
	card(s, "Tells you how it was", "Worker")
	s = s.choose("night", "Answer at once").checked("who-does").checked("night")
	wantText(t, "after a choice", s.body, "Say when you are there", "You are tired now.")
	wantNoText(t, "after a choice", s.body, "Kind and clear.", "They slept well.")
	if fits, not := s.page.Find("#at-who-does .card .fits").Length(), s.page.Find("#at-who-does .card .not-yet").Length(); fits != 1 || not != 1 {
		t.Errorf("%d fit and %d do not", fits, not)
	}
	s = pickDeeper(s).saved("save")
	wantText(t, "saved deeper", s.act("night"), "Say nothing more")
	wantNoText(t, "saved and not checked", s.act("night"), "Kind and clear.")
	if got := s.chosen("night"); !slices.Equal(got, []string{"Answer at once", "Say when you are there"}) {
		t.Errorf("the way comes back as %v", got)
	}
	s = s.checked("night")
	wantText(t, "checked deeper", s.body, "Kind and clear.")
	s = s.choose("night", "Wait until morning").checked("night")
	wantText(t, "another way", s.body, "They slept well.")
	wantNoText(t, "another way", s.body, "Kind and clear.", "Say nothing more")
}

func TestAScaleAskedAgainShowsWhatWasSaidTheFirstTime(t *testing.T) {
	s, _, b := small(t)
	files := everything()
	files["01-first.md"] = strings.Replace(everyKind, "## To keep", "## Again {#again}\n\n:::scale[And now?]{#ready-after again=\"ready\"}\n1. Not yet\n2. A little\n3. Yes\n:::\n\n## To keep", 1)
	s.Publish(t, "small", files)
	open(t, b, first+"/choose").choose("ready", "A little").press("save")
	wantText(t, "again", open(t, b, first+"/again").act("ready-after"), "The first time you chose: A little")
}

func TestWhatIsRightStandsNowhereInThePageBeforeAnAnswer(t *testing.T) {
	_, _, b := small(t)
	for _, step := range []string{"choose", "arrange", "write"} {
		s := open(t, b, first+"/"+step)
		wantNoText(t, step, strings.ToLower(s.body), "feedback.", "that opens it", "that closes it", "whatever", "however", "whenever",
			"kind and clear", "they slept well", "fits", "correct", "accept", "parent")
		s.page.Find("#at-meeting select, #at-who-does input, #at-open input, #at-warm input").Each(inputsAlike(t))
	}
	arrange := open(t, b, first+"/arrange")
	var shown []string
	arrange.page.Find("#at-meeting ol li label span:first-child").Each(collect(&shown))
	if slices.Equal(shown, []string{"Say hello", "Ask them", "Agree a step", "Say goodbye"}) {
		t.Error("the order to find is the order in which they stand")
	}
}

func TestWhatIsRightStandsNowhereAfterAnAnswerToSomethingElse(t *testing.T) {
	_, _, b := small(t)
	s := open(t, b, first+"/write").set("a.words.1", "nothing like it").checked("words")
	wantNoText(t, "after a wrong word", strings.ToLower(s.body), "whatever", "however", "whenever")
}

func TestEveryPageOfTheShippedCourseKeepsItsAnswersToItself(t *testing.T) {
	s := shipped(t)
	b := s.SignIn(t, s.MustPerson(t))
	for _, secret := range shippedSecrets() {
		r := b.Get(secret.address)
		if r.Status != 200 {
			t.Fatalf("GET %s: status %d", secret.address, r.Status)
		}
		act := r.Page(t).Find("#at-" + secret.activity)
		html, err := act.Html()
		if err != nil || act.Length() != 1 {
			t.Fatalf("%s: activity %s: %v", secret.address, secret.activity, err)
		}
		for _, words := range secret.words {
			if strings.Contains(html, words) {
				t.Errorf("%s: %q is in the page", secret.address, words)
			}
		}
	}
}

func TestAnAnswerIsKeptWhereverItIsPostedFrom(t *testing.T) {
	_, _, b := small(t)
	form := url.Values{"has": {"open"}, "a.open": {"2"}} // by hand: no revision, no button
	if r := b.Post(first+"/choose", form); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if got := open(t, b, first+"/choose").chosen("open"); !slices.Equal(got, []string{"How was it"}) {
		t.Errorf("comes back as %v", got)
	}
}
