package e2e

import (
	"os"
	"testing"

	"alongside/e2e/browser"
)

// make pictures takes the pictures of the README, of the real pages.
func TestThePicturesOfTheReadme(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES names no folder, so no picture was taken")
	}
	p := startDemo(t)
	phone := browser.Options{Width: 390, Height: 780}
	page := open(t, p, phone)
	signIn(page, person(t, p, "learner", 1))
	page.Visit("/")
	page.Screenshot("home")
	page.Visit(module3 + "/what-bernie-did")
	if phone := "She put her phone where nobody could see it."; !page.Chosen(phone) {
		page.Choose(phone)
	}
	page.Press("Check")
	page.Ask(`(document.querySelector("h1").scrollIntoView(), 1)`)
	page.Screenshot("question")

	phone.Dark, phone.Language = true, "ar-XB"
	dark := open(t, p, phone)
	enterInAnyLanguage(t, dark, person(t, p, "learner", 1))
	dark.Visit(module3 + "/dee")
	dark.Screenshot("right-to-left-and-dark")

	wide := open(t, p, browser.Options{Width: 1100, Height: 780})
	signIn(wide, person(t, p, "learner", 1))
	wide.Visit("/courses/walking-alongside")
	wide.Screenshot("course")
}
