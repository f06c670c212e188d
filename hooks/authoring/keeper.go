package authoring

import (
	"context"
	"fmt"
	"strconv"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Keeper is this room's part of what is kept of people: what they write, what they
// said of others' texts, and what they gave.
type Keeper struct{ *Authoring }

// Keeper is this room's.
func (a *Authoring) Keeper() *Keeper { return &Keeper{a} }

// Kinds of things that this room keeps.
const (
	kindTexts  = "texts"
	kindTalk   = "text-talk"
	kindCredit = "text-credit"
	kindPaid   = "paid-work"
	kindMedia  = "course-media"

	kindRemarks = "remarks"
	kindThanks  = "thanks"
)

// Held counts them.
func (k *Keeper) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n struct {
		Texts  int `db:"texts"`
		Talk   int `db:"talk"`
		Credit int `db:"credit"`
		Paid   int `db:"paid"`

		Remarks int `db:"remarks"`
		Thanks  int `db:"thanks"`
	}
	err := k.app.ConcurrentDB().NewQuery(`SELECT
		(SELECT COUNT(*) FROM drafts d WHERE d.owner = {:person} OR EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id AND s.by = {:person})) AS texts,
		(SELECT COUNT(*) FROM comments WHERE by = {:person}) + (SELECT COUNT(*) FROM suggestions WHERE by = {:person}) + (SELECT COUNT(*) FROM reviews WHERE by = {:person}) AS talk,
		(SELECT COUNT(*) FROM contributions WHERE person = {:person}) AS credit,
		(SELECT COUNT(*) FROM offers WHERE person = {:person}) AS paid,
		(SELECT COUNT(*) FROM remarks WHERE learner = {:person}) AS remarks,
		(SELECT COUNT(*) FROM thanks WHERE learner = {:person}) AS thanks`).Bind(dbx.Params{"person": person}).WithContext(ctx).One(&n)
	if err != nil {
		return nil, fmt.Errorf("count what is written for courses: %w", err)
	}
	media, err := k.content.PutIn(ctx, k.app.ConcurrentDB(), person)
	if err != nil {
		return nil, err
	}
	return []people.Holding{
		{Kind: kindTexts, Count: n.Texts},
		{Kind: kindTalk, Count: n.Talk},
		{Kind: kindCredit, Count: n.Credit},
		{Kind: kindPaid, Count: n.Paid},
		{Kind: kindMedia, Count: len(media)},
		{Kind: kindRemarks, Count: n.Remarks},
		{Kind: kindThanks, Count: n.Thanks},
	}, nil
}

// Tell gives the newest text of what they write, what they said, and what they agreed
// to.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
	for _, part := range []func(context.Context, people.Telling) error{k.tellTexts, k.tellTalk, k.tellCredit, k.tellOffers, k.tellMedia, k.tellRemarks, k.tellThanks} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellTexts(ctx context.Context, t people.Telling) error {
	type row struct {
		Title   string `db:"title"`
		Lang    string `db:"language"`
		Text    string `db:"text"`
		Created string `db:"created"`
	}
	return people.Each(ctx, k.app, t.Viewer.ID,
		`SELECT d.id FROM drafts d WHERE d.owner = {:person} OR EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id AND s.by = {:person}) ORDER BY d.created, d.id`,
		`SELECT d.title, d.language, d.created, COALESCE((SELECT s.text FROM draft_states s WHERE s.draft = d.id AND s.by = {:person} ORDER BY s.number DESC LIMIT 1), '') AS text
			FROM json_each({:ids}) j JOIN drafts d ON d.id = j.value ORDER BY j.key`,
		func(r row) error {
			return t.Item(people.Item{Kind: kindTexts, At: people.Moment(r.Created), Fields: []people.Field{
				{Name: "title", Text: r.Title, Lang: r.Lang}, {Name: "said", Text: r.Text, Lang: r.Lang},
			}})
		})
}

