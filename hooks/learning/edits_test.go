package learning_test

import (
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

// edited publishes the module with passages replaced, old by new.
func edited(t testing.TB, s *hooktest.Site, changes ...string) {
	t.Helper()
	s.Publish(t, "small", editedFiles(changes...))
}

func editedFiles(changes ...string) map[string]string {
	files := everything()
	files["01-first.md"] = strings.NewReplacer(changes...).Replace(everyKind)
	return files
}

func TestAChoiceThatMovesStaysChosen(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").choose("open", "Did you sleep").checked("open")
	edited(t, s, "- [ ] Did you sleep\n  > That closes it.\n- [x] How was it\n  > That opens it.", "- [x] How was it\n  > That opens it.\n- [ ] Did you sleep\n  > That closes it.")
	page := open(t, b, first+"/choose")
	if got := page.chosen("open"); !slices.Equal(got, []string{"Did you sleep"}) {
		t.Errorf("chosen is %v", got)
	}
	wantNoText(t, "a choice that only moved", page.act("open"), "has changed")
}

func TestAQuestionThatReadsDifferentlyNowSaysSoAndKeepsItsAnswer(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").choose("open", "How was it").checked("open")
	edited(t, s, "Which is open?", "Which of these lets them talk?")
	page := open(t, b, first+"/choose")
	if got := page.chosen("open"); !slices.Equal(got, []string{"How was it"}) {
		t.Errorf("chosen is %v", got)
	}
	wantText(t, "open", page.act("open"), "This question has changed since you answered.")
}

func TestAChoiceThatIsGoneIsShownAsItWasAndComesBackWithItsText(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").choose("open", "Did you sleep").checked("open")
	const gone = "- [ ] Did you sleep\n  > That closes it.\n"
	edited(t, s, gone, "- [ ] Was the bus late\n  > A new one.\n")
	page := open(t, b, first+"/choose")
	wantText(t, "open", page.act("open"), "has changed", "Did you sleep")
	if got := page.chosen("open"); len(got) != 0 {
		t.Errorf("chosen is %v", got)
	}
	page.saved("continue") // nothing new was given: what was stays
	edited(t, s)
	if got := open(t, b, first+"/choose").chosen("open"); !slices.Equal(got, []string{"Did you sleep"}) {
		t.Errorf("after the edit was undone, chosen is %v", got)
	}
}

func TestAnActivityThatMovesToAnotherStepTakesItsAnswerAlong(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "in the rain").press("save")
	const block = ":::reflection[When were you heard?]{#heard}\n:::\n"
	edited(t, s, block, "", "Welcome.\n", "Welcome.\n\n"+block)
	if got := open(t, b, first+"/start").form.Get("a.heard"); got != "in the rain" {
		t.Errorf("it reads %q", got)
	}
}

func TestWhatWasGivenToActivitiesThatAreGoneStandsOnTheModulesPage(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "in the rain").set("a.listen", "two minutes").press("save")
	open(t, b, first+"/choose").choose("ready", "A little").press("save")
	edited(t, s, ":::reflection[When were you heard?]{#heard}\n:::\n", "", ":::practice[Listen for two minutes]{#listen}\nNote it.\n:::\n", "",
		":::scale[Ready?]{#ready}\n1. Not yet\n2. A little\n3. Yes\n:::\n", "")
	page := module(t, b, first)
	wantText(t, "module", page, "When were you heard?", "in the rain", "Listen for two minutes", "two minutes", "Ready?", "A little")
	edited(t, s)
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "in the rain" {
		t.Errorf("put back, it reads %q", got)
	}
}

func TestAnotherActivityWithTheIDOfOneThatIsGoneTakesNothingFromIt(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.heard", "in the rain").press("save")
	edited(t, s, ":::reflection[When were you heard?]{#heard}\n:::\n", ":::blanks{#heard}\nI am [[here]].\n:::\n")
	page := open(t, b, first+"/write")
	if got := page.form.Get("a.heard.1"); got != "" {
		t.Errorf("the new one is filled with %q", got)
	}
	page.set("a.heard.1", "there").press("save")
	wantText(t, "module", module(t, b, first), "When were you heard?", "in the rain")
	if got := open(t, b, first+"/write").form.Get("a.heard.1"); got != "there" {
		t.Errorf("the new one reads %q", got)
	}
	edited(t, s, "Welcome.", "Welcome back.")
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "in the rain" {
		t.Errorf("put back, the old one reads %q", got)
	}
}

