package content

import (
	"context"
	"errors"
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
)

// ErrMoved means that the course was changed by somebody else while it was read.
var ErrMoved = errors.New("the course changed meanwhile")

// Would says what would be wrong with a course if this text of it was live: what
// breaks a learner has the level courses.Error.
func (c *Content) Would(ctx context.Context, t Text) ([]courses.Problem, error) {
	course, err := c.courseWith(ctx, t)
	if err != nil {
		return nil, err
	}
	var own []courses.Problem
	for _, p := range course.Problems {
		if p.File == t.Path || p.File == "" {
			own = append(own, p)
		}
	}
	return own, nil
}

// courseWith is a course as its folder would be read, with one text in its place.
func (c *Content) courseWith(ctx context.Context, t Text) (*courses.Course, error) {
	var files []courses.File
	var texts []struct {
		Path string `db:"path"`
		Text string `db:"text"`
	}
	db := c.app.ConcurrentDB()
	err := db.NewQuery("SELECT path, text FROM revisions WHERE course = {:course} AND state = 'live'").Bind(dbx.Params{"course": t.Course.ID}).WithContext(ctx).All(&texts)
	if err != nil {
		return nil, fmt.Errorf("read course %s: %w", t.Course.Slug, err)
	}
	former, err := c.livePath(ctx, t)
	if err != nil {
		return nil, err
	}
	for _, one := range texts {
		if one.Path != t.Path && one.Path != former {
			files = append(files, courses.File{Path: one.Path, Data: []byte(one.Text)})
		}
	}
	var media []string
	err = db.NewQuery("SELECT path FROM media WHERE course = {:course} AND gone = FALSE").Bind(dbx.Params{"course": t.Course.ID}).WithContext(ctx).Column(&media)
	if err != nil {
		return nil, fmt.Errorf("read course %s: %w", t.Course.Slug, err)
	}
	for _, path := range media {
		files = append(files, courses.File{Path: path})
	}
	files = append(files, courses.File{Path: t.Path, Data: []byte(t.Text)})
	return courses.NewFolder(t.Course.Slug, files, nil).Read(nil), nil
}

// livePath is the path under which a module is live, "" where it is not.
func (c *Content) livePath(ctx context.Context, t Text) (string, error) {
	var paths []string
	if t.Module == "" {
		return "", nil
	}
	err := c.app.ConcurrentDB().NewQuery("SELECT path FROM revisions WHERE module = {:module} AND language = {:language} AND state = 'live'").
		Bind(dbx.Params{"module": t.Module, "language": t.Course.Language}).WithContext(ctx).Column(&paths)
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return paths[0], nil
}

// Publish makes a revision live, by the way of an import: learners see it from their
// next page on and keep what they did, names are kept for life, old addresses lead
// on. It returns ErrProblems where it would break a learner. may is asked inside the
// transaction, before anything is changed; what it returns is what Publish returns.
func (c *Content) Publish(ctx context.Context, t Text, revision string, may func(tx core.App) error) error {
	course, err := c.courseWith(ctx, t)
	if err != nil {
		return err
	}
	if broken := brokenFiles(course); broken[t.Path] || broken[""] {
		return ErrProblems
	}
	return c.app.RunInTransaction(func(tx core.App) error {
		if err := may(tx); err != nil {
			return err
		}
		done := Stored{Course: t.Course.Slug}
		s := &storing{
			Content: c, ctx: ctx, tx: tx, course: course, how: How{Publish: true}, done: &done,
			broken: map[string]bool{}, live: map[string]*core.Record{},
		}
		return s.publishOne(t, revision)
	})
}

func (s *storing) publishOne(t Text, revision string) (err error) {
	if s.record, err = s.tx.FindRecordById("courses", t.Course.ID); err != nil {
		return err
	}
	if s.record.GetString("build") != t.Course.Build {
		return ErrMoved
	}
	if err := s.saveModules(); err != nil {
		return err
	}
	record, err := s.tx.FindRecordById("revisions", revision)
	if err != nil {
		return err
	}
	file := s.fileAt(t.Path)
	if module := s.modules[file.Slug]; module != nil && file.Kind == courses.FileModule {
		record.Set("module", module.Id)
	}
	before, err := s.revisionInForce(file)
	if err != nil {
		return err
	}
	if before != nil {
		record.Set("previous", before.Id)
	}
	if err := s.publish(file, record, before); err != nil {
		return err
	}
	if file.Kind == courses.FileCourse {
		s.record.Set("title", s.course.Title)
		s.record.Set("summary", s.course.Summary)
	}
	s.record.Set("build", security.PseudorandomString(15))
	return s.tx.Save(s.record)
}

// fileAt is a file of the folder as the folder was read.
func (s *storing) fileAt(path string) courses.File {
	for _, file := range s.course.Files {
		if file.Path == path {
			return file
		}
	}
	return courses.File{Path: path}
}

// Withdraw takes a live text off its course. Learners keep what they did in it.
func (c *Content) Withdraw(ctx context.Context, t Text, may func(tx core.App) error) error {
	return c.app.RunInTransaction(func(tx core.App) error {
		if err := may(tx); err != nil {
			return err
		}
		record, err := tx.FindRecordById("revisions", t.Revision)
		if err != nil {
			return err
		}
		if record.GetString("state") != live {
			return ErrMoved
		}
		record.Set("state", withdrawn)
		if err := tx.Save(record); err != nil {
			return err
		}
		course, err := tx.FindRecordById("courses", t.Course.ID)
		if err != nil {
			return err
		}
		course.Set("build", security.PseudorandomString(15))
		return tx.Save(course)
	})
}

// Before is the text that was live before the one that is, with its revision;
// ErrNoText where there is none.
func (c *Content) Before(ctx context.Context, t Text) (revision, text string, err error) {
	var rows []struct {
		ID   string `db:"id"`
		Text string `db:"text"`
	}
	err = c.app.ConcurrentDB().NewQuery(`SELECT b.id, b.text FROM revisions r JOIN revisions b ON b.id = r.previous WHERE r.id = {:id} AND b.state = 'replaced'`).
		Bind(dbx.Params{"id": t.Revision}).WithContext(ctx).All(&rows)
	if err != nil {
		return "", "", fmt.Errorf("text before %s: %w", t.Revision, err)
	}
	if len(rows) == 0 {
		return "", "", ErrNoText
	}
	return rows[0].ID, rows[0].Text, nil
}
