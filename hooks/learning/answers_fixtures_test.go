package learning_test

import (
	"strconv"
	"strings"
	"testing"

	"alongside/courses"

	"github.com/PuerkitoBio/goquery"
)

func place(n int) string { return strconv.Itoa(n) }

// orderField is the field of an item that is to be put in order.
func orderField(s *screen, words string) string {
	var field string
	s.page.Find("#at-meeting ol li").Each(func(_ int, li *goquery.Selection) {
		if strings.HasPrefix(text(li.Find("label")), words) {
			field = li.Find("select").AttrOr("name", "")
		}
	})
	return field
}

// card puts a card into a group.
func card(s *screen, words, group string) {
	s.page.Find("fieldset.card").Each(func(_ int, f *goquery.Selection) {
		if text(f.Find("legend")) != words {
			return
		}
		f.Find("label").Each(func(_ int, l *goquery.Selection) {
			if text(l) == group {
				s.set(l.Find("input").AttrOr("name", ""), l.Find("input").AttrOr("value", ""))
			}
		})
	})
}

// pickDeeper chooses the first of what the way so far has opened.
func pickDeeper(s *screen) *screen {
	s.page.Find("#at-night fieldset.branch").Each(func(_ int, f *goquery.Selection) {
		input := f.ChildrenFiltered("label").First().Find("input")
		s.set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return s
}

func collect(into *[]string) func(int, *goquery.Selection) {
	return func(_ int, s *goquery.Selection) { *into = append(*into, text(s)) }
}

// inputsAlike wants controls that say no more than which they are.
func inputsAlike(t *testing.T) func(int, *goquery.Selection) {
	known := []string{"type", "id", "name", "value", "aria-labelledby", "aria-describedby"}
	return func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			found := false
			for _, k := range known {
				found = found || a.Key == k
			}
			if !found {
				t.Errorf("a control says %s=%q", a.Key, a.Val)
			}
		}
	}
}

// A secret is what the page of an activity must not hold before an answer.
type secret struct {
	address, activity string
	words             []string
}

func shippedSecrets() []secret {
	var all []secret
	for _, module := range courses.Library()[0].Read(nil).Modules {
		for _, step := range module.Steps {
			for _, a := range step.Activities {
				all = append(all, secret{"/courses/walking-alongside/" + module.Slug + "/" + step.ID, a.ID, secretsOf(a)})
			}
		}
	}
	return all
}

func secretsOf(a *courses.Activity) []string {
	var words []string
	for _, item := range a.Items {
		if item.Feedback != "" {
			words = append(words, item.Feedback)
		}
		if a.Kind == courses.Scenario && item.Parent != 0 {
			words = append(words, item.HTML)
		}
		for _, accepted := range item.Accept {
			if !strings.Contains(strings.Join(a.Pieces, " ")+a.Text, accepted) { // where it is no word of the sentence itself
				words = append(words, ">"+accepted+"<", `"`+accepted+`"`)
			}
		}
	}
	return words
}