func TestTwoQuestionsWithOneTextKeepTheirOwnAnswersWhenAThirdComesBefore(t *testing.T) {
	s, _, b := small(t)
	ask := func(about string) string { return ":::reflection[What now?]\n" + about + "\n:::\n\n" }
	files := everything()
	files["01-first.md"] = "## A {#a}\n\n" + ask("About bread.") + ask("About water.")
	s.Publish(t, "small", files)
	page := open(t, b, first+"/a")
	page.set("a.what-now", "bread").set("a.what-now-2", "water").press("save")
	files["01-first.md"] = "## A {#a}\n\n" + ask("Something else entirely, with its own long words.") + ask("About bread.") + ask("About water.")
	s.Publish(t, "small", files)
	page = open(t, b, first+"/a")
	var said []string
	for _, a := range []string{"a.what-now", "a.what-now-2", "a.what-now-3"} {
		said = append(said, page.form.Get(a))
	}
	slices.Sort(said)
	if !slices.Equal(said, []string{"", "bread", "water"}) {
		t.Fatalf("they read %v", said)
	}
	for _, a := range []string{"a.what-now", "a.what-now-2", "a.what-now-3"} {
		if page.form.Get(a) == "" {
			page.set(a, "a third")
		}
	}
	page = page.saved("save")
	said = []string{page.form.Get("a.what-now"), page.form.Get("a.what-now-2"), page.form.Get("a.what-now-3")}
	slices.Sort(said)
	if !slices.Equal(said, []string{"a third", "bread", "water"}) {
		t.Errorf("after the third is given they read %v", said)
	}
}

func TestThePromptThatIsGoneLeavesItsTextWithTheReflection(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/write").set("a.three.1", "one").set("a.three.2", "two").set("a.three.3", "three").press("continue")
	edited(t, s, "1. What happened?\n2. So what?\n3. Now what?", "1. What happened?\n2. Now what?")
	page := open(t, b, first+"/write")
	if page.form.Get("a.three.1") != "one" || page.form.Get("a.three.2") != "three" {
		t.Errorf("prompts read %v", page.form)
	}
	wantText(t, "three", page.act("three"), "two")
	page = page.set("a.three.1", "one more").saved("continue")
	wantText(t, "written again", page.act("three"), "two")
	page = page.set("a.three.1", "and again").saved("save")
	wantText(t, "and again", page.act("three"), "two")
}

func TestSeveralEditsInARowLoseNothing(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/choose").choose("warm", "Sun", "Fire").pressCheck("warm")
	open(t, b, first+"/write").set("a.heard", "in the rain").press("continue")
	edited(t, s, "{#heard}", "{#listened-to}")
	edited(t, s, "{#heard}", "{#listened-to}", "- [x] Sun\n  > Sun feedback.\n- [ ] Ice", "- [ ] Ice")
	edited(t, s, "{#heard}", "{#once-heard}", "## Write {#write}", "## Put it down {#put-down}", "## Arrange {#arrange}", "## New {#new}\n\nNew words.\n\n## Arrange {#arrange}")
	if r := b.Get(first + "/write"); r.Location != first+"/put-down" {
		t.Errorf("the old address leads to %q", r.Location)
	}
	page := open(t, b, first+"/put-down")
	if got := page.form.Get("a.once-heard"); got != "in the rain" {
		t.Errorf("it reads %q", got)
	}
	page.set("a.once-heard", "in the sun").press("save")
	edited(t, s)
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "in the sun" {
		t.Errorf("after all was undone it reads %q", got)
	}
	wantText(t, "module", module(t, b, first), "Write Done")
}

func TestAFinishedModuleStaysFinishedAndItsAddedStepsAreNew(t *testing.T) {
	s, _, b := small(t)
	for _, step := range []string{"start", "choose", "arrange", "write", "keep"} {
		open(t, b, first+"/"+step).press("continue")
	}
	edited(t, s, "## To keep", "## Added {#added}\n\nNew words.\n\n## To keep")
	page := module(t, b, first)
	wantText(t, "module", page, "You finished this module", "Added New")
	wantText(t, "course", module(t, b, "/courses/small"), "1 of 1")
	if r := b.Get("/me/record/small"); r.Status != 200 {
		t.Errorf("record: status %d", r.Status)
	}
	open(t, b, first+"/added").press("continue")
	wantNoText(t, "module", module(t, b, first), "Added New")
}

func TestAStepThatGoesAndComesBackIsStillDone(t *testing.T) {
	s, _, b := small(t)
	open(t, b, first+"/arrange").press("continue")
	const arrange = "## Arrange {#arrange}"
	cut := strings.Split(everyKind, arrange)
	rest := strings.SplitN(cut[1], "## Write", 2)
	files := everything()
	files["01-first.md"] = cut[0] + "## Write" + rest[1]
	s.Publish(t, "small", files)
	open(t, b, first+"/write").press("save")
	edited(t, s)
	wantText(t, "module", module(t, b, first), "Arrange Done")
}

