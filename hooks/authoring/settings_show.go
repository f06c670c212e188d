package authoring

import (
	"fmt"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// SettingsPage is `/course-settings/{course}`, "authoring/settings": who may take a
// course, what it asks for before a text goes live, and its texts, for those who care
// for it. Its form posts to the same address open, public and plain, each "yes" or not
// there.
type SettingsPage struct {
	web.Base
	Title    string
	Lang     string
	Way      string // in which its title runs, "ltr" or "rtl"
	Address  string // of this page
	OffersAt string // address of paid work on it
	Settings CourseSettings
	Texts    []TextRow // that are live
	Coming   []TextRow // that others were asked to read
	Orphans  []Orphan  // whose writers are not here any more
	Mentors  []templates.Choice
}

// CourseSettings are what those who care for a course decide of it.
type CourseSettings struct {
	Open     bool   `db:"open"`     // learners may begin it by themselves
	Public   bool   `db:"public"`   // guests may read it
	Asks     string `db:"asks"`     // Plain, or ""
	Reviewed bool   `db:"reviewed"` // every module was signed off here; never said by hand
}

// AsksPlain reports whether plain language is signed off too.
func (c CourseSettings) AsksPlain() bool { return c.Asks == Plain }

func (a *Authoring) showSettings(e *core.RequestEvent) error {
	ctx := e.Request.Context()
	course, err := a.courseFor(e, people.Caring)
	if err != nil {
		return err
	}
	at := "/course-settings/" + course.Slug
	page := &SettingsPage{Title: course.Title, Lang: course.Language, Way: templates.Direction(course.Language), Address: at, OffersAt: "/course-offers/" + course.Slug}
	err = a.app.ConcurrentDB().NewQuery("SELECT open, public, asks, reviewed FROM courses WHERE id = {:id}").
		Bind(dbx.Params{"id": course.ID}).WithContext(ctx).One(&page.Settings)
	if err != nil {
		return fmt.Errorf("settings of course %s: %w", course.Slug, err)
	}
	texts, err := a.content.LiveTexts(ctx, course)
	if err != nil {
		return err
	}
	for _, text := range texts {
		page.Texts = append(page.Texts, TextRow{Title: titleOf(text), Kind: text.Kind, Address: at + "/" + text.Name, Live: true})
	}
	drafts, err := a.draftsOf(ctx, course, web.Current(e).ID)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.State == Open {
			continue // what nobody was asked to read is its writer's
		}
		name := NameOf(d.Path, d.Kind)
		for _, text := range texts {
			if d.Module != "" && d.Module == text.Module {
				name = text.Name
			}
		}
		page.Coming = append(page.Coming, TextRow{Title: d.Title, Kind: d.Kind, Address: at + "/" + name, State: d.State, Who: d.Called})
	}
	if page.Orphans, err = a.orphans(ctx, course); err != nil {
		return err
	}
	if len(page.Orphans) > 0 {
		mentors, err := a.mentorsOf(ctx, course.Programme)
		if err != nil {
			return err
		}
		page.Mentors = []templates.Choice{{Key: "writers.choose"}}
		for _, one := range mentors {
			page.Mentors = append(page.Mentors, templates.Choice{Value: one.ID, Text: one.Called})
		}
	}
	return web.Show(e, http.StatusOK, "authoring/settings", page)
}
