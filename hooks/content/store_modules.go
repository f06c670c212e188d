package content

import (
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// saveModules finds the module of each file, and makes those that are new. A
// file that was renamed is still its module: what learners did stays with it. A
// module that is known to be that of a file stands in known, its id by the slug.
func (s *storing) saveModules(known map[string]string) error {
	rows, err := s.tx.FindRecordsByFilter("modules", "course = {:course}", "position", 0, 0, dbx.Params{"course": s.record.Id})
	if err != nil {
		return err
	}
	s.modules = make(map[string]*core.Record, len(s.course.Modules))
	rows = slices.DeleteFunc(rows, func(row *core.Record) bool {
		slug := row.GetString("slug")
		for name, id := range known {
			if id == row.Id {
				slug = name
			}
		}
		inFolder := slices.ContainsFunc(s.course.Modules, func(m *courses.Module) bool { return m.Slug == slug })
		if inFolder {
			s.modules[slug] = row
		}
		return inFolder
	})
	for i, module := range s.course.Modules {
		if s.modules[module.Slug] == nil {
			if rows, err = s.findRenamed(module, rows); err != nil {
				return err
			}
		}
		if err := s.saveModule(module, i+1); err != nil {
			return fmt.Errorf("module %s: %w", module.Slug, err)
		}
	}
	return nil
}

func (s *storing) saveModule(module *courses.Module, position int) error {
	row := s.modules[module.Slug]
	if row != nil && !s.how.Publish {
		return nil
	}
	if row == nil {
		collection, err := s.tx.FindCollectionByNameOrId("modules")
		if err != nil {
			return err
		}
		row = core.NewRecord(collection)
		row.Set("course", s.record.Id)
		s.modules[module.Slug] = row
	}
	former := row.GetString("slug")
	row.Set("slug", module.Slug)
	row.Set("position", position)
	if err := s.tx.Save(row); err != nil || former == module.Slug {
		return err
	}
	s.touched = true
	return s.redirect(former, row)
}

// redirect lets the address that a module had lead to it, and the one that it
// has lead nowhere else.
func (s *storing) redirect(former string, module *core.Record) error {
	slugs := []any{former, module.GetString("slug")}
	_, err := s.tx.NonconcurrentDB().Delete("redirects", dbx.And(dbx.HashExp{"course": s.record.Id}, dbx.In("slug", slugs...))).Execute()
	if err != nil || former == "" {
		return err
	}
	collection, err := s.tx.FindCollectionByNameOrId("redirects")
	if err != nil {
		return err
	}
	row := core.NewRecord(collection)
	row.Set("course", s.record.Id)
	row.Set("slug", former)
	row.Set("module", module.Id)
	return s.tx.Save(row)
}

// mostly is the share of a module's blocks that a file under another name must
// still hold to be that module.
const mostly = 0.5

// findRenamed looks among the modules that the folder names no more for the one
// whose text this is, and takes it from them.
func (s *storing) findRenamed(module *courses.Module, missing []*core.Record) ([]*core.Record, error) {
	best, found := mostly, -1
	for i, row := range missing {
		last, err := s.lastText(row)
		if err != nil {
			return nil, err
		}
		if last == nil {
			continue
		}
		if share := keptShare(courses.Compare(compiledRecord(last), module)); share >= best {
			best, found = share, i
		}
	}
	if found < 0 {
		return missing, nil
	}
	s.modules[module.Slug] = missing[found]
	return slices.Delete(missing, found, found+1), nil
}

// lastText is the newest text that a module had in the course's own language.
func (s *storing) lastText(module *core.Record) (*core.Record, error) {
	rows, err := s.tx.FindRecordsByFilter("revisions",
		"module = {:module} && language = {:language} && (state = 'live' || state = 'withdrawn')", "-published", 1, 0,
		dbx.Params{"module": module.Id, "language": s.record.GetString("language")})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

func keptShare(m courses.Map) float64 {
	if len(m.Blocks) == 0 {
		return 0
	}
	kept := 0
	for _, to := range m.Blocks {
		if to != "" {
			kept++
		}
	}
	return float64(kept) / float64(len(m.Blocks))
}
