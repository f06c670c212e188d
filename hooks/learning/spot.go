package learning

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// moduleKey is the address of a module, and how somebody wants to read it.
type moduleKey struct {
	course, module string // slugs
	language       string // wanted, of the course text
	withdrawn      bool   // what was there before it was withdrawn
}

// A spot is what stands at the address of a module, as of one state of it. It is
// kept from one request to the next: each finds out whether the state is still
// that, as it reads where somebody is.
type spot struct {
	key        moduleKey
	Course     string `db:"course"` // record id
	CourseSlug string `db:"course_slug"`
	CourseLang string `db:"language"`
	Module     string `db:"module"` // record id
	ModuleSlug string `db:"module_slug"`
	Build      string `db:"build"`    // of the course
	Revision   string `db:"revision"` // the live one

	live *content.Compiled // that revision, in that build
	root string            // address of the module where somebody looks at what is not live; "" else
}

// state is what changes when anything does that a spot was made from.
type state struct{ build, revision string }

// revisionAt is an expression for the revision of a module that is shown in a
// language: the live one, or of a module that is live no more the last that was;
// where there is none in that language, the one in the course's own.
func revisionAt(module, language string, withdrawn bool) string {
	state := "state = 'live' AND module != ''" // as its index says it
	if withdrawn {
		state = "state = 'withdrawn' ORDER BY published DESC LIMIT 1"
	}
	in := func(language string) string {
		return fmt.Sprintf("(SELECT id FROM revisions WHERE module = %s AND language = %s AND %s)", module, language, state)
	}
	return "COALESCE(" + in(language) + ", " + in("c.language") + ", '')"
}

// spotSQL finds what stands at an address.
func spotSQL(withdrawn bool) string {
	return `SELECT c.id AS course, c.slug AS course_slug, c.language, c.build, m.id AS module, m.slug AS module_slug,
		` + revisionAt("m.id", "{:language}", withdrawn) + ` AS revision
		FROM courses c JOIN modules m ON m.course = c.id AND m.slug = {:module} WHERE c.slug = {:course}`
}

// spotAt gives what stood at an address when it was last looked up, or looks it
// up. It returns web.ErrNotFound where nothing stands that could be read.
func (l *Learning) spotAt(ctx context.Context, key moduleKey) (*spot, error) {
	if held, ok := l.spots.Load(key); ok {
		return held.(*spot), nil
	}
	s := &spot{key: key}
	err := l.app.ConcurrentDB().NewQuery(spotSQL(key.withdrawn)).
		Bind(dbx.Params{"course": key.course, "module": key.module, "language": key.language}).
		WithContext(context.WithoutCancel(ctx)).One(s)
	if errors.Is(err, sql.ErrNoRows) || err == nil && s.Revision == "" {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find %s/%s: %w", key.course, key.module, err)
	}
	if s.live, err = l.content.Compiled(ctx, s.Revision, s.Build); err != nil {
		return nil, err
	}
	if len(s.live.Module.Steps) == 0 {
		return nil, web.ErrNotFound // a text that nothing could be made of
	}
	l.spots.Store(key, s)
	return s, nil
}