func (k *Keeper) tellTalk(ctx context.Context, t people.Telling) error {
	type row struct {
		Text    string `db:"text"`
		Why     string `db:"why"`
		Created string `db:"created"`
	}
	tell := func(r row) error {
		var said []string
		for _, text := range []string{r.Text, r.Why} {
			if text != "" {
				said = append(said, text)
			}
		}
		return t.Item(people.Item{Kind: kindTalk, At: people.Moment(r.Created), Fields: []people.Field{{Name: "said", List: said}}})
	}
	for table, columns := range map[string]string{"comments": "x.text, '' AS why", "suggestions": "x.text, x.why", "reviews": "x.kind AS text, x.why"} {
		err := people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM "+table+" WHERE by = {:person} ORDER BY created, id",
			"SELECT "+columns+", x.created FROM json_each({:ids}) j JOIN "+table+" x ON x.id = j.value ORDER BY j.key", tell)
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellCredit(ctx context.Context, t people.Telling) error {
	type row struct {
		Name    string `db:"name"`
		State   string `db:"state"`
		Until   string `db:"until"`
		Title   string `db:"title"`
		Lang    string `db:"language"`
		Created string `db:"created"`
	}
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM contributions WHERE person = {:person} ORDER BY created, id",
		`SELECT x.name, x.state, x.until, c.title, c.language, x.created FROM json_each({:ids}) j JOIN contributions x ON x.id = j.value JOIN courses c ON c.id = x.course ORDER BY j.key`,
		func(r row) error {
			return t.Item(people.Item{Kind: kindCredit, At: people.Moment(r.Created), Fields: []people.Field{
				{Name: "title", Text: r.Title, Lang: r.Lang},
				{Name: "name", Text: r.Name},
				{Name: "state", Text: r.State, Words: "kept-credit." + r.State},
				{Name: "until", At: people.Moment(r.Until)},
			}})
		})
}

func (k *Keeper) tellOffers(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, "SELECT id FROM offers WHERE person = {:person} ORDER BY created, id",
		`SELECT x.task, x.minutes, x.amount, x.currency, x.state, x.paid, c.title AS course_title, c.language AS course_lang, x.created
			FROM json_each({:ids}) j JOIN offers x ON x.id = j.value JOIN courses c ON c.id = x.course ORDER BY j.key`,
		func(o Offer) error {
			return t.Item(people.Item{Kind: kindPaid, At: people.Moment(o.Created), Fields: []people.Field{
				{Name: "title", Text: o.CourseTitle, Lang: o.CourseLang},
				{Name: "task", Text: o.Task},
				{Name: "minutes", Text: strconv.Itoa(o.Minutes)},
				{Name: "amount", Text: o.Money()},
				{Name: "state", Text: o.State, Words: "kept-offer." + o.State},
				{Name: "paid", At: people.Moment(o.Paid)},
			}})
		})
}

// ownAlone are the drafts that somebody owns and nobody else has seen or written on.
const ownAlone = `SELECT d.id FROM drafts d WHERE d.owner = {:person} AND d.state IN ('open', 'dropped') AND d.revision = ''
	AND NOT EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id AND s.by NOT IN ('', {:person}))`

