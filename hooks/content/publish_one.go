package content

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrMoved means that a course is not what it was when a text of it was weighed:
// something else went live, or this did. Nothing was changed.
var ErrMoved = errors.New("the course changed meanwhile")

// LanguageOther is the problem of a course.md that says another language than the
// course has: every text of the course would then be in the wrong one.
const LanguageOther = "language-other" // language: the one that the course has

// Would says what would break a learner if this text of a course was live, in the
// text or in the rest of the course. It reads the whole course.
func (c *Content) Would(ctx context.Context, t Text) ([]courses.Problem, error) {
	coming, err := c.weigh(ctx, t)
	if err != nil {
		return nil, err
	}
	return coming.problems, nil
}

// A coming is a text that may go live, weighed beside everything else of its course.
type coming struct {
	text     Text
	problems []courses.Problem // that break a learner
	course   *courses.Course   // as it would read
	file     courses.File      // the text's own
	seen     string            // what was live
}

// weigh reads a whole course as it would be with one text in place of the live one
// of its module or path. It changes nothing, and belongs before a transaction.
func (c *Content) weigh(ctx context.Context, t Text) (*coming, error) {
	seen, err := c.liveStamp(ctx, c.app.ConcurrentDB(), t.Course.ID)
	if err != nil {
		return nil, err
	}
	files, err := c.liveFiles(ctx, t.Course)
	if err != nil {
		return nil, err
	}
	course := folderOf(t.Course, replacing(files, t)).Read(nil)
	course.Slug = t.Course.Slug
	if course.Language != t.Course.Language {
		return &coming{problems: []courses.Problem{{
			File: t.Path, Line: 1, Level: courses.Error, Code: LanguageOther, Values: map[string]string{"language": t.Course.Language},
		}}}, nil
	}
	at := slices.IndexFunc(course.Files, func(f courses.File) bool { return f.Path == t.Path })
	if at < 0 || string(course.Files[at].Kind) != t.Kind {
		return nil, fmt.Errorf("%s of course %s would not be a %s", t.Path, t.Course.Slug, t.Kind)
	}
	now := folderOf(t.Course, files).Read(nil)
	return &coming{text: t, seen: seen, course: course, file: course.Files[at], problems: newProblems(now, course, t.Path)}, nil
}

// newProblems are those that break a learner in the text itself, or that it brings
// to others in the course's own language. A translation that it breaks stays as it
// is, and keeps nobody from anything.
func newProblems(before, after *courses.Course, path string) []courses.Problem {
	known := map[string]bool{}
	name := func(p courses.Problem) string {
		values, _ := json.Marshal(p.Values) // sorted by key, and strings alone
		return p.File + "\x00" + p.Code + "\x00" + string(values)
	}
	for _, p := range before.Problems {
		known[name(p)] = true
	}
	translated := map[string]bool{}
	for _, file := range after.Files {
		translated[file.Path] = file.Lang != "" && file.Lang != after.Language
	}
	var found []courses.Problem
	for _, p := range after.Problems {
		if p.Level == courses.Error && !translated[p.File] && (p.File == path || !known[name(p)]) {
			found = append(found, p)
		}
	}
	return found
}

// A liveFile is a file of a course as learners have it now.
type liveFile struct {
	Path     string `db:"path"`
	Kind     string `db:"kind"`
	Module   string `db:"module"`
	Language string `db:"language"`
	Text     string `db:"text"`
}

const liveFilesSQL = `SELECT path, kind, module, language, text FROM revisions WHERE course = {:course} AND state = 'live' ORDER BY path`

// liveFiles are all texts of a course that are live, and the names of its media.
// What decides how a folder is read, such as a book.toml, comes with its bytes.
func (c *Content) liveFiles(ctx context.Context, course Course) ([]liveFile, error) {
	var files []liveFile
	if err := c.app.ConcurrentDB().NewQuery(liveFilesSQL).Bind(dbx.Params{"course": course.ID}).WithContext(ctx).All(&files); err != nil {
		return nil, fmt.Errorf("live texts of course %s: %w", course.Slug, err)
	}
	media, err := c.mediaFiles(ctx, course)
	return append(files, media...), err
}

