package facilitation

import (
	"alongside/hooks/learning"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/web"
	"alongside/templates"
)

// HomePage is `/facilitate`, "facilitation/home": my learners and my groups.
type HomePage struct {
	web.Base
	Queue    *Queue // who needs the viewer; nil for whom nobody shares with, and on other pages of the list
	Learners []LearnerInList
	Groups   []GroupInList
	Search   string
	Page     int
	Next     int // the page after this; 0 for none
	MayAdd   bool
	MayHand  bool
	AddGroup string           // where a manager without a group adds one; ""
	Alone    int              // learners who have nobody beside them, for who may give them to somebody
	Taken    []Taken          // whom the viewer was given of late
	Covers   []people.Absence // for whom the viewer covers now
}

// A Taken is learners whom somebody was given on one day.
type Taken struct {
	First  Person
	Others int
	Since  string // ISO date
}

// A LearnerInList is one learner as somebody may see them.
type LearnerInList struct {
	Person
	Group  string
	Paused string // ISO date since when; "" while they are not
	Card   string // its state, under "learner.card."; "" for who may not know
	Now    *Now   // where they are; nil for who may not know, and where nothing was begun
}

// A Person is somebody, and how they are called.
type Person struct {
	ID       string
	Username string
	Name     string // what they want to be called; may be empty
}

// Called is what to call them.
func (p Person) Called() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Username
}

// Spoken is the language that they chose.
func (p *LearnerPage) Spoken() templates.Language { return templates.LanguageOf(p.Language) }

// Spoken is the language that a line names.
func (l ImportLine) Spoken() templates.Language { return templates.LanguageOf(l.Language) }

// Now is where somebody is.
type Now struct {
	Course       learning.Link
	Module       learning.Link // "" where only what is done may be seen
	At, Steps    int
	Done, Of     int // modules
	HasBegun     bool
	ModuleIsDone bool
	Finished     bool
}

// A GroupInList is a cohort as a row.
type GroupInList struct {
	ID       string `db:"id"`
	Name     string `db:"name"`
	Learners int    `db:"learners"`
}

// AddPage is `/facilitate/learners/new`, "facilitation/add". Its form posts to
// the same address the fields key, cohort, called, language, course and beside.
type AddPage struct {
	web.Base
	Groups   []GroupInList // to choose from, where none is chosen yet
	Group    *GroupInList  // that they will be in
	AddGroup string        // where a manager without a group adds one; ""
	Others   bool          // there are other groups
	Key      string
	Called   string
	Language string
	Courses  []CourseChoice
	Beside   []WorkerChoice
	Errors   []web.FieldError // fields called, language, course and beside
	Kept     bool             // the fields hold what was typed before an idle end
}

// A CourseChoice is a course that somebody may be put on.
type CourseChoice struct {
	learning.Link
	ID     string
	Chosen bool
}

// A WorkerChoice is somebody who may walk beside a learner.
type WorkerChoice struct {
	Person
	Role   web.Role
	Chosen bool
}

// Value is what a form says of them.
func (w WorkerChoice) Value() string { return w.ID + "." + string(w.Role) }

// LearnerPage is `/facilitate/learners/{learner}`, "facilitation/learner".
type LearnerPage struct {
	web.Base
	Person
	Language string // their choice; "" for the browser's
	Groups   []GroupOfLearner
	Beside   []Worker
	Account  bool // the viewer may see card and account, and change them
	Card     signin.CardState
	Made     string // of the card, ISO date
	Expires  string
	Used     string
	Closed   string // since when text that is kept only for them is closed; ""
	MayOpen  bool   // the viewer is another than who closed it
	Progress string // "whole", "done" or "" for none
	Courses  []CourseOfLearner
	Shared   []Waiting      // what they shared with the viewer
	Others   []CourseChoice // that they are not on
	MayRaise bool           // the viewer may raise a concern about them
	Errors   []web.FieldError
}

// A GroupOfLearner is where somebody learns.
type GroupOfLearner struct {
	Name    string
	Place   string
	Label   string // of the programme, neutral
	Since   string // ISO date
	Paused  string // ISO date; ""
	Resumes string // ISO date; ""
}

// A Worker walks beside a learner.
type Worker struct {
	Called string
	Role   web.Role
	Since  string // ISO date
}

// A CourseOfLearner is a course that a learner is on.
type CourseOfLearner struct {
	learning.Link
	Finished bool
	Paused   bool
	Done     int // modules
	Modules  []ModuleOfLearner
}

// A ModuleOfLearner is a module with what they did in it.
type ModuleOfLearner struct {
	learning.Link
	learning.Far
	ID     string
	Number int
	Last   string // ISO date of when it was last touched; ""
}

