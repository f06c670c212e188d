package people

import (
	"errors"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// recorded gives back what a door answered, and notes where it stayed closed to
// somebody. That is stored afterwards, by itself, so the answer takes as long
// whoever or whatever was asked for.
func recorded(e *core.RequestEvent, matter Matter, answer error) error {
	viewer, log := web.Current(e), audit.Of(e.App)
	if viewer == nil || log == nil || !errors.Is(answer, web.ErrNotFound) {
		return answer
	}
	s := subjectOf(e)
	log.NoteOnce(audit.Act{
		Kind: audit.Refused, Actor: viewer.ID, Detail: string(matter),
		Subject:   idIfThere(e, "SELECT EXISTS (SELECT 1 FROM users WHERE id = {:id})", s.Person),
		Item:      idIfThere(e, "SELECT EXISTS (SELECT 1 FROM cohorts WHERE id = {:id})", s.Cohort),
		Programme: idIfThere(e, "SELECT EXISTS (SELECT 1 FROM programmes WHERE id = {:id})", s.Programme),
	})
	return answer
}

// idIfThere is an id if there is such a row: what else stands in an address may be
// anything, and is not written down.
func idIfThere(e *core.RequestEvent, exists, id string) string {
	if id == "" {
		return ""
	}
	if yes, err := there(e.Request.Context(), e.App, exists, dbx.Params{"id": id}); err != nil || !yes {
		return ""
	}
	return id
}