const mediaFilesSQL = `SELECT id, path, original, type FROM media WHERE course = {:course} AND gone = FALSE`

func (c *Content) mediaFiles(ctx context.Context, course Course) ([]liveFile, error) {
	var rows []struct {
		ID       string `db:"id"`
		Path     string `db:"path"`
		Original string `db:"original"`
		Type     string `db:"type"` // "" where nothing of it is served
	}
	if err := c.app.ConcurrentDB().NewQuery(mediaFilesSQL).Bind(dbx.Params{"course": course.ID}).WithContext(ctx).All(&rows); err != nil {
		return nil, fmt.Errorf("files of course %s: %w", course.Slug, err)
	}
	collection, err := c.app.FindCachedCollectionByNameOrId("media")
	if err != nil {
		return nil, err
	}
	store, err := c.app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	defer store.Close()
	files := make([]liveFile, len(rows))
	for i, row := range rows {
		files[i].Path = row.Path
		if row.Type != "" {
			continue
		}
		data, err := readStored(store, collection.Id, row.ID, row.Original)
		if err != nil {
			return nil, fmt.Errorf("%s of course %s: %w", row.Path, course.Slug, err)
		}
		files[i].Text = string(data)
	}
	return files, nil
}

// replacing puts a text where it belongs: in place of the live one of its module,
// whatever that file is called, else of its path.
func replacing(files []liveFile, t Text) []liveFile {
	files = slices.DeleteFunc(slices.Clone(files), func(f liveFile) bool {
		return f.Path == t.Path || t.Module != "" && f.Module == t.Module && f.Language == t.Course.Language
	})
	return append(files, liveFile{Path: t.Path, Kind: t.Kind, Module: t.Module, Language: t.Course.Language, Text: t.Text})
}

// folderOf makes a folder of files. A course that has no course.md yet gets what
// is known of it, so that its texts are read in its language.
func folderOf(course Course, files []liveFile) courses.Folder {
	var all []courses.File
	about := false
	for _, file := range files {
		all = append(all, courses.File{Path: file.Path, Data: []byte(file.Text)})
		about = about || file.Kind == string(courses.FileCourse)
	}
	if !about {
		title, _ := json.Marshal(cmp.Or(course.Title, course.Slug)) // a JSON string is one of YAML too
		all = append(all, courses.File{Path: "course.md", Data: fmt.Appendf(nil, "---\ntitle: %s\nlanguage: %s\n---\n", title, course.Language)})
	}
	return courses.NewFolder(course.Slug, all, nil)
}

const liveStampSQL = `SELECT COALESCE(GROUP_CONCAT(id, ' '), '') || ' ' || (SELECT build FROM courses WHERE id = {:course})
	FROM (SELECT id FROM revisions WHERE course = {:course} AND state = 'live' ORDER BY id)`

// liveStamp names everything of a course that is live: it is another when anything
// of it is.
func (c *Content) liveStamp(ctx context.Context, db dbx.Builder, course string) (stamp string, err error) {
	err = db.NewQuery(liveStampSQL).Bind(dbx.Params{"course": course}).WithContext(ctx).Row(&stamp)
	if err != nil {
		return "", fmt.Errorf("what is live of course %s: %w", course, err)
	}
	return stamp, nil
}

// tries is how often a text is weighed anew when something else of its course went
// live meanwhile.
const tries = 3

// Publish makes a revision live, by the way of an import that changes this one file:
// learners see it from their next page on and keep what they did, names are kept for
// life, old addresses lead on, and the translations of a module follow it. put gives
// the revision, which was never live and has exactly this text, inside the
// transaction and before anything is changed: rules about who may do it, and when,
// are asked there. then is what else belongs to the same transaction, once it is live.
// What either returns is what Publish returns; both may run again where something else
// went live at the same moment.
//
// It returns ErrProblems where it would break a learner, and ErrMoved where the
// course does not stand still.
func (c *Content) Publish(ctx context.Context, t Text, put func(tx core.App) (revision string, err error), then func(tx core.App) error) error {
	for try := 1; ; try++ {
		coming, err := c.weigh(ctx, t)
		if err != nil {
			return err
		}
		if len(coming.problems) > 0 {
			return ErrProblems
		}
		err = c.app.RunInTransaction(func(tx core.App) error {
			revision, err := put(tx)
			if err != nil {
				return err
			}
			if err := c.publishOne(ctx, tx, coming, revision); err != nil {
				return err
			}
			return then(tx)
		})
		if try == tries || !errors.Is(err, ErrMoved) {
			return err
		}
	}
}

