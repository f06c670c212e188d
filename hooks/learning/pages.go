// Package learning is taking a course: the catalogue, enrolments, steps,
// answers, progress, and what is there when something is finished.
package learning

import (
	"slices"

	"alongside/courses"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/web"
	"alongside/templates"
)

// A Link is somewhere to go, with the words that say where.
type Link struct {
	Title, Address string
	Lang           string // BCP 47, of the title: often not the page's
}

// Dir is the direction in which the title runs, "ltr" or "rtl".
func (l Link) Dir() string { return templates.Direction(l.Lang) }

// HomePage is `/`: for a guest a welcome and the way in, for a learner one
// Continue that opens the exact step.
type HomePage struct {
	web.Base
	Continue *Continue      // nil where nothing was begun
	Finished []Link         // where nothing is left to go on with: each course that they finished, and its record
	Courses  []CourseInList // the learner's own; for somebody new the open ones

	Closed   bool              // there is text of theirs that is closed now
	Reopened []signin.Reopened // who opened it lately, and with what

	News       []reflections.News // who wrote back
	HandedOver []people.HandOver  // lately
	Told       bool               // there is something about them that they have not read
	Asked      bool               // for help, and that is open
	Away       []people.Away      // who walks beside them
	Heard      bool               // something became of what they said of a course
}

// Continue is the one thing to do next.
type Continue struct {
	Course, Module Link
	Step           Link // the exact step
	Number, Count  int  // of the step in its module
	Minutes        int  // left in this module, about
	First          bool // nothing of the course was begun
}

// CourseInList is a course as a row of the catalogue.
type CourseInList struct {
	Link                 // in the learner's language where course.md is live in that
	Summary       string // in the language of the title
	Modules, Done int
	Enrolled      bool
	Reviewed      bool // false shows "not yet reviewed here"
}

// CataloguePage is `/courses`.
type CataloguePage struct {
	web.Base
	Courses []CourseInList
}

// CoursePage is `/courses/{course}`: what it is, and its modules.
type CoursePage struct {
	web.Base
	Course       CourseInList
	About        string // safe HTML
	AboutLang    string
	AboutDir     string
	Contributors []courses.Contributor
	Credits      []Credit // who worked on its texts here
	Modules      []ModuleInList
	Next         *Continue // nil where the viewer is not enrolled, or all is done
	Finished     bool
	Record       string // address of the record of completion; "" until finished
}

// ModuleInList is a module as a row, with what is done.
type ModuleInList struct {
	Link
	Number      int
	Summary     string
	Minutes     int
	Steps, Done int
	State       ModuleState
	New         int // steps that were added after it was finished
}

// ModuleState says how far a learner is in a module.
type ModuleState string

// The states of a module for one learner.
const (
	NotBegun ModuleState = "new"
	Begun    ModuleState = "begun"
	Finished ModuleState = "finished"
)

// ModulePage is `/courses/{course}/{module}`: its steps with what is done, and
// the finish page once all are.
type ModulePage struct {
	web.Base
	Course      Link
	Module      ModuleInList
	ContentLang string
	ContentDir  string
	ContentNote string
	Steps       []StepInList
	Next        *Continue // the step to go on with; nil once it is finished
	Lines       []Line    // kept lines of this module, on its finish page
	Gone        []Line    // given to what is not in the module any more, as it was
	After       *Link     // the next module, once this one is finished
	Enrolled    bool
	Thanks      string   // where they say thanks to those who wrote it, once it is finished; "" for whoever cannot
	Thanked     bool     // they did
	Credits     []Credit // who worked on it here
}

// StepInList is a step as a row.
type StepInList struct {
	Link
	Minutes int
	Done    bool
	New     bool
}

// StepPage is `/courses/{course}/{module}/{step}`: one step as one form.
type StepPage struct {
	web.Base
	Address        string // the form's action
	Course, Module Link
	ContentLang    string // of the course text
	ContentDir     string
	Title          string // of the step; of the module for its start
	Number, Count  int
	Minutes        int
	ContentNote    string // before a module's first step, when it has one
	Revision       string // the form carries it: what the learner was looking at
	Asks           bool   // there is something to answer
	Parts          []PartView
	Terms          []courses.Term // ids c-term-1, c-term-2, …
	Back           *Link          // the step before
	Last           bool           // Continue finishes the module
	Kept           bool           // the fields hold what was typed before an idle end, not saved yet
	Saved          string         // what was just saved, as a locale key under "saved."; ""
	Errors         []FieldError
	Guest          bool   // is not enrolled: nothing is kept yet
	MayAsk         bool   // a learner: somebody may be told that they are stuck here
	Say            string // where they say that something in it was not so for them; "" for whoever only looks on
	Ahead          string // where Continue leads for whoever only looks on, and saves nothing; "" where it saves
}

