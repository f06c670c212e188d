package authoring

import (
	"context"
	"fmt"
	"time"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// What became of a contribution.
const (
	CreditAsked     = "asked"
	CreditAgreed    = "agreed"
	CreditDeclined  = "declined"
	CreditWithdrawn = "withdrawn"
	CreditOver      = "over" // they agreed until a day that has passed
)

// How somebody agreed.
const (
	AgreedHere  = "here"
	OnPaper     = "paper"
	IsInvented  = "invented" // it is nobody's story
	whatIsStory = "story"
)

// How somebody is named.
const (
	NamedReal  = "real"
	NamedFirst = "first"
	NamedPen   = "pen"
	NamedNone  = "none"
)

// A Contribution is whom a part of a course is from, and what they agreed to.
type Contribution struct {
	ID           string `db:"id"`
	Course       string `db:"course"`
	Path         string `db:"path"`
	Story        string `db:"story"` // id; "" for work on the whole text
	What         string `db:"what"`
	Person       string `db:"person"` // of users; "" for nobody on this site
	AskedBy      string `db:"asked_by"`
	How          string `db:"how"`
	Paper        string `db:"paper"`
	State        string `db:"state"`
	Named        string `db:"named"`
	Name         string `db:"name"`
	Where        string `db:"where_used"` // here, shared, anywhere
	Until        string `db:"until"`
	MayEdit      bool   `db:"may_edit"`
	MayTranslate bool   `db:"may_translate"`
	Sum          string `db:"sha256"` // courses.StoryText.Sum of the words that they agreed to
	Draft        string `db:"draft"`
	Number       int    `db:"number"` // of the state of the draft in which they read it
	Agreed       string `db:"agreed"`
	Created      string `db:"created"`
}

const creditColumns = `k.id, k.course, k.path, k.story, k.what, k.person, k.asked_by, k.how, k.paper, k.state, k.named, k.name, k.where_used, k.until,
	k.may_edit, k.may_translate, k.sha256, k.draft, k.number, k.agreed, k.created`

// contributionsTo are those to the stories of a text, the newest of each story first.
func contributionsTo(ctx context.Context, db dbx.Builder, course, path string) ([]Contribution, error) {
	var all []Contribution
	err := db.NewQuery("SELECT " + creditColumns + " FROM contributions k WHERE k.course = {:course} AND k.path = {:path} AND k.what = 'story' ORDER BY k.created DESC, k.rowid DESC").
		Bind(dbx.Params{"course": course, "path": path}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("contributions to %s: %w", path, err)
	}
	return all, nil
}

// What a story still needs before it may go live, as locale keys below "credit.need.".
const (
	NeedsNothing = ""
	NeedsSaying  = "saying"   // nobody has said whose it is
	NeedsAnswer  = "answer"   // they were asked, and have not answered
	NeedsOther   = "declined" // they said no
	NeedsGone    = "gone"     // they took it back, or the time that they agreed to is over
	NeedsAnew    = "anew"     // the words are not those that they agreed to
	NeedsHeading = "heading"  // it is headed otherwise than they chose to be named
)

// A StoryCredit is a story of a text, and how it stands with its teller's consent.
type StoryCredit struct {
	courses.StoryText
	Given *Contribution // the newest; nil for none
	Need  string
	Who   string // what the person is called whose it is; "" where they are not on this site
	Mine  bool   // the viewer's own
	Soon  bool   // the last day that its teller agreed to is near
}

// storiesOf says of every story in a text how it stands. live are the stories that
// learners read now: what is already live, word for word, may stay.
func storiesOf(module *courses.Module, live *courses.Module, given []Contribution, now time.Time) []StoryCredit {
	known := map[string]string{} // sums of live stories, by id
	if live != nil {
		for _, story := range courses.Stories(live) {
			known[story.ID] = story.Sum()
		}
	}
	var all []StoryCredit
	for _, story := range courses.Stories(module) {
		one := StoryCredit{StoryText: story}
		for i := range given {
			if given[i].Story == story.ID {
				one.Given = &given[i]
				break
			}
		}
		one.Soon = one.Given != nil && one.Given.EndsSoon(now)
		one.Need = need(story, one.Given, known[story.ID] == story.Sum(), now)
		all = append(all, one)
	}
	return all
}

// need is the rule: nothing that tells somebody's story goes live without them.
func need(story courses.StoryText, given *Contribution, isLive bool, now time.Time) string {
	switch {
	case given == nil && isLive:
		return NeedsNothing
	case given == nil:
		return NeedsSaying
	case given.State == CreditAsked:
		return NeedsAnswer
	case given.State == CreditDeclined:
		return NeedsOther
	case given.State != CreditAgreed || given.Until != "" && given.Until <= stamp(now):
		return NeedsGone
	case given.How == IsInvented:
		return NeedsNothing
	case given.Sum != story.Sum() && !given.MayEdit:
		return NeedsAnew
	case !given.isHeading(story.Label):
		return NeedsHeading
	default:
		return NeedsNothing
	}
}

// isHeading reports whether a story is headed as its teller chose to be named.
func (c *Contribution) isHeading(label string) bool {
	if c.Named == NamedNone {
		return label == ""
	}
	return label == c.Name
}

// storiesIn reads how the stories of a text stand. db may be a transaction, which
// asks once more before the text goes live.
func (a *Authoring) storiesIn(ctx context.Context, db dbx.Builder, p Place, text string) ([]StoryCredit, error) {
	if p.Text("").Kind != string(courses.FileModule) {
		return nil, nil
	}
	given, err := contributionsTo(ctx, db, p.Course.ID, p.Text("").Path)
	if err != nil {
		return nil, err
	}
	var live *courses.Module
	if p.Live.Revision != "" {
		live = compiled(p, p.Live.Text)
	}
	return storiesOf(compiled(p, text), live, given, a.now()), nil
}

func compiled(p Place, text string) *courses.Module { return courses.Compile(sourceOf(p.Text(text))) }

// storyGate is a gate of going live: what each story of a text still needs; empty
// where nothing stands in the way.
func (a *Authoring) storyGate(ctx context.Context, db dbx.Builder, p Place, text string) ([]StoryCredit, error) {
	all, err := a.storiesIn(ctx, db, p, text)
	var held []StoryCredit
	for _, story := range all {
		if story.Need != NeedsNothing {
			held = append(held, story)
		}
	}
	return held, err
}
