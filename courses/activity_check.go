package courses

import "strings"

// checkItems sets what follows from the items, and reports a list that is not
// what its kind needs. false means that nothing can be done with it.
func (o *openedBlock) checkItems() bool {
	switch o.a.Kind {
	case Question:
		o.countRight()
	case Order:
		o.a.Marked = true
		if !o.lists[0].IsOrdered() {
			o.report(o.lineOf(o.lists[0]), Notice, ListBulleted, "name", string(Order))
		}
	case Sort:
		return o.checkSort()
	case Scenario:
		o.checkScenario()
	case Scale:
		o.a.Again = strings.TrimPrefix(o.block.attrs.get("again"), "#")
	}
	if o.a.Kind != Checklist && len(o.a.Under(0)) < 2 {
		o.report(o.block.line, Warn, ListShort, "name", string(o.a.Kind))
	}
	return true
}

func (o *openedBlock) countRight() {
	right := 0
	for _, item := range o.a.Items {
		if item.Right {
			right++
		}
	}
	o.a.Marked = right > 0
	o.a.Many = right > 1
}

// checkSort wants cards under groups.
func (o *openedBlock) checkSort() bool {
	o.a.Marked = true
	if len(o.a.Cards()) == 0 {
		o.report(o.block.line, Error, ListFlat, "name", string(Sort))
		return false
	}
	if len(o.a.Under(0)) < 2 {
		o.report(o.block.line, Warn, ListShort, "name", string(Sort))
	}
	return true
}

func (o *openedBlock) checkScenario() {
	for _, item := range o.a.Items {
		if item.Parent != 0 {
			return
		}
	}
	o.report(o.block.line, Notice, ListFlat, "name", string(Scenario))
}

// Under gives the items nested under one; 0 is the top. The groups of a sort
// and the first choices of a scenario are Under(0).
func (a *Activity) Under(parent int) []Item {
	var under []Item
	for _, item := range a.Items {
		if item.Parent == parent {
			under = append(under, item)
		}
	}
	return under
}

// Cards gives the items of a sort that are put into groups, in document order.
func (a *Activity) Cards() []Item {
	var cards []Item
	for _, item := range a.Items {
		if item.Parent != 0 {
			cards = append(cards, item)
		}
	}
	return cards
}

// Item gives the item at a position. ok is false where there is none.
func (a *Activity) Item(position int) (item Item, ok bool) {
	if position < 1 || position > len(a.Items) {
		return Item{}, false
	}
	return a.Items[position-1], true
}
