package people

import "alongside/hooks/web"

// MyDataPage is `/me/data`, "people/my-data": what is kept of me, who looked at
// it, and what I can do about it. Its form posts to /me/data/download the field
// secret.
type MyDataPage struct {
	web.Base
	Held   []Holding
	Acts   []ActView // about them, the newest first
	Done   []ActView // theirs about others, the newest first
	Clocks []ClockView
	Asks   string // what is asked for before a download: pin or password; "" where they have neither
	Asked  string // ISO date on which they asked to be erased; "" where they did not
	Told   bool   // somebody else asked, for them
	Holds  []HoldView
	Errors []web.FieldError // field secret
	Wait   int              // minutes until another try is looked at; 0 where it is
}

// A ClockView is how long one thing is kept.
type ClockView struct {
	Name string // its words stand under "clock."
	Days int
}

// Years is how long it is kept, where that is a number of whole years; else 0.
func (c ClockView) Years() int { return wholeYears(c.Days) }

// wholeYears is how many years so many days are; 0 where they are not whole ones.
func wholeYears(days int) int {
	if days%365 != 0 {
		return 0
	}
	return days / 365
}

// A HoldView is one hold of somebody.
type HoldView struct {
	ID    string
	Why   string // its words stand under "hold-why."; "" where it is not said now
	Who   string // what the one who placed it is called; "" for who is not here any more
	Since string // ISO date
	Until string // ISO date: on that day at the latest it is looked at again
	Late  bool   // that day has passed

	Elsewhere bool // it is not of the viewer's programmes, and nothing else of it is told
}

// EraseMePage is `/me/data/erase`, "people/erase-me": what goes, what stays and
// until when. Its form posts to the same address, or to take it back to
// /me/data/erase/back; the field secret where Proof says so.
type EraseMePage struct {
	web.Base
	Held   []Holding
	Holds  []HoldView
	Copies string // ISO date: by then it is in no copy either, if it was erased today
	Asked  bool   // they asked for it already
	Proof  bool   // somebody else may sit here, so a secret of theirs is asked for
	Asks   string // which: pin or password; "" where they have neither
	Errors []web.FieldError
	Wait   int // minutes until another try is looked at; 0 where it is
}

// ErasuresPage is `/manage/erasures`, "people/erasures". Its form posts to the
// same address the field username.
type ErasuresPage struct {
	web.Base
	Open   []OpenErasure // the oldest first
	Who    string        // as it was typed
	Errors []web.FieldError
}

// An OpenErasure is somebody who waits to be erased.
type OpenErasure struct {
	Person   string
	Username string
	Asked    string // ISO date
	Held     bool   // a hold is on record
	Theirs   bool   // they asked themselves
}

// ErasurePage is `/manage/erasures/{person}`, "people/erasure": what would go,
// and what is in the way. Its forms post to the same address the field username,
// and with /ask and /back after it nothing.
type ErasurePage struct {
	web.Base
	Address  string
	Username string
	Asked    string // ISO date; "" where nobody asked
	Theirs   bool   // they asked themselves
	MayBack  bool   // the viewer asked, and may take it back
	Begun    bool   // it was cut off after its beginning: nothing stops it any more
	Unasked  bool   // it was to be carried out, and nobody asks for it any more
	Held     []Holding
	Holds    []HoldView
	Alone    bool   // they are the last manager of something
	Beyond   bool   // only a site manager can carry it out
	Copies   string // ISO date: by then it is in no copy either, if it was erased today
	Errors   []web.FieldError
}

// HoldsPage is `/manage/holds`, "people/holds". Its form posts to the same
// address the field username.
type HoldsPage struct {
	web.Base
	Holds  []PersonOnHold // those that are to be looked at soonest first
	Who    string
	Errors []web.FieldError
}

// PersonOnHold is somebody with a hold of theirs.
type PersonOnHold struct {
	Person   string
	Username string
	HoldView
}

// PersonHoldsPage is `/manage/holds/{person}`, "people/person-holds". Its forms
// post to the same address the fields why and until, and to /{hold} below it
// nothing.
type PersonHoldsPage struct {
	web.Base
	Address  string
	Username string
	Mine     bool // the viewer's own: somebody else places and ends it
	Begun    bool // an erasure has: nothing is left to keep
	Holds    []HoldView
	Whys     []string
	Why      string
	Until    string // ISO date
	Longest  string // ISO date
	Errors   []web.FieldError
}

// RetentionPage is `/manage/retention`, "people/retention". Its form posts to
// the same address the days of each clock by name, and sure.
type RetentionPage struct {
	web.Base
	Clocks []ClockRow
	Sooner int    // rows that would go at the next run because a clock was moved down; it asks whether that is meant
	Ran    string // ISO date of the last run; "" before the first
	Gone   []Holding
	Errors []web.FieldError
}

// A ClockRow is a clock that a manager may set.
type ClockRow struct {
	Name  string
	Days  string // as it was typed
	Runs  int    // the days that it runs
	Least int
	Fixed bool
	Due   int  // rows that go at the next run
	Ours  bool // we run it; else others do, and it is only said
}

// Years is how long it runs, where that is a number of whole years; else 0.
func (c ClockRow) Years() int { return wholeYears(c.Runs) }
