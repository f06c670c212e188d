package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/hooks/notify"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Recipients tells package notify where people's mail goes.
func Recipients(app core.App) notify.Recipients { return recipients{app} }

type recipients struct{ app core.App }

type recipientRow struct {
	ID         string `db:"id"`
	Email      string `db:"email"`
	Language   string `db:"language"`
	NoDigest   bool   `db:"no_digest"`
	QuietFrom  string `db:"quiet_from"`
	QuietUntil string `db:"quiet_until"`
}

const recipientSQL = "SELECT id, email, language, no_digest, quiet_from, quiet_until FROM users WHERE "

// Recipient is one person. app may be a transaction.
func (r recipients) Recipient(ctx context.Context, app core.App, person string) (notify.Recipient, error) {
	var row recipientRow
	err := app.DB().NewQuery(recipientSQL + "id = {:person}").Bind(dbx.Params{"person": person}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return notify.Recipient{}, nil
	}
	if err != nil {
		return notify.Recipient{}, fmt.Errorf("read where mail of %s goes: %w", person, err)
	}
	return notify.Recipient(row), nil
}

// WantDigest are those who have an e-mail and did not turn the daily mail off.
func (r recipients) WantDigest(ctx context.Context) ([]notify.Recipient, error) {
	var rows []recipientRow
	err := r.app.ConcurrentDB().NewQuery(recipientSQL + "email != '' AND NOT no_digest ORDER BY id").WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read who wants the daily mail: %w", err)
	}
	all := make([]notify.Recipient, len(rows))
	for i, row := range rows {
		all[i] = notify.Recipient(row)
	}
	return all, nil
}

// SetDigest turns somebody's daily mail on or off.
func (r recipients) SetDigest(tx core.App, person string, on bool) (bool, error) {
	changed, err := web.Changes(tx, "UPDATE users SET no_digest = NOT {:on} WHERE id = {:person} AND no_digest = {:on}",
		dbx.Params{"person": person, "on": on})
	if err != nil {
		return false, fmt.Errorf("set daily mail of %s: %w", person, err)
	}
	return changed, nil
}
