package e2e

import (
	"strings"
	"testing"
	"time"

	"alongside/e2e/browser"
)

// inDays is a day from now, as fields for days have it.
func inDays(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }

// notThere fails where any of these addresses is there for who is signed in.
func notThere(t *testing.T, page *browser.Page, addresses ...string) {
	t.Helper()
	for _, address := range addresses {
		page.Visit(address)
		if page.Status() != 404 {
			t.Errorf("%s is there: %d", address, page.Status())
		}
	}
}

// Whoever covers reads what a learner shares with them meanwhile: nothing from
// before, and nothing once the other one is back.
func TestWhoeverCoversReadsOnlyWhatALearnerSharesWithThemMeanwhile(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	tom := open(t, p, browser.Options{})
	signIn(tom, person(t, p, "facilitator", 0))
	tom.Visit("/facilitate")
	tom.Press("Yusuf")
	tom.See(sharedWithTom)
	sharedBefore := tom.Path()
	tom.Visit("/facilitate/away")
	tom.FillDay("First day away", inDays(3))
	tom.FillDay("Last day away", inDays(1))
	tom.Press("Save")
	tom.See("The last day comes before the first")
	tom.FillDay("First day away", inDays(0))
	tom.FillDay("Last day away", inDays(7))
	tom.Pick("Who covers", "Linh")
	tom.Press("Save")
	tom.See("Learners read it from the first day on", "Covered by Linh")

	linh := open(t, p, browser.Options{})
	signIn(linh, person(t, p, "facilitator", 1))
	linh.Visit("/facilitate")
	linh.See("You cover for Tom", "Nobody waits for you")
	notThere(t, linh, sharedBefore)
	linh.DontSee(sharedWithTom)

	phone := open(t, p, browser.Options{})
	signIn(phone, person(t, p, "learner", 1))
	phone.SeeLike(`Tom is away until [^.]*\. Linh answers meanwhile, if you share it with them\.`)
	phone.Visit(module3 + "/being-heard")
	phone.Press("See with whom")
	phone.Press("Let someone else read it")
	phone.SeeLike(`Tom, your facilitator\. Away\. Back on [^.]*\. Until then you can ask Linh\.`)
	phone.See("For a while in place of Tom")
	phone.Choose("Linh")
	phone.Press("Look at what they will see")
	phone.Press("Share it")
	phone.See("It is shared")

	linh.Visit("/facilitate")
	linh.Press("Yusuf")
	linh.See(sharedWithTom)
	sharedMeanwhile := linh.Path()
	notThere(t, linh, sharedBefore)

	tom.Visit("/facilitate/away")
	tom.Press("I am back")
	tom.See("That time away has ended")
	phone.Visit("/")
	phone.DontSee("is away until")
	notThere(t, linh, sharedMeanwhile, sharedBefore)
	linh.DontSee(sharedWithTom)
	linh.Visit("/facilitate")
	linh.DontSee("You cover for")
}

// What somebody writes about their own work is theirs alone.
func TestWhatAWorkerWritesOfTheirPracticeIsSeenByNobodyElse(t *testing.T) {
	t.Parallel()
	const note, need, with = "I talked too soon, because it was quiet.", "How to bear a silence.", "Marguerite of the centre"
	p := startDemo(t)
	for _, one := range []string{note, need, with} {
		p.Secret(one)
	}
	tom := open(t, p, browser.Options{Width: 320, Height: 640})
	signIn(tom, person(t, p, "facilitator", 0))
	tom.Visit("/facilitate/practice")
	tom.Press("New note")
	tom.Press("Save")
	tom.See("Write something first")
	tom.Fill("What happened", note)
	tom.Press("Save")
	tom.See("Saved", note)
	tom.Press("Book a time")
	tom.FillDay("Day", inDays(7))
	tom.Fill("With whom", with)
	tom.Fill("What I need from it", need)
	tom.Press("Save")
	tom.See("Saved", with, need)
	kept := onePractice(t, tom)

	for _, role := range []string{"manager", "lead", "facilitator"} {
		n := 0
		if role == "facilitator" {
			n = 1 // not Tom
		}
		other := open(t, p, browser.Options{})
		signIn(other, person(t, p, role, n))
		notThere(t, other, kept...)
		other.Visit("/facilitate/practice")
		other.DontSee(note, need, with)
	}

	for _, address := range kept {
		tom.Visit(address)
		tom.Touch("Delete")
		tom.Press("Delete it now")
		tom.See("It is deleted")
	}
	tom.DontSee(note, need, with)
	notThere(t, tom, kept...)
}

// onePractice is where the one note and the one supervision of a page lead.
func onePractice(t *testing.T, page *browser.Page) (kept []string) {
	t.Helper()
	for _, link := range page.Links() {
		for _, room := range []string{"/facilitate/practice/notes/", "/facilitate/practice/supervision/"} {
			if id, is := strings.CutPrefix(link, room); is && id != "new" {
				kept = append(kept, link)
			}
		}
	}
	if len(kept) != 2 {
		t.Fatalf("the page leads to %v", kept)
	}
	return kept
}
