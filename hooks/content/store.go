package content

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"

	"alongside/courses"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"
)

// How says how a folder comes in.
type How struct {
	Origin  string // Shipped or Imported; of a course that is new
	Publish bool   // make it live; else its texts wait as drafts
	Message string // of the revisions it makes

	// Then is what else belongs to the same transaction, once the course is
	// stored under this id; nil for nothing.
	Then func(tx core.App, course string) error
}

// Stored is what an import did, as paths of the folder.
type Stored struct {
	Course    string // slug
	New       []string
	Changed   []string
	Waiting   []string // translations that would break a learner, and so wait as drafts
	Unchanged int
	Withdrawn []string // no longer in the folder, and so no longer live
}

// Store brings a folder in: each Markdown file as a revision, the rest as
// media. It is done whole or not at all. A text that is as it was makes no
// revision. With Publish every learner sees it from their next page on, and
// keeps what they did: each new revision stores where everything went. Texts
// that would break a learner are not published: Store returns ErrProblems and
// changes nothing, except for a translation, which waits as a draft alone.
//
// It is for the operator, who runs commands, and for what ships.
func (c *Content) Store(ctx context.Context, course *courses.Course, how How) (Stored, error) {
	broken := brokenFiles(course)
	if how.Publish && breaksOriginals(course, broken) {
		return Stored{}, ErrProblems
	}
	media, err := c.prepareMedia(ctx, course)
	if err != nil {
		return Stored{}, err
	}
	done := Stored{Course: course.Slug}
	err = c.app.RunInTransaction(func(tx core.App) error {
		s := &storing{Content: c, ctx: ctx, tx: tx, course: course, how: how, done: &done, broken: broken, live: map[string]*core.Record{}}
		if err := s.run(media); err != nil || how.Then == nil {
			return err
		}
		return how.Then(tx, s.record.Id)
	})
	if err != nil {
		return Stored{}, fmt.Errorf("store course %s: %w", course.Slug, err)
	}
	return done, nil
}

// brokenFiles are those with a problem that breaks a learner; "" stands for the
// folder as a whole.
func brokenFiles(course *courses.Course) map[string]bool {
	broken := make(map[string]bool)
	for _, p := range course.Problems {
		if p.Level == courses.Error {
			broken[p.File] = true
		}
	}
	return broken
}

// breaksOriginals reports whether anything but a translation is broken.
func breaksOriginals(course *courses.Course, broken map[string]bool) bool {
	left := maps.Clone(broken)
	for _, file := range course.Files {
		if file.Lang != "" && file.Lang != course.Language {
			delete(left, file.Path)
		}
	}
	return len(left) > 0
}

// storing is one import under way.
type storing struct {
	*Content
	ctx    context.Context
	tx     core.App
	course *courses.Course
	how    How
	done   *Stored
	broken map[string]bool // files that would break a learner

	record  *core.Record            // the course
	modules map[string]*core.Record // by slug
	live    map[string]*core.Record // the revision now in force for each path that this import touched
	touched bool                    // something changed that compiled modules depend on
}

func (s *storing) run(media []preparedMedia) error {
	if err := s.saveCourse(); err != nil {
		return err
	}
	if err := s.saveModules(nil); err != nil {
		return err
	}
	if err := s.saveTexts(); err != nil {
		return err
	}
	if err := s.saveMedia(media); err != nil {
		return err
	}
	if err := s.withdrawMissing(); err != nil {
		return err
	}
	if s.how.Publish && s.record.GetBool("reviewed") && len(s.done.New)+len(s.done.Changed) > 0 {
		s.record.Set("reviewed", false) // nobody here has read these
		s.touched = true
	}
	return s.renew()
}

// renew gives the course a new build where something changed that its compiled
// modules depend on.
func (s *storing) renew() error {
	if !s.touched {
		return nil
	}
	s.record.Set("build", security.PseudorandomString(15))
	return s.tx.Save(s.record)
}

func (s *storing) saveCourse() error {
	record, err := s.tx.FindFirstRecordByData("courses", "slug", s.course.Slug)
	if err != nil {
		collection, err := s.tx.FindCollectionByNameOrId("courses")
		if err != nil {
			return err
		}
		record = core.NewRecord(collection)
		record.Set("slug", s.course.Slug)
		record.Set("origin", s.how.Origin)
		record.Set("open", true)
		s.touched = true
	} else if !s.how.Publish {
		s.record = record
		return nil
	}
	record.Set("language", s.course.Language)
	if s.touched {
		record.Set("build", security.PseudorandomString(15))
	}
	s.record = record
	return s.saveCover()
}

// saveCover stores what lists say of the course.
func (s *storing) saveCover() error {
	s.record.Set("title", s.course.Title)
	s.record.Set("summary", s.course.Summary)
	return s.tx.Save(s.record)
}

// saveTexts takes originals before translations, which point at them.
func (s *storing) saveTexts() error {
	for _, original := range []bool{true, false} {
		for _, file := range s.course.Files {
			if isText(file) && (file.Lang == s.course.Language || file.Lang == "") == original {
				if err := s.saveText(file); err != nil {
					return fmt.Errorf("%s: %w", file.Path, err)
				}
			}
		}
	}
	return nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func now() types.DateTime { return types.NowDateTime() }
