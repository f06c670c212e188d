package signin

import (
	"fmt"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Asks says which secret of their own somebody can give once more: "pin" of
// their card, "password", or "" while they have chosen neither.
func (d *Desk) Asks(e *core.RequestEvent) (string, error) {
	viewer := web.Current(e)
	card, err := d.ownCard(e.App, viewer.ID)
	if err != nil {
		return "", err
	}
	if card != nil {
		return withPIN, nil
	}
	var own bool
	err = e.App.DB().NewQuery("SELECT own_password FROM users WHERE id = {:user}").Bind(dbx.Params{"user": viewer.ID}).Row(&own)
	if err != nil {
		return "", fmt.Errorf("what %s can prove: %w", viewer.ID, err)
	}
	if own {
		return withPassword, nil
	}
	return "", nil
}

// Prove compares a secret that somebody gives once more, before a step that is
// more than looking, under the limits of signing in. It returns the minutes
// until another try is looked at, 0 where this one was.
func (d *Desk) Prove(e *core.RequestEvent, secret string) (right bool, wait int, err error) {
	asks, err := d.Asks(e)
	if err != nil || asks == "" {
		return false, 0, err
	}
	viewer := web.Current(e)
	var comeBack time.Time
	if asks == withPIN {
		card, err := d.ownCard(e.App, viewer.ID)
		if err != nil || card == nil {
			return false, 0, err
		}
		right, comeBack, err = d.checkOwn(e, viewer, card, secret)
		if err != nil {
			return false, 0, err
		}
	} else {
		user, until, err := d.check(e, viewer.Username, secret)
		if err != nil {
			return false, 0, err
		}
		right, comeBack = user == viewer.ID, until
	}
	if !comeBack.IsZero() {
		return false, d.sayWhen(e, comeBack), nil
	}
	return right, 0, nil
}
