package learning

import (
	"slices"

	"alongside/courses"
)

// itemViews makes the form controls of one activity.
type itemViews struct {
	a      *courses.Activity
	answer courses.Answer
	mark   courses.Mark
}

// groups are the places that cards can be put in, for sort.
func (v itemViews) groups() []ItemView {
	if v.a.Kind != courses.Sort {
		return nil
	}
	var groups []ItemView
	for _, item := range v.a.Under(0) {
		groups = append(groups, v.control(item, "", v.a.Value(item.Position)))
	}
	return groups
}

// shown are the items in the order in which they are shown. What stands in the
// page about a card of order or sort is its place among the shown ones, never
// its position, which would give the answer away.
func (v itemViews) shown() []ItemView {
	if v.a.Kind == courses.Scenario {
		return v.choices(0)
	}
	var views []ItemView
	for i, position := range v.a.Shown() {
		item, _ := v.a.Item(position)
		views = append(views, v.item(item, i+1))
	}
	return views
}

func (v itemViews) item(item courses.Item, k int) ItemView {
	switch v.a.Kind {
	case courses.Order:
		view := v.control(item, v.a.Field(k), "")
		view.Rank = slices.Index(v.answer.Chosen, item.Position) + 1
		return view
	case courses.Sort:
		view := v.control(item, v.a.Field(k), "")
		view.Rank = v.answer.Placed[item.Position]
		return view
	case courses.Blanks, courses.Reflection:
		view := v.control(item, v.a.Field(item.Position), "")
		view.Typed = v.answer.Typed[item.Position]
		return view
	default:
		view := v.control(item, v.a.Field(0), v.a.Value(item.Position))
		view.Checked = slices.Contains(v.answer.Chosen, item.Position)
		return view
	}
}

func (v itemViews) control(item courses.Item, field, value string) ItemView {
	view := ItemView{Item: item, Field: field, Value: value, Mark: v.mark.Items[item.Position]}
	view.Control = controlID(field, value)
	return view
}

// choices are the choices of a scenario below one, and below the one that was
// made of them, the next: only what the learner's own way has opened.
func (v itemViews) choices(parent int) []ItemView {
	var views []ItemView
	for _, item := range v.a.Under(parent) {
		view := v.control(item, v.a.Field(parent), v.a.Value(item.Position))
		view.Checked = slices.Contains(v.answer.Chosen, item.Position)
		if view.Checked && (v.mark.Given || v.hasGoneBelow(item)) {
			view.Children = v.choices(item.Position)
		}
		views = append(views, view)
	}
	return views
}

// hasGoneBelow reports whether a choice below one was made: what was opened once
// stays open.
func (v itemViews) hasGoneBelow(item courses.Item) bool {
	return slices.ContainsFunc(v.a.Under(item.Position), func(below courses.Item) bool {
		return slices.Contains(v.answer.Chosen, below.Position)
	})
}

// controlID is the id of a control: unique in the page, and what an error links to.
func controlID(field, value string) string {
	if value == "" {
		return "f-" + field
	}
	return "f-" + field + "-" + value
}
