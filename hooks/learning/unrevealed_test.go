package learning

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/content"
)

// What is right in an activity decides nothing in its page before an answer: of
// activities that differ in nothing else, the pages are the same to the byte. Of
// an order there are two, each the mirror image of the other: courses' tests say
// what can be told from that.
func TestThePageOfAnActivityIsTheSameWhateverIsRightInIt(t *testing.T) {
	for where, a := range activitiesToTry(t) {
		pages := map[string]bool{unanswered(t, a): true}
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			pages[unanswered(t, otherwiseRight(a, random))] = true
		}
		if a.Kind == courses.Order && len(pages) > 2 || a.Kind != courses.Order && len(pages) > 1 {
			t.Errorf("%s: %s has %d pages", where, a.Kind, len(pages))
			for page := range pages {
				t.Log(page)
			}
		}
	}
}

// activitiesToTry are all of the shipped course, and of the description of the
// format every one that is valid.
func activitiesToTry(t *testing.T) map[string]*courses.Activity {
	t.Helper()
	var modules []*courses.Module
	for _, folder := range courses.Library() {
		modules = append(modules, folder.Read(nil).Modules...)
	}
	description, err := os.ReadFile("../../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)\n````markdown valid [^\n]+\n(.*?\n)````\n")
	for _, found := range example.FindAllSubmatch(description, -1) {
		modules = append(modules, courses.Compile(courses.Source{Path: "01-x.md", Slug: "x" + strconv.Itoa(len(modules)), Lang: "en", Text: found[1]}))
	}
	all, kinds := map[string]*courses.Activity{}, map[courses.Kind]bool{}
	for _, module := range modules {
		for _, step := range module.Steps {
			for _, a := range step.Activities {
				all[module.Slug+"#"+a.ID], kinds[a.Kind] = a, true
			}
		}
	}
	if len(all) < 60 || len(kinds) != 9 {
		t.Fatalf("found %d activities of %d kinds", len(all), len(kinds))
	}
	return all
}

// unanswered is what the page shows of an activity that nothing was given to.
func unanswered(t *testing.T, a *courses.Activity) string {
	t.Helper()
	v := stepView{language: "en", compiled: &content.Compiled{Module: &courses.Module{}}}
	html, err := v.render(&courses.Part{Kind: a.Kind, Activity: a})
	if err != nil {
		t.Fatal(err)
	}
	return html
}

// otherwiseRight is the same activity with something else right in it, and other
// feedback.
func otherwiseRight(a *courses.Activity, random *rand.Rand) *courses.Activity {
	other := *a
	other.Items = slices.Clone(a.Items)
	switch a.Kind {
	case courses.Question:
		swapRight(other.Items, random)
	case courses.Order:
		random.Shuffle(len(other.Items), func(i, j int) { other.Items[i], other.Items[j] = other.Items[j], other.Items[i] })
		count(other.Items)
	case courses.Sort:
		other.Items = sortedElsewhere(a, random)
	case courses.Blanks:
		for i := range other.Items {
			other.Items[i].Accept = []string{strings.Repeat("x", random.IntN(30)+1)}
		}
	case courses.Scenario:
		other.Items = slices.Clone(a.Under(0)) // each choice ends the way
		count(other.Items)
	}
	for i := range other.Items {
		other.Items[i].Feedback = strings.Repeat("<p>x</p>", random.IntN(3))
	}
	return &other
}

// swapRight has as many right as before, others of them.
func swapRight(items []courses.Item, random *rand.Rand) {
	random.Shuffle(len(items), func(i, j int) { items[i].Right, items[j].Right = items[j].Right, items[i].Right })
}

// sortedElsewhere puts every card into any of the groups, at any place.
func sortedElsewhere(a *courses.Activity, random *rand.Rand) []courses.Item {
	cards := a.Cards()
	random.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
	groups := a.Under(0)
	in := make([][]courses.Item, len(groups))
	for _, card := range cards {
		k := random.IntN(len(groups))
		in[k] = append(in[k], card)
	}
	var items []courses.Item
	for k, group := range groups {
		group.Position = len(items) + 1
		items = append(items, group)
		for _, card := range in[k] {
			card.Position, card.Parent = len(items)+1, group.Position
			items = append(items, card)
		}
	}
	return items
}

func count(items []courses.Item) {
	for i := range items {
		items[i].Position = i + 1
	}
}
