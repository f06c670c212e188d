package e2e

import (
	"testing"
	"time"

	"alongside/e2e/browser"
)

// What the programmes that this stands on had in common: somebody listened. A
// learner writes and speaks, lets two people know, one of them answers with their
// voice, and the learner takes it back again.
func TestSomebodyListens(t *testing.T) {
	t.Parallel()
	const wrote, kept = "I left my basket by the tills and ran.", "My sister never heard of it."
	p := startDemo(t)

	phone := open(t, p, browser.Options{})
	signIn(phone, person(t, p, "learner", 0)) // who is new, so that nothing else of theirs waits
	phone.Visit(module3 + "/dee")
	p.Secret(wrote)
	p.Secret(kept)
	phone.Fill(heard, wrote+"\n\n"+kept)
	phone.Touch("Not sure how to start?")
	phone.Press("Say it instead")
	speak(phone)
	phone.Press("Go on")
	phone.See("You said this")

	phone.Press("Let someone read it")
	phone.Press("Let someone read it")
	phone.See("Only the people you choose can read it, by name", "expect an answer by")
	phone.Choose("Tom")
	phone.Choose("Marek")
	phone.Within(kept).Choose("Keep this part for me")
	phone.Press("Look at what they will see")
	phone.See("Nothing is shared yet", wrote)
	phone.DontSee(kept)
	phone.Press("Share it")
	phone.See("It is shared", "Not opened yet")
	mine := phone.Path()

	mentor := open(t, p, browser.Options{Width: 320, Height: 640})
	signIn(mentor, person(t, p, "mentor", 0))
	mentor.Visit("/facilitate")
	mentor.See("Dina", "New for you")
	mentor.DontSee("Tom is answering this now")
	mentor.Ask("window.untouched = true")

	desk := open(t, p, browser.Options{Width: 1280, Height: 800})
	signIn(desk, person(t, p, "facilitator", 0))
	desk.Visit("/facilitate")
	desk.Press("Dina")
	desk.See(wrote, "Others see that you are answering this now")
	desk.DontSee(kept)
	desk.Hear("main audio", 0)
	theirs := desk.Path()

	mentor.SeeSoon("Tom is answering this now", time.Minute) // nobody touches this page
	if mentor.Ask("window.untouched === true") != "true" {
		t.Error("the mentor's page was loaded anew")
	}
	mentor.Press("Dina")
	mentor.See(wrote)
	mentors := mentor.Path()

	desk.Press("Say it instead")
	mentor.Reload()
	mentor.See("Tom is answering this now") // while he speaks, too
	speak(desk)
	desk.Press("Go on to send it")
	desk.Press("Send")
	desk.See("Your answer is on its way to them")

	phone.Visit("/")
	phone.Press("Tom, your facilitator, wrote back to you")
	phone.See("Answered")
	phone.Hear("main audio", 1)
	searched := searchEverywhere(t, p, wrote, kept)
	if searched.rows["shares"] < 2 {
		t.Errorf("the dashboard lists %d shares", searched.rows["shares"])
	}
	if searched.sounds < 4 { // the learner's, a copy for each reader, and the answer
		t.Errorf("a backup has %d recordings", searched.sounds)
	}

	for range 2 { // from Tom, and from Marek
		phone.Visit(mine)
		phone.Press("Take it back")
		phone.See("At once they cannot read it any more")
		phone.Press("Take it back")
	}
	phone.See("You took it back")
	phone.Hear("main audio", 1) // what Tom said stays hers to hear
	for reader, page := range map[*browser.Page]string{desk: theirs, mentor: mentors} {
		reader.Visit(page)
		reader.See("took this back")
		reader.DontSee(wrote, "Said by")
		reader.Visit("/facilitate")
		reader.DontSee(wrote)
	}
	phone.Visit("/me/data")
	phone.See("Something that you shared was opened", "Something that you said was listened to", "By Tom", "By Marek")
}

// speak records a little with the browser's own microphone, listens, and keeps it.
func speak(page *browser.Page) {
	page.Touch("Record")
	page.See("Recording. Take your time.")
	page.SeeLike(`0:0[1-9]`)
	page.Touch("Stop")
	page.See("It is not kept yet")
	page.Press("Keep this")
	page.See("What you said is kept")
}