// GridPage is `/facilitate/cohorts/{cohort}`, "facilitation/grid": learners and
// modules of the courses that they are on.
type GridPage struct {
	web.Base
	ID       string
	Name     string
	Learners int
	Shown    int  // learners on this page of it
	Page     int  // which, from 1; 0 where nobody is named
	Next     int  // the page after this; 0 for none
	Named    bool // the viewer may know who is who
	Steps    bool // and how far they are in a module
	Courses  []GridCourse
	Without  []GridLearner // on no course
	MayAdd   bool
	MayEnrol bool // the viewer may put somebody here on a course
	Unused   int  // learners who have not used their card, where the viewer may make them new ones
}

// A GridCourse is the learners of a group on one course.
type GridCourse struct {
	learning.Link
	ID      string
	Modules []GridModule
	Rows    []GridRow // empty where the viewer sees counts
	On      int       // learners on it
}

// A GridModule is a column with its counts.
type GridModule struct {
	learning.Link
	ID     string
	Number int
	Done   int
	Begun  int
	Not    int
}

// A GridLearner is one learner of a group.
type GridLearner struct {
	Person
	Mine   bool // the viewer may open their page
	Paused bool
}

// A GridRow is one learner on one course.
type GridRow struct {
	GridLearner
	Finished bool // the course
	Done     int  // modules
	Cells    []GridCell
	Closed   []GridCell // those that are done, with nothing new
	Open     []GridCell // those that are under way, or have steps that were added since
}

// A GridCell is one learner in one module.
type GridCell struct {
	learning.Far
	Module  *GridModule
	Word    CellWord
	Address string // of that module on the learner's page, or of the module itself
}

// A CellWord says how far somebody is in a module, as far as the viewer may
// know. Its words are under "grid.".
type CellWord string

// The words of cells.
const (
	CellDone  CellWord = "done"
	CellNew   CellWord = "new-steps" // done, and steps were added since
	CellBegun CellWord = "steps"
	CellNot   CellWord = "not-yet"
)

// HandOverPage is `/facilitate/hand-over`, "facilitation/hand-over".
type HandOverPage struct {
	web.Base
	Caseloads []Caseload // to choose from, where none is chosen yet
	None      bool       // whoever was asked for has nobody to hand over
	From      *Caseload
	To        []WorkerChoice
	Learners  []LearnerChoice
	Check     bool // nothing is done yet: what will be
	Receiver  *WorkerChoice
	Errors    []web.FieldError // fields to and learners

	Wishes []reflections.Wish // learners who would rather have somebody else, for a manager
}

// A Caseload is the learners of one worker, by what the worker is to them, or
// those of a programme who have nobody.
type Caseload struct {
	Person
	Role      web.Role
	Programme string
	Label     string // of the programme, neutral
	Learners  int
	Mine      bool // the viewer's own
}

// A LearnerChoice is a learner in a form.
type LearnerChoice struct {
	Person
	Chosen bool
}

// ImportPage is `/facilitate/cohorts/{cohort}/import`, "facilitation/import".
type ImportPage struct {
	web.Base
	ID, Name string // of the group
	Most     int    // lines
	Courses  []CourseChoice
	Workers  []WorkerChoice // whom a line may name
	Pasted   string
	Key      string
	Lines    []ImportLine // once something was read
	New      int          // lines that will make somebody
	Wrong    int          // lines with something to put right
	Here     int          // lines of somebody who is in the group already
	Course   *learning.Link
	Seconds  int // about how long it will take
	Making
	Errors []web.FieldError // of the file as a whole, field file
}

// A Making is how far cards are that are being made.
type Making struct {
	Address  string // of the page, which looks again
	What     string // "people" for a list, "cards" for those who are there: words are under "many."
	Running  bool
	Made, Of int
	Failed   string // how it ended otherwise; ""
}

// CardsPage is `/facilitate/cohorts/{cohort}/cards`, "facilitation/cards": new
// cards for those of a group who have not used theirs.
type CardsPage struct {
	web.Base
	ID, Name string   // of the group
	Learners []Person // who get one
	Seconds  int      // about how long it will take
	Making
}

// An ImportLine is one line with what will come of it.
type ImportLine struct {
	Line     int
	Called   string
	Language string
	Beside   string // called
	Here     bool   // somebody of this name is in the group already: nothing is made
	Problems []ImportProblem
}

// An ImportProblem is what is wrong with a line. Its words are under
// "many.problem." and say what to do.
type ImportProblem struct {
	Key   string
	Other string // a line, or what stands there
}
