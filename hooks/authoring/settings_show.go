package authoring

import (
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// SettingsPage is `/course-settings/{course}`, "authoring/settings": the live texts of a
// course, for those who care for it.
type SettingsPage struct {
	web.Base
	Title string
	Lang  string
	Way   string // in which its title runs, "ltr" or "rtl"
	Texts []TextRow
}

func (a *Authoring) showSettings(e *core.RequestEvent) error {
	course, err := a.courseFor(e, people.Caring)
	if err != nil {
		return err
	}
	texts, err := a.content.LiveTexts(e.Request.Context(), course)
	if err != nil {
		return err
	}
	page := &SettingsPage{Title: course.Title, Lang: course.Language, Way: templates.Direction(course.Language)}
	for _, text := range texts {
		page.Texts = append(page.Texts, TextRow{Title: titleOf(text), Kind: text.Kind, Address: "/course-settings/" + course.Slug + "/" + text.Name, Live: true})
	}
	return web.Show(e, http.StatusOK, "authoring/settings", page)
}
