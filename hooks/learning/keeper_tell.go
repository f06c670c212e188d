package learning

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"alongside/hooks/people"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

// Tell gives courses first, then how far, then answers in words.
func (k *Keeper) Tell(ctx context.Context, t people.Telling) error {
	for _, part := range []func(context.Context, people.Telling) error{k.tellCourses, k.tellModules, k.tellAnswers, k.tellEarlier} {
		if err := part(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) tellCourses(ctx context.Context, t people.Telling) error {
	var rows []struct {
		Title    string `db:"title"`
		Language string `db:"language"`
		State    string `db:"state"`
		Created  string `db:"created"`
		Finished string `db:"finished"`
	}
	err := k.app.ConcurrentDB().NewQuery(`SELECT c.title, c.language, e.state, e.created, e.finished
		FROM enrolments e JOIN courses c ON c.id = e.course WHERE e.user = {:person} ORDER BY e.created, e.id LIMIT 1000`).
		Bind(dbx.Params{"person": t.Viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("tell courses: %w", err)
	}
	for _, row := range rows {
		err := t.Item(people.Item{Kind: kindCourses, At: people.Moment(row.Created), Fields: []people.Field{
			{Name: "course", Text: row.Title, Lang: row.Language},
			{Name: "state", Text: row.State, Words: "kept-course." + row.State},
			{Name: "finished", At: people.Moment(row.Finished)},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

type moduleToTell struct {
	Revision  string `db:"revision"`
	Done      string `db:"done"`
	Completed string `db:"completed"`
	Created   string `db:"created"`
	Updated   string `db:"updated"`
}

const modulesToTellSQL = `SELECT p.revision, p.done, p.completed, p.created, p.updated
	FROM json_each({:ids}) j JOIN progress p ON p.id = j.value ORDER BY j.key`

func (k *Keeper) tellModules(ctx context.Context, t people.Telling) error {
	return people.Each(ctx, k.app, t.Viewer.ID, progressOfPersonSQL+" ORDER BY p.created, p.id", modulesToTellSQL,
		func(row moduleToTell) error {
			outline, err := k.content.Outline(ctx, row.Revision)
			if err != nil {
				return err
			}
			var done []string
			if err := json.Unmarshal([]byte(row.Done), &done); err != nil {
				return fmt.Errorf("steps done in %s: %w", outline.Title, err)
			}
			return t.Item(people.Item{Kind: kindModules, At: people.Moment(row.Created), Fields: []people.Field{
				{Name: "module", Text: outline.Title, Lang: outline.Lang},
				{Name: "steps-done", Text: strconv.Itoa(len(done))},
				{Name: "finished", At: people.Moment(row.Completed)},
				{Name: "changed", At: people.Moment(row.Updated)},
			}})
		})
}

// answerToTell is a row of `answers`, or one of the history with the row of
// `answers` that it was sealed for.
type answerToTell struct {
	Row       string `db:"row"`
	Activity  string `db:"activity"`
	Revision  string `db:"revision"`
	Positions string `db:"positions"`
	Sealed    string `db:"sealed"`
	Tries     int    `db:"tries"`
	At        string `db:"at"`
}

// Answers stand in the order of the course: by module, and there as they were
// begun.
const (
	answersInOrderSQL = `SELECT a.id FROM enrolments e JOIN answers a ON a.enrolment = e.id LEFT JOIN modules m ON m.id = a.module
		WHERE e.user = {:person} ORDER BY e.created, e.id, m.position, a.module, a.created, a.id`
	answersToTellSQL = `SELECT a.id AS row, a.activity, a.revision, a.positions, a.sealed, a.tries, a.updated AS at
		FROM json_each({:ids}) j JOIN answers a ON a.id = j.value ORDER BY j.key`
	earlierToTellSQL = `SELECT a.id AS row, a.activity, h.revision, h.positions, h.sealed, 0 AS tries, h.created AS at
		FROM json_each({:ids}) j JOIN answer_history h ON h.id = j.value JOIN answers a ON a.id = h.answer ORDER BY j.key`
)

func (k *Keeper) tellAnswers(ctx context.Context, t people.Telling) error {
	return k.tellEach(ctx, t, kindAnswers, answersInOrderSQL, answersToTellSQL)
}

func (k *Keeper) tellEarlier(ctx context.Context, t people.Telling) error {
	return k.tellEach(ctx, t, kindEarlier, earlierOfPersonSQL+" ORDER BY h.created, h.id", earlierToTellSQL)
}

func (k *Keeper) tellEach(ctx context.Context, t people.Telling, kind, ids, rows string) error {
	return people.Each(ctx, k.app, t.Viewer.ID, ids, rows,
		func(row answerToTell) error {
			fields, err := k.answerFields(ctx, t, row)
			if err != nil {
				return fmt.Errorf("tell answer %s: %w", row.Row, err)
			}
			return t.Item(people.Item{Kind: kind, At: people.Moment(row.At), Fields: fields})
		})
}

// answerFields is an answer in words: the question as it read then, and what was
// chosen, placed and typed.
func (k *Keeper) answerFields(ctx context.Context, t people.Telling, row answerToTell) ([]people.Field, error) {
	outline, asked, err := k.content.Asked(ctx, row.Revision, row.Activity)
	if err != nil {
		return nil, err
	}
	g := given{}
	if row.Positions != "" {
		if err := json.Unmarshal([]byte(row.Positions), &g.answer); err != nil {
			return nil, err
		}
	}
	if row.Sealed != "" {
		var words reflections.Words
		words, g.lock, err = reflections.OpenWords(k.app, k.vault, t.Viewer, answerPlace(row.Row), row.Sealed)
		if err != nil {
			return nil, err
		}
		g.answer.Typed, g.kept = words.Typed, words.Kept
	}
	fields := []people.Field{
		{Name: "module", Text: outline.Title, Lang: outline.Lang},
		{Name: "question", Text: asked.Text, Lang: outline.Lang},
		{Name: "said", List: append(slices.Clone(said(asked, g.answer)), g.kept...), Closed: g.isLocked()},
	}
	if row.Tries > 0 {
		fields = append(fields, people.Field{Name: "tries", Text: strconv.Itoa(row.Tries)})
	}
	return fields, nil
}
