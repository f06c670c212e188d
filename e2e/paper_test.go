package e2e

import (
	"strings"
	"testing"

	"alongside/e2e/browser"
)

const ownWords = "Put the lines I kept on it too."

func TestTheRecordIsOneSheetOfPaper(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	for name, options := range map[string]browser.Options{
		"in English": {}, "right to left and dark": backwards, "in longer words": {Language: "en-XA"}, "without JavaScript": plain,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := open(t, p, options)
			enterInAnyLanguage(t, page, person(t, p, "learner", 2))
			page.Visit("/me/record/walking-alongside")
			if n := browser.Sheets(page.Paper()); n != 1 {
				t.Errorf("the record comes out as %d sheets", n)
			}
			if options.Language == "" {
				page.Choose(ownWords)
				if n := browser.Sheets(page.Paper()); n != 1 {
					t.Errorf("with their own words it comes out as %d sheets", n)
				}
			}
		})
	}
}

func TestTheRecordHoldsTheirOwnWordsOnlyWhenTheySaySo(t *testing.T) {
	t.Parallel()
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startDemo(t)
			page := open(t, p, options)
			signIn(page, person(t, p, "learner", 2))
			page.Visit("/me/record/walking-alongside")
			page.See("Grace", "Walking alongside")
			page.DontSee("In their own words", "I know that someone feels heard")
			page.Choose(ownWords)
			page.See("In their own words", "I know that someone feels heard")
		})
	}
}

func TestALongTextIsWholeOnPaper(t *testing.T) {
	t.Parallel()
	_, page := onDee(t, browser.Options{})
	before := browser.Sheets(page.Paper())
	page.Fill(heard, manyLines(120))
	if after := browser.Sheets(page.Paper()); after <= before {
		t.Errorf("120 lines more are printed on %d sheets, as few as without them", after)
	}
}

func manyLines(n int) string { return strings.Repeat("And then I went on.\n", n) }