// publishOne does it, in the transaction.
func (c *Content) publishOne(ctx context.Context, tx core.App, coming *coming, revision string) error {
	record, err := tx.FindRecordById("revisions", revision)
	if err != nil {
		return fmt.Errorf("publish revision %s: %w", revision, err)
	}
	if record.GetString("published") != "" || record.GetString("text") != coming.text.Text || record.GetString("path") != coming.text.Path {
		return ErrMoved
	}
	seen, err := c.liveStamp(ctx, tx.NonconcurrentDB(), coming.text.Course.ID)
	if err != nil {
		return err
	}
	if seen != coming.seen {
		return ErrMoved
	}
	s, err := c.storingOne(ctx, tx, coming.text.Course.ID)
	if err != nil {
		return err
	}
	s.course, s.broken, s.how.Message = coming.course, brokenFiles(coming.course), record.GetString("message")
	if err := s.putOne(coming, record); err != nil {
		return fmt.Errorf("publish revision %s: %w", revision, err)
	}
	return nil
}

// storingOne is the work on one text of a course that is there.
func (c *Content) storingOne(ctx context.Context, tx core.App, course string) (*storing, error) {
	record, err := tx.FindRecordById("courses", course)
	if err != nil {
		return nil, fmt.Errorf("course %s: %w", course, err)
	}
	return &storing{
		Content: c, ctx: ctx, tx: tx, how: How{Publish: true}, done: &Stored{}, record: record, live: map[string]*core.Record{},
	}, nil
}

func (s *storing) putOne(coming *coming, record *core.Record) error {
	known := map[string]string{}
	if coming.text.Module != "" {
		known[coming.file.Slug] = coming.text.Module
	}
	if err := s.saveModules(known); err != nil {
		return err
	}
	before, err := s.revisionInForce(coming.file)
	if err != nil {
		return err
	}
	record.Set("previous", "")
	if before != nil {
		record.Set("previous", before.Id)
	}
	if module := s.modules[coming.file.Slug]; module != nil && coming.file.Kind == courses.FileModule {
		record.Set("module", module.Id)
	}
	if err := s.publish(coming.file, record, before); err != nil {
		return err
	}
	if err := s.bringFiles(coming.text); err != nil {
		return err
	}
	if coming.file.Kind == courses.FileCourse {
		if err := s.saveCover(); err != nil {
			return err
		}
	}
	if err := s.followTranslations(coming.file); err != nil {
		return err
	}
	return s.renew()
}

