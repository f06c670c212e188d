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
	if file.Kind == courses.FileModule {
		if err := s.outline(file, record, before); err != nil {
			return err
		}
	} else {
		s.touched = true
	}
	if before != nil && before.GetString("state") == live {
		before.Set("state", replaced)
		if err := s.tx.Save(before); err != nil {
			return fmt.Errorf("replace revision %s: %w", before.Id, err)
		}
	}
	record.Set("state", live)
	record.Set("published", now())
	s.live[file.Path] = record
	return s.tx.Save(record)
}

// outline stores what lists need of a module, and where everything of its text
// before went. Translations need no map: they share names and positions with
// what they were made from.
func (s *storing) outline(file courses.File, record, before *core.Record) error {
	module := s.moduleOf(file)
	o := outlineOf(module)
	if source := s.source(file); source != nil {
		of, err := parseOutline(source.GetString("outline"))
		if err != nil {
			return err
		}
		if of != nil {
			o.Names, o.Used = of.Names, of.Used
		}
		record.Set("outline", o)
		return nil
	}
	var maps courses.Map
	var last *Outline
	if before != nil {
		var err error
		if last, err = parseOutline(before.GetString("outline")); err != nil {
			return err
		}
		maps = courses.Compare(compiledRecord(before), module)
		record.Set("maps", maps)
	}
	if last == nil {
		last, maps.Activities = &Outline{}, nil
	}
	o.nameActivities(module, last, maps)
	record.Set("outline", o)
	return nil
}

// moduleOf is a file of the folder as the folder was read.
func (s *storing) moduleOf(file courses.File) *courses.Module {
	for _, module := range s.course.Modules {
		if module.Path == file.Path {
			return module
		}
		if translation := module.Translations[file.Lang]; translation != nil && translation.Path == file.Path {
			return translation
		}
	}
	return &courses.Module{Path: file.Path, Slug: file.Slug, Lang: file.Lang}
}

// compiledRecord is the text of an original, compiled for its structure.
func compiledRecord(row *core.Record) *courses.Module {
	return courses.Compile(courses.Source{
		Path: row.GetString("path"), Lang: row.GetString("language"), Text: []byte(row.GetString("text")), HashesInFences: row.GetBool("hashes"),
	})
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
		if err := s.withdraw(row); err != nil {
			return err
		}
	}
	return nil
}

// withdraw ends a live revision, with nothing in its place.
func (s *storing) withdraw(row *core.Record) error {
	row.Set("state", withdrawn)
	s.touched = true
	s.done.Withdrawn = append(s.done.Withdrawn, row.GetString("path"))
	return s.tx.Save(row)
}
