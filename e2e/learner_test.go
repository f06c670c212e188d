package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
)

const module3 = "/courses/walking-alongside/listening"

// A person new to the site takes module 3, answers every kind of activity,
// stops in the middle of a sentence, and carries on in the same place.
func TestANewLearnerTakesAModuleAndCarriesOnWhereTheyStopped(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]browser.Options{
		"with JavaScript":    {},
		"without JavaScript": {NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			who := person(t, p, "learner", 0)
			j := &journey{t: t, page: page, scripts: !options.NoScript}

			page.Visit("/")
			page.Press("Sign in")
			enter(page, who)
			page.See("Hello")
			page.Press("Walking alongside")
			page.Press("Start this course")
			page.Visit(module3)
			page.Press("Continue")
			j.takeTheFirstSteps()
			j.stopAndComeBack(func() { enter(page, who) })
			j.theRestIsThere()
		})
	}
}

// A journey is one learner's way through module 3.
type journey struct {
	t       *testing.T
	page    *browser.Page
	scripts bool
}

// takeTheFirstSteps goes from the start to the step where the journey stops.
func (j *journey) takeTheFirstSteps() {
	page := j.page
	page.See("People have asked you questions")
	page.Choose("A little ready")
	j.on("Who can read what you write")
	j.on("Listen: a wall of bread")
	page.Fill("What in this do you know from your own life?", "The keys. I still wake up.")
	j.on("What did Bernie do?")
	j.answerAQuestion()
	j.on("When were you last heard?")
	j.on("Four things that listeners do")
	j.putInOrder()
	j.on("Questions that open a door")
	j.fillTheGaps()
	j.on("A good place to stop")
	page.Fill("Once today, wait three seconds before you answer someone", "She told me about her garden.")
	j.on("Sitting 2: three things that get in the way")
	j.on("Which habit is it?")
	j.sortTheCards()
	j.on("Which one is yours?")
	j.on("Get ready for two minutes")
	page.Choose("They chose where to sit")
	page.Choose("We both know that they can stop")
}

// on presses Continue and expects the step with this title.
func (j *journey) on(title string) {
	j.t.Helper()
	j.page.Press("Continue")
	if got := j.page.Heading(); got != title {
		j.t.Fatalf("Continue leads to %q, want %q", got, title)
	}
}

// answerAQuestion chooses all that fit, one of them wrong at first.
func (j *journey) answerAQuestion() {
	page := j.page
	page.Choose("She put her phone where nobody could see it.")
	page.Choose("She told Dee that it gets easier.")
	page.Press("Check")
	page.See("Not this one yet", "But it closes the talk.", "Some of it does not fit yet")
	page.Choose("She told Dee that it gets easier.") // not any more
	page.Choose("She asked one open question, and then she stopped.")
	page.Choose("She gave Dee her own words back.")
	page.Press("Check again")
	page.See("That fits.", "It told Dee that Bernie could see it too.")
}

func (j *journey) putInOrder() {
	first := "Put your phone away, before they come"
	if j.scripts {
		for j.page.Position(first) > 1 {
			j.page.Touch("Move up: " + first)
		}
	} else {
		j.page.Pick(first, "1")
	}
	j.page.Press("Check")
	j.page.See("Some of it does not fit yet")
}

func (j *journey) fillTheGaps() {
	page := j.page
	page.Within("Which of these leaves the most room?").Choose("How was it at the job centre?")
	page.Fill("Gap 1", "What")
	page.Fill("Gap 2", "how")
	page.Fill("Gap 3", "less")
	page.Within("Fill the gaps").Press("Check")
	page.See("Some of it does not fit yet")
	if got := page.Value("Gap 3"); got != "less" {
		j.t.Errorf("the gap holds %q after the check", got)
	}
	if !page.Chosen("How was it at the job centre?") {
		j.t.Error("checking one activity lost what was chosen in another")
	}
}

func (j *journey) sortTheCards() {
	j.page.Within("Take a photo of it next time.").Choose("Fixing")
	j.page.Within("They lost mine twice.").Choose("Judging")
	j.page.Press("Check")
	j.page.See("Not here yet")
}

// stopAndComeBack leaves in the middle and returns by the Continue of home.
func (j *journey) stopAndComeBack(enter func()) {
	page := j.page
	page.Press("Save")
	page.See("Saved")
	at := page.Path()
	page.Press("Sign out and clear this screen")
	page.See("You are signed out")
	page.Visit(module3 + "/dee")
	page.DontSee("The keys. I still wake up.")
	page.Visit("/sign-in")
	enter()
	page.Press("Continue")
	if got := page.Path(); strings.SplitN(got, "#", 2)[0] != strings.SplitN(at, "#", 2)[0] {
		j.t.Fatalf("Continue opens %s, and they stopped at %s", got, at)
	}
	if !page.Chosen("They chose where to sit") || page.Chosen("I have asked, and they said yes") {
		j.t.Error("the checklist is not as it was left")
	}
}

// theRestIsThere looks back at what was given on the way, and plays the scenario.
func (j *journey) theRestIsThere() {
	page := j.page
	page.Visit(module3 + "/dee")
	if got := page.Value("What in this do you know from your own life?"); got != "The keys. I still wake up." {
		j.t.Errorf("the reflection is %q", got)
	}
	page.Visit(module3)
	if done := strings.Count(page.Text(), "Done"); done != 11 {
		j.t.Errorf("%d steps are done, and Continue was pressed on 11", done)
	}
	page.Visit(module3 + "/hard-moment")
	page.Choose("They did not even write back.”")
	page.Press("Check")
	page.See("You gave him his own words.")
	page.Choose("Wait.")
	page.Press("Check")
	page.See("My daughter asked me how it went.")
}
