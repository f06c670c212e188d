package content

import (
	"context"
	"fmt"
	"net/url"
	"path"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// surroundings is what the rest of a course means to one of its modules.
type surroundings struct {
	row     revisionRow
	terms   []courses.Term
	media   map[string]string // path → address
	modules map[string]string // path of a module's live file → the module's slug
	texts   map[string]string // path of a transcript → its address
	said    map[string]string // path of a transcript → its Markdown
}

const (
	glossarySQL = `SELECT text FROM revisions WHERE course = {:course} AND kind = 'glossary' AND language = {:language} AND state = 'live' LIMIT 1`
	mediaSQL    = `SELECT path, hash FROM media WHERE course = {:course} AND hash != '' AND gone = FALSE`
	pathsSQL    = `SELECT r.path, m.slug FROM revisions r JOIN modules m ON m.id = r.module WHERE r.course = {:course} AND r.state = 'live'`
	textsSQL    = `SELECT path, id FROM revisions WHERE course = {:course} AND kind = 'media' AND state = 'live'`
	saidSQL     = `SELECT path, text FROM revisions WHERE course = {:course} AND kind = 'media' AND state = 'live'`

	// what a text that nobody has published may name: the transcripts that are live with it
	waitingSQL = ` UNION ALL SELECT w.path, w.%s FROM revisions w WHERE w.course = {:course} AND w.kind = 'media' AND w.state IN ('draft', 'withdrawn')
		AND NOT EXISTS (SELECT 1 FROM revisions o WHERE o.course = w.course AND o.path = w.path AND o.state = 'live')`
)

// surroundings are those of a text; provisional for one that nobody has published.
func (c *Content) surroundings(ctx context.Context, row revisionRow, provisional bool) (*surroundings, error) {
	s := &surroundings{row: row}
	var glossary []string
	err := c.app.ConcurrentDB().NewQuery(glossarySQL).Bind(dbx.Params{"course": row.Course, "language": row.Language}).WithContext(ctx).Column(&glossary)
	if err != nil {
		return nil, fmt.Errorf("glossary of course %s: %w", row.Slug, err)
	}
	if len(glossary) > 0 {
		s.terms, _ = courses.Glossary([]byte(glossary[0]))
	}
	texts, said := textsSQL, saidSQL
	if provisional {
		texts, said = texts+fmt.Sprintf(waitingSQL, "id"), said+fmt.Sprintf(waitingSQL, "text")
	}
	for sql, into := range map[string]*map[string]string{mediaSQL: &s.media, pathsSQL: &s.modules, texts: &s.texts, said: &s.said} {
		if *into, err = c.pairs(ctx, sql, row.Course); err != nil {
			return nil, fmt.Errorf("surroundings of revision %s: %w", row.ID, err)
		}
	}
	for _, addresses := range []map[string]string{s.media, s.texts} {
		for file, hash := range addresses {
			addresses[file] = mediaAddress(hash, file)
		}
	}
	return s, nil
}

// pairs reads two columns of a course's rows into a map.
func (c *Content) pairs(ctx context.Context, sql, course string) (map[string]string, error) {
	rows, err := c.app.ConcurrentDB().NewQuery(sql).Bind(dbx.Params{"course": course}).WithContext(ctx).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[string]string)
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, err
		}
		found[key] = value
	}
	return found, rows.Err()
}

// Resolver says of the links, pictures and recordings of a text that nobody has published
// whether its course has them, and where.
func (c *Content) Resolver(ctx context.Context, t Text) (func(dest string) (address string, ok bool), error) {
	around, err := c.surroundings(ctx, t.row(), true)
	if err != nil {
		return nil, err
	}
	return around.resolve, nil
}

// resolve turns a link of the text into an address of this site.
func (s *surroundings) resolve(dest string) (string, bool) {
	file, anchor := courses.Target(s.row.Path, dest)
	if slug, ok := s.modules[file]; ok {
		return ModuleAddress(s.row.Slug, slug) + stepSuffix(anchor), true
	}
	if address, ok := s.media[file]; ok {
		return address, true
	}
	if address, ok := s.texts[file]; ok {
		return address, true
	}
	return "", false
}

// addTranscripts puts what a recording says beside it, so that nobody has to
// leave the step, or load anything, to read it.
func (s *surroundings) addTranscripts(module *courses.Module) {
	files := make(map[string]string, len(s.texts)) // path by address
	for file, address := range s.texts {
		files[address] = file
	}
	say := func(address string) string {
		file, ok := files[address]
		if !ok {
			return ""
		}
		return courses.Page(courses.Source{Path: file, Lang: module.Lang, Text: []byte(s.said[file])})
	}
	for _, step := range module.Steps {
		addSaid(step.Parts, say)
	}
}

func addSaid(parts []courses.Part, say func(address string) string) {
	for _, part := range parts {
		if part.Media != nil {
			part.Media.Said = say(part.Media.Transcript)
		}
		addSaid(part.Parts, say)
	}
}

// CourseAddress is where a course is.
func CourseAddress(course string) string { return "/courses/" + url.PathEscape(course) }

// ModuleAddress is where a module is.
func ModuleAddress(course, module string) string {
	return CourseAddress(course) + "/" + url.PathEscape(module)
}

// StepAddress is where a step is.
func StepAddress(course, module, step string) string {
	return ModuleAddress(course, module) + stepSuffix(step)
}

func stepSuffix(step string) string {
	if step == "" {
		return ""
	}
	return "/" + url.PathEscape(step)
}

func mediaAddress(hash, file string) string {
	return "/media/" + hash + "/" + url.PathEscape(path.Base(file))
}
