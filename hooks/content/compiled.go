package content

import (
	"context"
	"fmt"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// Compiled is one revision of a module, ready to show.
type Compiled struct {
	Revision string // record id
	Build    string // of the course, with which it was compiled
	ModuleID string // record id
	Course   string // slug
	Module   *courses.Module
	Outline  *Outline

	kept *memory[keptKey, any]
}

type keptKey struct {
	compiledKey
	of any
}

// Kept keeps what somebody makes of this revision, until memory is needed for
// something else. Nothing of one person's may be in it. The key is comparable.
func (c *Compiled) Kept(key any, make func() (any, error)) (any, error) {
	return c.kept.get(keptKey{compiledKey{c.Revision, c.Build}, key}, make)
}

// Step finds a step by its id, and its place from 0. It is -1 where there is none.
func (c *Compiled) Step(id string) (*courses.Step, int) {
	for i, step := range c.Module.Steps {
		if step.ID == id {
			return step, i
		}
	}
	return nil, -1
}

// Activity finds an activity by its id, nil where there is none.
func (c *Compiled) Activity(id string) *courses.Activity {
	for _, step := range c.Module.Steps {
		for _, a := range step.Activities {
			if a.ID == id {
				return a
			}
		}
	}
	return nil
}

// compiledKey names everything that a compiled module is made from: its text,
// and the course's build, which stands for glossary, media and addresses.
type compiledKey struct{ revision, build string }

// revisionRow is what compiling needs of a revision.
type revisionRow struct {
	ID       string `db:"id"`
	Course   string `db:"course"`
	Slug     string `db:"slug"` // of the course
	Module   string `db:"module"`
	Name     string `db:"name"` // of the module
	Path     string `db:"path"`
	Language string `db:"language"`
	Text     string `db:"text"`
	Source   string `db:"source"`
	Hashes   bool   `db:"hashes"`
	Outline  string `db:"outline"`
	Created  string `db:"created"`
	Message  string `db:"message"`
}

const revisionSQL = `SELECT r.id, r.course, c.slug, r.module, COALESCE(m.slug, '') AS name, r.path, r.language, r.text, r.source, r.hashes,
	COALESCE(r.outline, '') AS outline
	FROM revisions r JOIN courses c ON c.id = r.course LEFT JOIN modules m ON m.id = r.module WHERE r.id = {:id}`

func (c *Content) revision(ctx context.Context, id string) (revisionRow, error) {
	var row revisionRow
	err := c.app.ConcurrentDB().NewQuery(revisionSQL).Bind(dbx.Params{"id": id}).WithContext(ctx).One(&row)
	if err != nil {
		return row, fmt.Errorf("revision %s: %w", id, err)
	}
	return row, nil
}

// Compiled gives a revision as it is shown, with glossary, media and links.
func (c *Content) Compiled(ctx context.Context, revision, build string) (*Compiled, error) {
	return c.compiled.get(compiledKey{revision, build}, func() (*Compiled, error) {
		return c.compile(ctx, revision, build)
	})
}

func (c *Content) compile(ctx context.Context, id, build string) (*Compiled, error) {
	row, err := c.revision(ctx, id)
	if err != nil {
		return nil, err
	}
	return c.compileRow(ctx, id, build, row, false)
}

// compileRow compiles a text under the name by which it is kept; provisional where
// nobody has published it.
func (c *Content) compileRow(ctx context.Context, id, build string, row revisionRow, provisional bool) (*Compiled, error) {
	around, err := c.surroundings(ctx, row, provisional)
	if err != nil {
		return nil, err
	}
	src, err := c.sourceOf(ctx, row)
	if err != nil {
		return nil, err
	}
	src.Terms, src.Resolve = around.terms, around.resolve
	module := courses.Compile(src)
	around.addTranscripts(module)
	outline, err := row.outlineOf(module)
	if err != nil {
		return nil, err
	}
	module.Title = outline.Title // what a foreign table of contents calls it
	return &Compiled{Revision: id, Build: build, ModuleID: row.Module, Course: row.Slug, Module: module, Outline: outline, kept: c.kept}, nil
}

// outlineOf is the stored outline, else, of what was never live, a new one.
func (row revisionRow) outlineOf(module *courses.Module) (*Outline, error) {
	stored, err := parseOutline(row.Outline)
	if err != nil {
		return nil, fmt.Errorf("revision %s: %w", row.ID, err)
	}
	if stored == nil {
		return outlineOf(module), nil
	}
	return stored, nil
}

// bareModule is a revision compiled for its structure alone. Its ids and
// positions are those of the shown one.
type bareModule struct {
	module  *courses.Module
	outline *Outline
}

func (c *Content) bareModule(ctx context.Context, id string) (*bareModule, error) {
	return c.bare.get(id, func() (*bareModule, error) {
		row, err := c.revision(ctx, id)
		if err != nil {
			return nil, err
		}
		src, err := c.sourceOf(ctx, row)
		if err != nil {
			return nil, err
		}
		module := courses.Compile(src)
		outline, err := row.outlineOf(module)
		if err != nil {
			return nil, err
		}
		return &bareModule{module: module, outline: outline}, nil
	})
}

// sourceOf is what a revision compiles from, with what it was translated from.
func (c *Content) sourceOf(ctx context.Context, row revisionRow) (courses.Source, error) {
	src := courses.Source{Path: row.Path, Slug: row.Name, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes}
	if row.Source == "" {
		return src, nil
	}
	of, err := c.bareModule(ctx, row.Source)
	if err != nil {
		return src, err
	}
	src.Of = of.module
	return src, nil
}
