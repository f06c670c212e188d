// Package courses is the course format: Markdown in, a Course out.
//
// It is pure Go. It knows no server, no database and no word that a person
// reads on a screen: a step compiles to a list of parts, a problem is a code
// with values, and package templates gives both their words. The format itself
// is described, block by block, in docs/format.md; the examples there are this
// package's tests.
package courses

// Limits that hold for every text, checked before it is parsed: goldmark takes
// quadratic time on nested quotes, so length and nesting are bounded first.
const (
	MaxFileBytes = 256 << 10 // one Markdown file
	MaxNesting   = 32        // levels of quotes, lists and blocks together
)

// StepStart is the id of the step made of what stands before the first `##`.
// No author may use it.
const StepStart = "start"

// StepKeep is the id of the step whose reflections are a learner's kept lines:
// what they chose to take away, shown together on one page.
const StepKeep = "keep"

// A Course is one folder, read.
type Course struct {
	Slug         string // the folder's name as a slug: "walking-alongside"
	Title        string
	Summary      string
	Language     string // BCP 47, "en" where the folder names none
	Contributors []Contributor
	About        string    // safe HTML: the body of course.md, or of a foreign index
	Modules      []*Module // in the course's own language, in order
	Glossary     []Term
	// HashesInFences says that the folder is a Carpentries lesson: its modules
	// are compiled with the same field of Source.
	HashesInFences bool
	ReadingGrade   int       // the Flesch-Kincaid grade that its English aims for
	Files          []File    // every file of the folder, by path, byte for byte
	Problems       []Problem // of the whole folder, modules included, by file and line
}

// A Contributor is somebody credited in course.md, as they chose to be.
type Contributor struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"`
}

// A File is one file of a course folder, exactly as it came.
type File struct {
	Path string // slash-separated, relative to the folder
	Data []byte
	Kind FileKind
	Lang string // BCP 47; only for modules, glossaries and other Markdown
	Slug string // only for modules and their translations: the module's slug
}

// FileKind says what a file is to a course.
type FileKind string

// The kinds of file. Whatever is none of the first four is kept for export only.
const (
	FileCourse   FileKind = "course"   // course.md, or the foreign file that played its part
	FileModule   FileKind = "module"   // a module or a translation of one
	FileGlossary FileKind = "glossary" // glossary.md
	FileMedia    FileKind = "media"    // a picture, recording or transcript that a text refers to
	FileOther    FileKind = "other"
)

// A Module is one Markdown file, compiled.
type Module struct {
	Path         string
	Slug         string
	Lang         string
	Title        string // plain text
	Summary      string // plain text
	Minutes      int    // as the author says, else derived from words and activities; what the steps add up to
	ContentNote  string // plain text: what in here may be hard to read
	Waivers      []Waiver
	Steps        []*Step
	Words        int
	Problems     []Problem
	Translations map[string]*Module // by language; nil where there are none
}

// A Waiver is an author's word that a check does not apply, from the front
// matter's list `waive`. It quiets advice; it never lifts an Error.
type Waiver struct {
	Check string // the code of the problem that is waived
	At    string // the id of a step, activity or story; "" for the whole module
	Why   string
}

// A Step is one page: a top-level `##` section, or the text before the first.
type Step struct {
	ID         string
	Title      string // plain text; "" for start
	Line       int    // where it begins in the file, from 1
	Parts      []Part
	Activities []*Activity // all of the step, those inside notes and stories too, in order
	// Terms are the glossary words of this step, in the order of their first
	// occurrence in its prose. There, the n-th (from 1) is marked as
	// <a class="term" href="#c-term-n">; the page lists the meanings at its foot,
	// under the ids that TermID(n) gives.
	Terms   []Term
	Words   int
	Minutes int // at least 1
}

// A Kind names a part of a step. The names are the format's own.
type Kind string

// The kinds of part. The second group are activities.
const (
	Prose   Kind = "prose"
	Note    Kind = "note"
	Tip     Kind = "tip"
	Warning Kind = "warning"
	Story   Kind = "story"
	Help    Kind = "help"
	Audio   Kind = "audio"
	Video   Kind = "video"
	Figure  Kind = "figure"
	Recall  Kind = "recall"

	Withdrawn Kind = "withdrawn" // where a story stood that its teller took back

	Box Kind = "box" // a foreign block that means nothing here: shown, with its name

	Question   Kind = "question"
	Order      Kind = "order"
	Sort       Kind = "sort"
	Blanks     Kind = "blanks"
	Checklist  Kind = "checklist"
	Scenario   Kind = "scenario"
	Practice   Kind = "practice"
	Reflection Kind = "reflection"
	Scale      Kind = "scale"
)

// A Part is one block of a step: prose as HTML, or a block as data. Each
// top-level Markdown block (a paragraph, a list, a table, a heading) is a part
// of its own, so that what hangs on an address hangs on little.
type Part struct {
	At    string // its address in the revision: "look-back/3", inside a story "look-back/3/1"
	Kind  Kind
	Line  int
	Text  string // plain text of the whole part, for maps between revisions
	HTML  string // prose: safe HTML
	Label string // safe inline HTML: the [label] of a block, the name of a box
	ID    string // of a story, or of one that was taken back

	Parts    []Part    // inside note, tip, warning, story, box
	Activity *Activity // of the nine activity kinds
	Media    *Media    // of audio, video, figure
	Of       Ref       // of recall
	Help     string    // of help: the kind of help, "crisis"
}