// Erase takes their stories back out of every text, deletes what they began and nobody
// else has seen, and takes their name off the rest: what went live, and what was said
// of others' texts, is part of those texts. Of work that was paid the amount and the
// day stay, as of any money, and not whose it was or what.
func (k *Keeper) Erase(tx core.App, person string, most int) (int, error) {
	stories, err := k.takeStories(tx, person, most)
	if err != nil || stories >= most {
		return stories, err
	}
	statements := []string{
		"DELETE FROM revisions WHERE id IN (SELECT r.id FROM revisions r WHERE r.published = '' AND r.id IN (SELECT s.revision FROM draft_states s WHERE s.revision != '' AND s.draft IN (" + ownAlone + ")) LIMIT {:most})",
		"DELETE FROM draft_states WHERE id IN (SELECT id FROM draft_states WHERE draft IN (" + ownAlone + ") LIMIT {:most})",
		"DELETE FROM drafts WHERE id IN (" + ownAlone + " AND NOT EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id) LIMIT {:most})",
		"DELETE FROM remarks WHERE id IN (SELECT id FROM remarks WHERE learner = {:person} LIMIT {:most})",
		"DELETE FROM thanks WHERE id IN (SELECT id FROM thanks WHERE learner = {:person} LIMIT {:most})",
		"DELETE FROM writers WHERE id IN (SELECT id FROM writers WHERE person = {:person} LIMIT {:most})",
		"DELETE FROM contributions WHERE id IN (SELECT id FROM contributions WHERE person = {:person} LIMIT {:most})",
		"DELETE FROM offers WHERE id IN (SELECT id FROM offers WHERE person = {:person} AND state != 'paid' LIMIT {:most})",
		"UPDATE offers SET person = '', task = '', title = '', path = '' WHERE id IN (SELECT id FROM offers WHERE person = {:person} LIMIT {:most})",
	}
	for table, columns := range map[string][]string{
		"drafts": {"owner", "goes_live_by"}, "draft_states": {"by"}, "review_asks": {"by", "taken_by"}, "comments": {"by", "settled_by"},
		"suggestions": {"by", "decided_by"}, "reviews": {"by", "answered_by", "lifted_by", "carried_by"}, "contributions": {"asked_by"}, "offers": {"offered_by"}, "remarks": {"answered_by"},
	} {
		for _, column := range columns {
			statements = append(statements, "UPDATE "+table+" SET "+column+" = '' WHERE id IN (SELECT id FROM "+table+" WHERE "+column+" = {:person} LIMIT {:most})")
		}
	}
	rest, err := people.Remove(tx, dbx.Params{"person": person}, most-stories, statements...)
	if err != nil || stories+rest >= most {
		return stories + rest, err
	}
	media, err := k.eraseMedia(tx, person, most-stories-rest)
	if err != nil || stories+rest+media >= most {
		return stories + rest + media, err
	}
	names, err := k.content.TakeNameOff(tx, person, most-stories-rest-media)
	return stories + rest + media + names, err
}

// takeStories takes back what somebody agreed that is told of them.
func (k *Keeper) takeStories(tx core.App, person string, most int) (int, error) {
	var all []Contribution
	err := tx.DB().NewQuery("SELECT " + creditColumns + " FROM contributions k WHERE k.person = {:person} AND k.what = 'story' AND k.state IN ('asked', 'agreed') LIMIT {:most}").
		Bind(dbx.Params{"person": person, "most": most}).All(&all)
	if err != nil {
		return 0, fmt.Errorf("stories of somebody who is erased: %w", err)
	}
	for i, one := range all {
		if err := k.takenBack().add(one.Course, one.Path, one.Story, k.now()); err != nil {
			return i, err
		}
		o := content.Forgotten{Course: one.Course, Path: one.Path, Story: one.Story, At: stamp(k.now())}
		if err := k.forget(context.Background(), tx, o); err != nil {
			return i, err
		}
		if _, err := people.Remove(tx, dbx.Params{"id": one.ID}, 1, "DELETE FROM contributions WHERE id = {:id} AND {:most} > 0"); err != nil {
			return i, err
		}
		k.content.Renew()
	}
	return len(all), nil
}

// offersOver are offers of which nothing is still to come.
const offersOver = `SELECT id FROM offers WHERE state NOT IN ('accepted', 'done') AND MAX(created, decided, paid) < {:before} AND person NOT IN (` + audit.OnHold + `)`

// Clocks has that of texts that were put away, that of what was typed on the way to a
// text that is live, that of pictures and recordings that no text shows, and that of paid work: as long as others may ask what was paid to
// whom.
func (k *Keeper) Clocks() []people.Clock {
	paid := people.NewClock(k.app, people.Clock{Name: "paid-work", Days: 6 * 365, Least: 366}, offersOver,
		"DELETE FROM offers WHERE id IN ("+offersOver+" LIMIT {:most})")
	return []people.Clock{k.away(), paid, k.typed(), k.unused()}
}