// A FieldError is one thing to put right in a step. It says what it is about.
type FieldError = web.FieldError

// A PartView is a part of a step with what the learner has to do with it.
type PartView struct {
	*courses.Part
	Ready    string // safe HTML of the whole part, where it reads the same for everybody; else what follows
	Inside   []PartView
	Act      *ActivityView
	Recalled *Recalled
	Help     []web.HelpNumber // of a help part
}

// Recalled is what the learner gave to an activity earlier.
type Recalled struct {
	Question string   // plain text
	From     Link     // where it was asked
	Said     []string // what they wrote or chose; empty where they have not
	Also
	Lock reflections.Lock
}

// Also is what a learner gave to a reflection besides words.
type Also struct {
	reflections.Felt
	Voice bool   // they said it
	Paper bool   // they did it on paper
	Row   string // record id of the reflection; "" where nothing is stored
}

// Says reports whether there is anything of it.
func (a Also) Says() bool { return a.Felt.Says() || a.Voice || a.Paper }

// Elsewhere is what was written from another tab or device since the page was
// opened.
type Elsewhere struct {
	Said []string
	reflections.Felt
}

// An ActivityView is an activity with its answer.
type ActivityView struct {
	*courses.Activity
	Field   string     // name of its field, or of its first
	Shown   []ItemView // in the order in which they are shown; for sort, the cards
	Groups  []ItemView // sort: the groups
	Given   bool       // there is an answer
	Tried   bool       // it was checked, so feedback shows
	Verdict courses.Verdict
	Typed   string           // practice and reflections without prompts
	Changed bool             // the question has changed since it was answered
	Was     []string         // what was chosen and is gone, as it was
	Lock    reflections.Lock // why text that is there does not show: said so, and never overwritten
	LooksOn bool             // there is no place to write, because nothing would be kept
	Seen    string           // reflection: the stamp of what the page shows as stored
	Error   *FieldError
	Before  string // scale that asks again: what they said the first time

	Also                 // reflection
	Kept      bool       // reflection: something of it is stored, so the page says who may read it
	Shared    bool       // reflection: somebody else may read something of it
	Elsewhere *Elsewhere // reflection: what was written elsewhere since; the learner chooses what to keep
}

// FeelingBoxes are the boxes for how it felt, in their order.
func (v *ActivityView) FeelingBoxes() []FeelingBox { return feelingBoxes(v.Felt) }

// A FeelingBox is one feeling word, to tick.
type FeelingBox struct {
	ID     string
	Ticked bool
}

func feelingBoxes(f reflections.Felt) []FeelingBox {
	var boxes []FeelingBox
	for _, id := range reflections.Feelings() {
		boxes = append(boxes, FeelingBox{id, slices.Contains(f.Feelings, id)})
	}
	return boxes
}

// TakesWords reports whether there is a place to write: not over text that does
// not show, except for words that just came and could not be kept.
func (v *ActivityView) TakesWords() bool { return v.Lock == reflections.Unlocked || v.Given }

// An ItemView is an item as a form control.
type ItemView struct {
	courses.Item
	Control  string // id of the control
	Field    string // name of the control
	Value    string // its value where it is chosen
	Checked  bool
	Rank     int // order: the place it was given, from 1; sort: the position of its group; 0 for none
	Typed    string
	Mark     courses.ItemMark
	Children []ItemView // scenario: what can be done next; filled once this choice was made
}

// A Line is one kept line.
type Line struct {
	Module   string
	Question string
	Lang     string // BCP 47, of both
	Said     []string
	Also
	Date string // ISO date
	Lock reflections.Lock
}

// LinesPage is `/me/lines`: every kept line on one page.
type LinesPage struct {
	web.Base
	Lines []Line
	Gone  []Line // written in modules that are not there any more
}

// RecordPage is `/me/record/{course}`: a record of completion to print.
type RecordPage struct {
	web.Base
	Course   Link
	Name     string
	Modules  []RecordedModule
	Finished string // ISO date; "" while some are open
	Lines    []Line
}

// RecordedModule is one line of a record.
type RecordedModule struct {
	Title    string
	Lang     string // BCP 47
	Finished string // ISO date; "" where it is open
}
