package reflections

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"
)

// ConcernSaidPage is `/concerns/new` and `/concerns/{concern}/said`,
// "reflections/concern-said": whom it is about, their own words, and what the
// raiser saw apart from what they think. Its form posts to the same address the
// fields about, staff, when, said, seen, think, and for a new one id and share.
type ConcernSaidPage struct {
	web.Base
	Address string
	ID      string // of one that is not there yet; "" for one that is
	Share   string // what it came from; "" for none
	About   []templates.Choice
	Staff   []templates.Choice
	Statement
	Errors []web.FieldError
}

// ConcernDonePage is `/concerns/{concern}/done`, "reflections/concern-done": what
// was done and who was told. Its form posts to the same address the fields done,
// told and told_else.
type ConcernDonePage struct {
	web.Base
	Concern string
	Whom    []templates.Choice
	Statement
	Errors []web.FieldError
}

// ConcernWishesPage is `/concerns/{concern}/wishes`, "reflections/concern-wishes":
// what the person wants, and whether they know. Its form posts to the same address
// the fields wishes and knows.
type ConcernWishesPage struct {
	web.Base
	Concern string
	Know    []templates.Choice
	Statement
	Errors []web.FieldError
}

// ConcernCheckPage is `/concerns/{concern}/check`, "reflections/concern-check": all
// of it once more, and who will read it. Its form posts to /concerns/{concern}/raise
// nothing, and to /concerns/{concern}/delete.
type ConcernCheckPage struct {
	web.Base
	Concern   string
	Who       Named
	Statement Statement
	Readers   []people.Member // who answer for concerns here, and are not those whom it is about
	Mine      bool            // the raiser is among them
	Numbers   []web.HelpGroup // where nobody is
	Errors    []web.FieldError
}

// Named are those whom a concern names, as they are called.
type Named struct {
	About  string // the learner; "" for nobody named
	Staff  string // "" for nobody
	Raiser string // "" once their account is erased
	Label  string // of the programme
}

// ConcernsPage is `/concerns`, "reflections/concerns".
type ConcernsPage struct {
	web.Base
	Lead     bool            // the viewer answers for some
	Waiting  []ConcernInList // not acknowledged
	Open     []ConcernInList
	Closed   []ConcernInList
	Drafts   []ConcernInList
	Own      []ConcernInList // that they raised, where they do not answer for them
	Changed  int             // that were changed by hand, and do not open
	CannotBe bool            // the key is not there: nothing of them can be shown
}

// A ConcernInList is a concern as a row. It names nobody whom it is about.
type ConcernInList struct {
	ID     string
	State  string
	Since  string // RFC 3339
	For    Clock  // since it was raised, or since it was closed
	Raiser string
	Review string // ISO date
}

// ConcernPage is `/concerns/{concern}`, "reflections/concern". Its forms post to
// /concerns/{concern}/acts the fields do, text, what and review, and to
// /concerns/{concern}/share the field why.
type ConcernPage struct {
	web.Base
	Concern
	Who        Named
	For        Clock
	Statement  Statement
	NotNow     bool // it cannot be opened
	Lead       bool
	Acts       []ConcernAct
	Next       []string // what the lead may do now
	MayTell    bool
	ShareState string // of what it came from: "", "there", "withdrawn"
	Typed      ConcernTyped
	Errors     []web.FieldError
}

// ConcernTyped is what a lead typed, where it has to be put right.
type ConcernTyped struct{ Do, Text, What, Review, Why string }

// A ConcernAct is one thing that a lead did or noted.
type ConcernAct struct {
	Kind   string
	At     string // RFC 3339
	Who    string // "" once their account is erased
	What   string // of decided: act or none
	Text   string
	Review string // ISO date; "" for none
	NotNow bool
}

// ConcernSharePage answers POST /concerns/{concern}/share,
// "reflections/concern-share": what the learner shared, once, for a reason.
type ConcernSharePage struct {
	web.Base
	Concern string
	Shown   Shown
	NotNow  bool
}

// ToldPage is `/me/told`, "reflections/told": what a learner was told of what came
// of a concern about them.
type ToldPage struct {
	web.Base
	Told []Told
	Shut bool // it is closed for this session, whether there is any or not
}

// A Told is one of them.
type Told struct {
	At     string // RFC 3339
	Text   string
	NotNow bool
}