// Media is a picture or a recording. Addresses have been through Source.Resolve.
type Media struct {
	Path       string // as the author wrote it, for export and reports
	Src        string
	Alt        string // plain text: of a figure
	Caption    string // plain text: a figure's title
	Transcript string // address; "" where there is none
	Words      string // path of the transcript as the author wrote it
	Said       string // safe HTML: what is said in it, where the caller has put the transcript's text
	Missing    bool   // the file is not in the folder
}

// A Ref names an activity, in this module where Module is empty.
type Ref struct{ Module, Activity string }

// An Activity is something a learner does inside a step.
//
// Every list item and every gap of it has a position: its place in the source,
// counted from 1 in document order, nested ones too. Answers and the maps
// between revisions speak of positions only.
type Activity struct {
	ID     string
	Kind   Kind
	At     string // its part's address
	Step   string // the id of the step it stands in
	Line   int
	Label  string   // safe inline HTML; the question, where there is one
	Prompt string   // safe HTML: the question where there is no label, else help under it
	Text   string   // plain text of what is asked, label or prompt, for lists and titles
	Items  []Item   // in document order; Items[i].Position == i+1
	Pieces []string // blanks: safe HTML around the gaps, always one more than there are gaps
	Again  string   // scale: the id of the scale in this module that it asks again
	Many   bool     // question: choose all that are right, not one
	Marked bool     // question, order, sort, blanks: something in it is right
}

// An Item is one list item or gap of an activity: a choice, a card, a group, a
// point, a prompt, a gap.
type Item struct {
	Position int
	Parent   int    // the item it is nested under; 0 at the top
	HTML     string // safe inline HTML
	Text     string // plain text
	Feedback string // safe HTML of the quote under it; "" where there is none
	Right    bool
	Accept   []string // of a gap: the words that fit, as the author wrote them
}

// A Term is a word that the glossary explains.
type Term struct {
	Word    string // plain text
	Meaning string // safe inline HTML
}

// Level says how bad a problem is.
type Level string

// Only an Error breaks a learner and blocks publishing.
const (
	Error  Level = "error"
	Warn   Level = "warning"
	Notice Level = "notice"
)

// A Problem is something wrong with a text, as a code with values. Its words
// are in templates/locales under "problem.<code>" and "problem.<code>.do".
type Problem struct {
	File   string
	Line   int // from 1; 0 where it is the whole file
	Level  Level
	Code   string
	Values map[string]string // what the words need: "name", "id", "max"
}

// A Source is one Markdown file to compile, with what the rest of the folder
// means to it.
type Source struct {
	Path  string
	Slug  string
	Lang  string
	Text  []byte
	Terms []Term // the glossary in its language
	// HashesInFences says that a `##` inside a block is content and starts no
	// step, as in the lessons of The Carpentries.
	HashesInFences bool
	Of             *Module // the module it translates, whose ids it takes by place; nil for an original
	// Resolve turns a link or picture of the text into an address of the site
	// that shows it. Relative links go through it and nothing else. ok is false
	// where nothing is there: the link is dropped with a problem, its text stays.
	// A link to a place in another step of this module comes as this file's name,
	// #, and that place's id. nil leaves every address as it is.
	Resolve func(dest string) (address string, ok bool)
}

// An Answer is what a learner gave to one activity. Chosen and Placed are
// positions, and mean something only together with the revision they were given
// to; Typed is private and is never stored in the open.
type Answer struct {
	Chosen []int          `json:"chosen,omitempty"` // question, checklist, scale, scenario: in the order chosen; order: in the order put
	Placed map[int]int    `json:"placed,omitempty"` // sort: card → group
	Typed  map[int]string `json:"-"`                // blanks: by gap; reflection: by prompt, 0 where it has none; practice: 0
}

// A Mark is what can be said about an answer. It is feedback, never a score.
type Mark struct {
	Given   bool    // something was answered
	Whole   bool    // everything that was asked has an answer
	Verdict Verdict // of the whole activity
	Items   map[int]ItemMark
}

// An ItemMark is what can be said about one item of an answered activity.
type ItemMark struct {
	Chosen   bool
	Verdict  Verdict
	Feedback string // safe HTML, only of what the learner chose
}

// A Verdict says whether something fits. Neither is the answer for activities
// in which nothing is right or wrong.
type Verdict string

// The verdicts.
const (
	Neither Verdict = ""
	Fits    Verdict = "fits"
	NotYet  Verdict = "not-yet"
)

// A Map says where the ids, blocks and positions of one revision went in the
// next. The zero value of an entry means that it is gone.
type Map struct {
	Steps      map[string]string      `json:"steps,omitempty"`      // old step id → new
	Activities map[string]ActivityMap `json:"activities,omitempty"` // by old id
	Blocks     map[string]string      `json:"blocks,omitempty"`     // old address → new
}

// An ActivityMap says where an activity and each of its positions went.
type ActivityMap struct {
	To        string `json:"to,omitempty"`        // its id now; "" where it is gone
	Changed   bool   `json:"changed,omitempty"`   // what it asks reads differently
	Positions []int  `json:"positions,omitempty"` // [old position - 1] = new position, 0 where it is gone
	Reworded  []int  `json:"reworded,omitempty"`  // old positions, not gone, whose words are others now
	Prompted  bool   `json:"prompted,omitempty"`  // a reflection that took one text and now takes one a prompt
}
