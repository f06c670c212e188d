package reflections

import (
	"net/url"
	"slices"

	"alongside/hooks/web"
	"alongside/templates"
)

// SharePage is `/reflections/{reflection}/share`, "reflections/share": who may read
// it and which parts, and then, word for word, what they will see. Its form posts
// to the same address.
//
// The fields are "to", ids of those who may read it; "keep", keys of the parts that
// stay with the learner; "seen", the stamp of the text that the page was made from;
// and "do", which is check, share or change.
type SharePage struct {
	web.Base
	Address string
	Back    string // the reflection's own page
	Title   string // of its module
	Lang    string // of that and of what was asked
	Asked   string
	Lock    Lock // why nothing can be shared now

	Readers []ReaderChoice
	Pieces  []PieceChoice
	Paper   bool // it was done on paper
	Seen    string
	Shown   Shown // what those who are chosen will see
	Check   bool  // they look at that before it is shared

	Why    string // why it was not shared: changed, gone, elsewhere, no-key; "" for no such reason
	Edited bool   // a part that was kept the last time reads differently now
	Errors []web.FieldError
}

// A PieceChoice is a part of what was written, and whether it stays with the
// learner.
type PieceChoice struct {
	Key  string
	Keep bool
	Part
	Felt  Felt   // how it felt, where that is the part
	Heard *Heard // what was said, where that is
}

// Dir is the direction in which what was asked runs.
func (p *SharePage) Dir() string { return templates.Direction(p.Lang) }

// Chosen are those who will be able to read it.
func (p *SharePage) Chosen() []ReaderChoice {
	return slices.DeleteFunc(slices.Clone(p.Readers), func(c ReaderChoice) bool { return !c.Chosen })
}

// Heard is what was said, where they will hear it; nil for nothing.
func (p *SharePage) Heard() *Heard {
	for _, one := range p.Pieces {
		if one.Heard != nil && !one.Keep {
			return one.Heard
		}
	}
	return nil
}

// Kept counts the parts that stay with the learner.
func (p *SharePage) Kept() int { return len(p.keeps()) }

func (p *SharePage) keeps() (keys []string) {
	for _, one := range p.Pieces {
		if one.Keep {
			keys = append(keys, one.Key)
		}
	}
	return keys
}

// form is what was chosen, as the page sends it.
func (p *SharePage) form() url.Values {
	form := url.Values{"keep": p.keeps()}
	for _, one := range p.Chosen() {
		form.Add("to", one.ID)
	}
	return form
}
