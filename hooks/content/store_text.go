package content

import (
	"strings"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// isText reports whether a file is kept as revisions: Markdown is, whatever
// part it plays.
func isText(file courses.File) bool {
	return strings.HasSuffix(strings.ToLower(file.Path), ".md")
}

// saveText makes a revision of a text that is new or has changed.
func (s *storing) saveText(file courses.File) error {
	before, err := s.revisionInForce(file)
	if err != nil {
		return err
	}
	sum := digest(file.Data)
	if before != nil && s.isAsItWas(file, before, sum) {
		s.done.Unchanged++
		s.live[file.Path] = before
		return nil
	}
	record, err := s.newRevision(file, before, sum)
	if err != nil {
		return err
	}
	if before == nil {
		s.done.New = append(s.done.New, file.Path)
	} else {
		s.done.Changed = append(s.done.Changed, file.Path)
	}
	if s.goesLive(file) {
		return s.publish(file, record, before)
	}
	s.live[file.Path] = record
	if s.how.Publish {
		s.done.Waiting = append(s.done.Waiting, file.Path)
	}
	if before != nil {
		s.live[before.GetString("path")] = before // stays as it is, whatever the file is called now
	}
	return s.tx.Save(record)
}

// goesLive reports whether a text is published: a translation that would break
// a learner waits as a draft, and what was live in its language stays.
func (s *storing) goesLive(file courses.File) bool {
	return s.how.Publish && !s.broken[file.Path]
}

// isAsItWas reports whether a save would change nothing, and so makes no revision.
func (s *storing) isAsItWas(file courses.File, before *core.Record, sum string) bool {
	return before.GetString("sha256") == sum && before.GetString("path") == file.Path &&
		before.GetString("state") != withdrawn && !s.sourceMoved(file, before)
}

// revisionInForce is what a file's text follows on: the live revision of its
// module in its language whatever the file is called now, else of its path,
// else the newest there ever was.
func (s *storing) revisionInForce(file courses.File) (*core.Record, error) {
	where, params := "course = {:course} && path = {:path}", dbx.Params{"course": s.record.Id, "path": file.Path}
	if module := s.modules[file.Slug]; module != nil && file.Kind == courses.FileModule {
		where, params = "module = {:module} && language = {:language}", dbx.Params{"module": module.Id, "language": file.Lang}
	}
	states := []string{live, withdrawn}
	if !s.goesLive(file) {
		states = []string{draft, live, withdrawn} // a draft follows on the draft before it
	}
	for _, state := range states {
		params["state"] = state
		found, err := s.tx.FindRecordsByFilter("revisions", where+" && state = {:state}", "-created", 1, 0, params)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			return found[0], nil
		}
	}
	return nil, nil
}

// sourceMoved reports whether a translation's original has a new revision: the
// translation then takes its ids from that one and is a new revision too.
func (s *storing) sourceMoved(file courses.File, before *core.Record) bool {
	source := s.source(file)
	return source != nil && source.Id != before.GetString("source")
}

// source is the revision that a translation was made from, nil for an original:
// the one that this import brought, else the one that is live.
func (s *storing) source(file courses.File) *core.Record {
	module := s.modules[file.Slug]
	if file.Kind != courses.FileModule || file.Lang == s.course.Language || module == nil {
		return nil
	}
	for _, original := range s.course.Modules {
		if original.Slug == file.Slug && s.live[original.Path] != nil {
			return s.live[original.Path]
		}
	}
	found, err := s.tx.FindFirstRecordByFilter("revisions", "module = {:module} && language = {:language} && state = 'live'",
		dbx.Params{"module": module.Id, "language": s.course.Language})
	if err != nil {
		return nil
	}
	return found
}

func (s *storing) newRevision(file courses.File, before *core.Record, sum string) (*core.Record, error) {
	collection, err := s.tx.FindCollectionByNameOrId("revisions")
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(collection)
	record.Id = core.GenerateDefaultRandomId()
	record.Set("course", s.record.Id)
	if module := s.modules[file.Slug]; module != nil && file.Kind == courses.FileModule {
		record.Set("module", module.Id)
	}
	record.Set("path", file.Path)
	record.Set("kind", string(file.Kind))
	record.Set("language", file.Lang)
	record.Set("text", string(file.Data))
	record.Set("sha256", sum)
	record.Set("state", draft)
	record.Set("message", s.how.Message)
	record.Set("hashes", s.course.HashesInFences)
	if source := s.source(file); source != nil {
		record.Set("source", source.Id)
	}
	if before != nil {
		record.Set("previous", before.Id)
	}
	return record, nil
}
