package signin

import (
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// openTexts lets everything of a person be read by them again that was closed at a
// moment, and reports whether it was. The PIN before has done its work.
func openTexts(tx core.App, user string, since types.DateTime) (wasClosed bool, err error) {
	done, err := tx.DB().Update("users", dbx.Params{"closed": "", "closed_by": "", "former_pin": ""},
		dbx.And(dbx.HashExp{"id": user, "closed": since.String()}, dbx.NewExp("closed != ''"))).Execute()
	if err != nil {
		return false, fmt.Errorf("open the texts of %s: %w", user, err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// openSession lets a session that began with a code of staff be like any other.
func openSession(tx core.App, session string) error {
	_, err := tx.DB().Update("sessions", dbx.Params{"closed": false}, dbx.HashExp{"id": session}).Execute()
	if err != nil {
		return fmt.Errorf("open session %s: %w", session, err)
	}
	return nil
}

// endOthers ends what a person has signed in to with cards and codes, but for the
// session that asks.
func endOthers(tx core.App, now time.Time, viewer *web.Viewer) error {
	return end(tx, now, whyElsewhere, dbx.And(
		dbx.HashExp{"user": viewer.ID, "how": []any{byCard, byWords, byCode}}, dbx.Not(dbx.HashExp{"id": viewer.Session})))
}