func TestAModulesFileIsRenamedRenumberedWithdrawnAndComesBack(t *testing.T) {
	s, _, b := small(t)
	for _, step := range []string{"start", "choose", "arrange", "write"} {
		open(t, b, first+"/"+step).set("a.heard", "in the rain").press("continue")
	}
	open(t, b, first+"/keep").set("a.line", "walk slowly").press("continue")
	files := func(name string) map[string]string {
		return map[string]string{"course.md": everything()["course.md"], name: everyKind, "09-other.md": "# Other\n\nOther words stand here.\n"}
	}
	s.Publish(t, "small", files("04-first.md"))
	wantText(t, "renumbered", module(t, b, first), "You finished this module", "walk slowly")

	old := open(t, b, first+"/write")
	s.Publish(t, "small", files("02-beginning.md"))
	for from, to := range map[string]string{first: "/courses/small/beginning", first + "/write": "/courses/small/beginning/write"} {
		if r := b.Get(from); r.Location != to {
			t.Errorf("%s leads to %q", from, r.Location)
		}
	}
	wantText(t, "renamed", module(t, b, "/courses/small/beginning"), "You finished this module", "walk slowly")
	if r := old.set("a.heard", "in the snow").press("save"); r.Location != "/courses/small/beginning/write" {
		t.Errorf("a form of the old address leads to %q", r.Location)
	}
	if got := open(t, b, "/courses/small/beginning/write").form.Get("a.heard"); got != "in the snow" {
		t.Errorf("it reads %q", got)
	}

	late := open(t, b, "/courses/small/beginning/write")
	none := files("x.md")
	delete(none, "x.md")
	s.Publish(t, "small", none)
	if r := b.Get("/courses/small/beginning"); r.Status != 303 || r.Location != "/courses/small" {
		t.Errorf("withdrawn: status %d to %q", r.Status, r.Location)
	}
	if r := late.set("a.heard", "at the very end").press("save"); r.Status != 303 || r.Location != "/courses/small" {
		t.Errorf("a form of a withdrawn module: status %d to %q", r.Status, r.Location)
	}
	wantText(t, "lines", module(t, b, "/me/lines"), "walk slowly", "at the very end", "When were you heard?")
	wantText(t, "record", module(t, b, "/me/record/small"), "First")

	s.Publish(t, "small", files("02-beginning.md"))
	wantText(t, "back", module(t, b, "/courses/small/beginning"), "You finished this module", "walk slowly")
	if got := open(t, b, "/courses/small/beginning/write").form.Get("a.heard"); got != "at the very end" {
		t.Errorf("back, it reads %q", got)
	}
}

func TestAFormFromBeforeAPublishIsReadAsItWasShown(t *testing.T) {
	s, _, b := small(t)
	old := open(t, b, first+"/choose").choose("open", "Did you sleep").choose("before", "Phone away")
	words := open(t, b, first+"/write").set("a.heard", "typed before the publish")
	edited(t, s, "- [ ] Did you sleep\n  > That closes it.\n- [x] How was it\n  > That opens it.", "- [x] How was it\n  > That opens it.\n- [ ] Did you sleep\n  > That closes it.",
		"## Choose {#choose}", "## Pick {#pick}", ":::reflection[When were you heard?]{#heard}\n:::\n", "")
	if r := old.press("continue"); r.Location != first+"/arrange" {
		t.Errorf("it goes on to %q", r.Location)
	}
	page := open(t, b, first+"/pick")
	if got := page.chosen("open"); !slices.Equal(got, []string{"Did you sleep"}) {
		t.Errorf("chosen is %v", got)
	}
	if got := page.chosen("before"); !slices.Equal(got, []string{"Phone away"}) {
		t.Errorf("ticked is %v", got)
	}
	words.press("save")
	wantText(t, "module", module(t, b, first), "typed before the publish", "Pick Done")
}

func TestAFormThatNamesNoRevisionOfItsModuleIsReadAsTheLiveOne(t *testing.T) {
	s, _, b := small(t)
	files := everything()
	files["02-second.md"] = "# Second\n\nWords.\n"
	s.Publish(t, "small", files)
	other := open(t, b, "/courses/small/second/start").form.Get("revision")
	s.Draft(t, "small", editedFiles("Note it.", "A secret draft."))
	drafted := column(t, s, "SELECT id FROM revisions WHERE state = 'draft' AND path = '01-first.md'")
	if len(drafted) != 1 {
		t.Fatalf("drafts: %v", drafted)
	}
	for _, revision := range []string{other, drafted[0], "nonsense", "' OR 1=1 --", strings.Repeat("x", 5000)} {
		page := open(t, b, first+"/choose").choose("open", "How was it").set("revision", revision)
		if r := page.press("save"); r.Status != 303 {
			t.Errorf("revision %.20q: status %d", revision, r.Status)
		}
		if got := open(t, b, first+"/choose").chosen("open"); !slices.Equal(got, []string{"How was it"}) {
			t.Errorf("revision %.20q: chosen is %v", revision, got)
		}
		r := open(t, b, first+"/write").set("revision", revision).set("a.listen", strings.Repeat("x", 30_000)).press("save")
		if r.Status != 422 || strings.Contains(r.Body, "secret draft") {
			t.Errorf("revision %.20q: status %d, or it shows a draft", revision, r.Status)
		}
	}
}
