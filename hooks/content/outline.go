package content

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// An Outline is what lists need of one revision of a module. It is stored with
// the revision when that goes live, so that no list compiles a text.
type Outline struct {
	Lang        string        `json:"lang"`
	Title       string        `json:"title"`
	Summary     string        `json:"summary,omitempty"`
	ContentNote string        `json:"note,omitempty"`
	Minutes     int           `json:"minutes"`
	Steps       []StepOutline `json:"steps"`
	// Names are those of activities under which answers are stored, where they
	// differ from the id; Used are all names of the module's history.
	Names map[string]string       `json:"names,omitempty"`
	Used  map[string]courses.Kind `json:"used,omitempty"`
}

// A StepOutline is a step as a row.
type StepOutline struct {
	ID      string `json:"id"`
	Title   string `json:"title"` // of the module where the step has none
	Minutes int    `json:"minutes"`
}

func outlineOf(module *courses.Module) *Outline {
	o := &Outline{
		Lang: module.Lang, Title: module.Title, Summary: module.Summary, ContentNote: module.ContentNote, Minutes: module.Minutes,
	}
	for _, step := range module.Steps {
		line := StepOutline{ID: step.ID, Title: step.Title, Minutes: step.Minutes}
		if line.Title == "" {
			line.Title = module.Title
		}
		o.Steps = append(o.Steps, line)
	}
	return o
}

// Name is the name under which answers to an activity are stored. An activity
// keeps it whatever its id becomes, and no other activity ever gets it.
func (o *Outline) Name(id string) string {
	if name, ok := o.Names[id]; ok {
		return name
	}
	return id
}

// ids gives the activity that has a name in this revision.
func (o *Outline) ids(module *courses.Module) map[string]string {
	ids := make(map[string]string)
	for _, step := range module.Steps {
		for _, a := range step.Activities {
			ids[o.Name(a.ID)] = a.ID
		}
	}
	return ids
}

// nameActivities names the activities of a revision: as they were named where
// they were in the one before, else by their id. An id that another activity
// had is taken again only by one of its kind that comes after it: put back, it
// finds its answers.
func (o *Outline) nameActivities(module *courses.Module, before *Outline, m courses.Map) {
	o.Names, o.Used = map[string]string{}, map[string]courses.Kind{}
	maps.Copy(o.Used, before.Used)
	living := map[string]bool{}
	for old, to := range m.Activities {
		if to.To != "" {
			o.Names[to.To] = before.Name(old)
			living[before.Name(old)] = true
		}
	}
	for _, step := range module.Steps {
		for _, a := range step.Activities {
			name, named := o.Names[a.ID]
			if !named {
				name = o.freeName(a, living)
			}
			living[name], o.Used[name] = true, a.Kind
			if o.Names[a.ID] = name; name == a.ID {
				delete(o.Names, a.ID)
			}
		}
	}
}

func (o *Outline) freeName(a *courses.Activity, living map[string]bool) string {
	name := a.ID
	for n := 2; ; n++ {
		kind, used := o.Used[name]
		if !living[name] && (!used || kind == a.Kind) {
			return name
		}
		name = a.ID + "~" + strconv.Itoa(n) // no id has a tilde
	}
}

func parseOutline(stored string) (*Outline, error) {
	if stored == "" || stored == "null" {
		return nil, nil
	}
	var o Outline
	if err := json.Unmarshal([]byte(stored), &o); err != nil {
		return nil, fmt.Errorf("outline: %w", err)
	}
	return &o, nil
}

// Outline is that of one revision, empty where it was never live.
func (c *Content) Outline(ctx context.Context, revision string) (*Outline, error) {
	found, err := c.outlines(ctx, []string{revision})
	if err != nil || found[revision] == nil {
		return &Outline{}, err
	}
	return found[revision], nil
}

const outlinesSQL = `SELECT id, COALESCE(outline, '') AS outline FROM revisions WHERE id IN (SELECT value FROM json_each({:ids}))`

// outlines reads those that are not in memory yet, in one statement.
func (c *Content) outlines(ctx context.Context, revisions []string) (map[string]*Outline, error) {
	found := make(map[string]*Outline, len(revisions))
	var missing []string
	for _, id := range revisions {
		if o, ok := c.outlined.peek(id); ok {
			found[id] = o
		} else {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	ids, err := json.Marshal(missing)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID      string `db:"id"`
		Outline string `db:"outline"`
	}
	err = c.app.ConcurrentDB().NewQuery(outlinesSQL).Bind(dbx.Params{"ids": string(ids)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("outlines: %w", err)
	}
	for _, row := range rows {
		o, err := parseOutline(row.Outline)
		if err != nil {
			return nil, fmt.Errorf("revision %s: %w", row.ID, err)
		}
		if o != nil {
			found[row.ID] = c.outlined.put(row.ID, o)
		}
	}
	return found, nil
}
