package content

import (
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// publish puts a revision in force. The one before is replaced, and the new
// one keeps where each of its activities, positions and blocks went.
func (s *storing) publish(file courses.File, record, before *core.Record) error {
	if before != nil {
		maps, err := s.mapFrom(file, before)
		if err != nil {
			return err
		}
		record.Set("maps", maps)
		if before.GetString("state") == live {
			before.Set("state", replaced)
			if err := s.tx.Save(before); err != nil {
				return fmt.Errorf("replace revision %s: %w", before.Id, err)
			}
		}
	}
	if file.Kind != courses.FileModule {
		s.touched = true
	}
	record.Set("state", live)
	record.Set("published", now())
	s.live[file.Path] = record
	return s.tx.Save(record)
}

// mapFrom compares a module's text with the one before it. Translations need no
// map: they share the positions of what they were made from.
func (s *storing) mapFrom(file courses.File, before *core.Record) (any, error) {
	if file.Kind != courses.FileModule || s.source(file) != "" {
		return nil, nil
	}
	now := courses.Compile(courses.Source{
		Path: file.Path, Slug: file.Slug, Lang: file.Lang, Text: file.Data, HashesInFences: s.course.HashesInFences,
	})
	old := courses.Compile(courses.Source{
		Path: before.GetString("path"), Slug: file.Slug, Lang: before.GetString("language"),
		Text: []byte(before.GetString("text")), HashesInFences: before.GetBool("hashes"),
	})
	return courses.Compare(old, now), nil
}

// withdrawMissing ends what the folder no longer holds. Learners keep what they
// did in it.
func (s *storing) withdrawMissing() error {
	if !s.how.Publish {
		return nil
	}
	rows, err := s.tx.FindRecordsByFilter("revisions", "course = {:course} && state = 'live'", "path", 0, 0, dbx.Params{"course": s.record.Id})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if s.live[row.GetString("path")] != nil {
			continue
		}
		row.Set("state", withdrawn)
		if err := s.tx.Save(row); err != nil {
			return err
		}
		s.touched = true
		s.done.Withdrawn = append(s.done.Withdrawn, row.GetString("path"))
	}
	return nil
}
