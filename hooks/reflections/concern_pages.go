package reflections

import (
	"cmp"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"
)

// ConcernSaidPage is `/concerns/new` and `/concerns/{concern}/said`,
// "reflections/concern-said": whom it is about, their own words, and what the
// raiser saw apart from what they think. Its form posts to the same address the
// fields about, about_username, staff, staff_username, when, said, seen, think, and for
// a new one id and share.
type ConcernSaidPage struct {
	web.Base
	Address string
	ID      string // of one that is not there yet; "" for one that is
	Share   string // what it came from; "" for none

	Unlinked bool // the viewer cannot read that any more, so it was taken out

	About []templates.Choice
	Staff []templates.Choice

	// Usernames, for whom the lists have no room; Long is whether that may be.
	AboutTyped, StaffTyped string
	AboutLong, StaffLong   bool

	Statement
	Draft  DraftTab
	Errors []web.FieldError
}

// ConcernDonePage is `/concerns/{concern}/done`, "reflections/concern-done": what
// was done, who was told and when. Its form posts to the same address the fields
// done, told, told_else and told_when.
type ConcernDonePage struct {
	web.Base
	Concern string
	Whom    []templates.Choice
	Statement
	Draft  DraftTab
	Errors []web.FieldError
}

// ConcernWishesPage is `/concerns/{concern}/wishes`, "reflections/concern-wishes":
// what the person wants, whether they know and agree, and why it is passed on where
// they do not. Its form posts to the same address the fields wishes, knows and why.
type ConcernWishesPage struct {
	web.Base
	Concern string
	Know    []templates.Choice
	Statement
	Draft  DraftTab
	Errors []web.FieldError
}

// ConcernCheckPage is `/concerns/{concern}/check`, "reflections/concern-check": all
// of it once more, and who will read it. Its form posts to /concerns/{concern}/raise
// the field seen, and another to /concerns/{concern}/delete nothing.
type ConcernCheckPage struct {
	web.Base
	Concern   string
	Who       Named
	Statement Statement
	Seen      string          // the stamp of all of it
	Linked    bool            // it will have a link to what it came from
	Unlinked  bool            // it will not, because it is about somebody else by now
	Readers   []people.Member // who answer for concerns here, and are not those whom it is about
	Mine      bool            // the raiser is among them
	Numbers   []web.HelpGroup // where nobody is
	Errors    []web.FieldError
}

// ConcernLostPage is what comes of a screen whose draft is not there any more,
// "reflections/concern-lost": its words, and that they were not added.
type ConcernLostPage struct {
	web.Base
	Said    []web.OtherPart
	Raised  string // id of the concern, where it was raised meanwhile; "" otherwise
	Refused bool   // the viewer may raise none any more
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
	Since  string // RFC 3339: when it was raised, or, of one that is not, last written
	For    Clock  // since it was raised
	Raiser string
	Review string // ISO date
	Due    Due    // whether that has come
	More   bool   // whoever raised it added something, and no lead wrote since
}

// Due is whether the day has come on which a concern is looked at again.
type Due string

// Whether that day has come. A template uses one as it is: "" for not yet.
const (
	DueToday Due = "today"
	DueSince Due = "since" // it was before today
)

// ConcernPage is `/concerns/{concern}`, "reflections/concern". Its forms post to
// /concerns/{concern}/acts the fields id, after, do, text, what and review, to
// /concerns/{concern}/share the field why, and to /concerns/{concern}/add, for
// whoever raised it, the fields id and more. A form that comes too late stands on
// the same page at its own address.
type ConcernPage struct {
	web.Base
	Concern
	Who        Named
	For        Clock
	Statement  Statement
	NotNow     bool // it cannot be opened
	Lead       bool
	Acts       []ConcernAct // for whoever raised it, what they added
	Others     int          // of these, how many are not the viewer's
	Next       []string     // what the lead may do now
	MayTell    bool
	MayAdd     bool
	Key        string // of the next form, so that one that is sent twice does one thing
	ShareState string // of what it came from: "", "there", "withdrawn", "gone"
	Typed      ConcernTyped
	Errors     []web.FieldError
}

// ConcernTyped is what somebody typed, where it has to be put right.
type ConcernTyped struct{ Text, What, Review, Why, More string }

// Words are those of it that would be lost where the page has no form for them.
func (t ConcernTyped) Words() string { return cmp.Or(t.Text, t.Why, t.More) }

// A ConcernAct is one thing that a lead did or noted, or that whoever raised it
// added.
type ConcernAct struct {
	Kind   string // "viewed" and "added" are notes
	At     string // RFC 3339
	Who    string // "" once their account is erased
	What   string // of decided: act or none
	Text   string
	Review string // ISO date; "" for none
	NotNow bool
	by     string // of users
}

// ConcernSharePage answers POST /concerns/{concern}/share,
// "reflections/concern-share": what the learner shared, once, for a reason.
type ConcernSharePage struct {
	web.Base
	Concern string
	Shown   Shown
	Heard   *Heard // what they said; nil for nothing
	Turns   []ConcernTurn
	NotNow  bool
}

// A ConcernTurn is what the learner or their reader sent to the other.
type ConcernTurn struct {
	Reply
	Who   string // what they are called; "" once their account is erased
	Heard *Heard // nil for nothing
}

// At is when it was sent, for the page.
func (t ConcernTurn) At() string { return people.Moment(t.Sent) }

// ToldPage is `/me/told`, "reflections/told": what a learner was told of what came
// of a concern about them, and when a lead opened something that they had shared.
type ToldPage struct {
	web.Base
	Told   []Told
	Opened []LeadOpened
	Shut   bool   // it is closed for this session, whether there is any or not
	read   string // up to which moment the learner has looked, as the database writes it
}

// LeadOpened says that a lead opened what a learner had shared.
type LeadOpened struct {
	At      string // RFC 3339
	Who     string // what the lead is called; "" once their account is erased
	Address string // of what the learner wrote; "" where it is not there any more
	at      string // as the database writes it
}

// ConcernTellPage is `/concerns/{concern}/tell`, "reflections/concern-tell": what a
// lead tells the person whom a concern is about, and then, word for word, what that
// person will read. Its form posts to the same address the fields id, text and do,
// which is check, send or change.
type ConcernTellPage struct {
	web.Base
	Concern string
	Person  string // what they are called; "" once their account is erased
	Key     string
	Text    string
	Check   bool // this is the second page
	Errors  []web.FieldError
}

// A Told is one of them.
type Told struct {
	At     string // RFC 3339
	Text   string
	NotNow bool
	at     string // as the database writes it
}