// bringFiles lets learners have what a text names: transcripts that waited for one, or
// went when a folder came without them, and pictures and recordings that went so.
func (s *storing) bringFiles(t Text) error {
	for _, path := range courses.FilesIn(t.row().source()) {
		for table, which := range map[string]string{"revisions": "kind = 'media'", "media": "hash != ''"} {
			rows, err := s.tx.FindRecordsByFilter(table, which+" && course = {:course} && path = {:path}", "-created", 0, 0, dbx.Params{"course": s.record.Id, "path": path})
			if err != nil {
				return err
			}
			if len(rows) == 0 || slices.ContainsFunc(rows, isShown) {
				continue
			}
			if err := s.bring(rows[0]); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	return nil
}

// isShown reports of a transcript or a file whether it is what learners get.
func isShown(row *core.Record) bool {
	if row.Collection().Name == "media" {
		return !row.GetBool("gone")
	}
	return row.GetString("state") == live
}

func (s *storing) bring(row *core.Record) error {
	if row.Collection().Name == "media" {
		s.touched = true
		row.Set("gone", false)
		return s.tx.Save(row)
	}
	return s.publish(courses.File{Path: row.GetString("path"), Kind: courses.FileMedia}, row, nil)
}

// followTranslations lets those of a module take their ids and positions from its
// new text. One that no longer fits it waits, and what learners read of it stays.
func (s *storing) followTranslations(file courses.File) error {
	if file.Kind != courses.FileModule {
		return nil
	}
	for _, other := range s.course.Files {
		if other.Kind == courses.FileModule && other.Slug == file.Slug && other.Path != file.Path {
			if err := s.saveText(other); err != nil {
				return fmt.Errorf("%s: %w", other.Path, err)
			}
		}
	}
	return nil
}

// Withdraw takes a live text off its course, and its module's translations with it.
// Learners keep what they did in it. then is what else belongs to the same
// transaction. It returns ErrMoved where the text is not what is live now.
func (c *Content) Withdraw(ctx context.Context, t Text, then func(tx core.App) error) error {
	return c.app.RunInTransaction(func(tx core.App) error {
		if err := c.withdrawOne(ctx, tx, t.Revision); err != nil {
			return err
		}
		return then(tx)
	})
}

func (c *Content) withdrawOne(ctx context.Context, tx core.App, revision string) error {
	record, err := tx.FindRecordById("revisions", revision)
	if err != nil {
		return fmt.Errorf("withdraw revision %s: %w", revision, err)
	}
	if record.GetString("state") != live {
		return ErrMoved
	}
	s, err := c.storingOne(ctx, tx, record.GetString("course"))
	if err != nil {
		return err
	}
	rows := []*core.Record{record}
	if module := record.GetString("module"); module != "" {
		if rows, err = tx.FindRecordsByFilter("revisions", "module = {:module} && state = 'live'", "path", 0, 0, dbx.Params{"module": module}); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if err := s.withdraw(row); err != nil {
			return fmt.Errorf("withdraw revision %s: %w", row.Id, err)
		}
	}
	return s.renew()
}

// WithdrawnModule reports whether a slug is that of a module that was live and is
// not any more.
func (c *Content) WithdrawnModule(ctx context.Context, course, slug string) (bool, error) {
	var was bool
	err := c.app.ConcurrentDB().NewQuery(`SELECT EXISTS (SELECT 1 FROM modules m JOIN revisions r ON r.module = m.id AND r.state = 'withdrawn' WHERE m.course = {:course} AND m.slug = {:slug})
			AND NOT EXISTS (SELECT 1 FROM modules m JOIN revisions r ON r.module = m.id AND r.state = 'live' WHERE m.course = {:course} AND m.slug = {:slug})`).
		Bind(dbx.Params{"course": course, "slug": slug}).WithContext(ctx).Row(&was)
	if err != nil {
		return false, fmt.Errorf("withdrawn module %s: %w", slug, err)
	}
	return was, nil
}

// A Former is the text that was live before another.
type Former struct {
	Path  string `db:"path"`
	Text  string `db:"text"`
	Since string `db:"since"` // when the other took its place, as the database writes it
}

// Before is the text that was live before the one that is; ErrNoText where there is
// none.
func (c *Content) Before(ctx context.Context, t Text) (Former, error) {
	var rows []Former
	err := c.app.ConcurrentDB().NewQuery(`SELECT b.path, b.text, r.published AS since FROM revisions r JOIN revisions b ON b.id = r.previous WHERE r.id = {:id} AND b.state = 'replaced'`).
		Bind(dbx.Params{"id": t.Revision}).WithContext(ctx).All(&rows)
	if err != nil {
		return Former{}, fmt.Errorf("text before %s: %w", t.Revision, err)
	}
	if len(rows) == 0 {
		return Former{}, ErrNoText
	}
	return rows[0], nil
}

// IsLive reports whether a revision is what learners read, as a transaction sees it.
func (c *Content) IsLive(ctx context.Context, tx core.App, revision string) (is bool, err error) {
	err = tx.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM revisions WHERE id = {:id} AND state = 'live')").
		Bind(dbx.Params{"id": revision}).WithContext(ctx).Row(&is)
	if err != nil {
		return false, fmt.Errorf("whether revision %s is live: %w", revision, err)
	}
	return is, nil
}
