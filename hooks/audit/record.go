package audit

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"alongside/hooks/vault"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// New opens the log of a data folder whose migrations have run.
func New(app core.App, v *vault.Vault, now func() time.Time) *Log {
	return &Log{app: app, vault: v, now: now, head: newHeadFile(v.Beside(".head"))}
}

// Record writes down an act, as the next row. With the app of a transaction the
// row is there exactly if the rest of it is; with any other app it is committed
// when Record returns. Without the master key the row is kept unchained, and
// Verify names the gap.
func (l *Log) Record(tx core.App, act Act) error {
	if !tx.IsTransactional() {
		return tx.RunInTransaction(func(tx core.App) error { return l.Record(tx, act) })
	}
	last, err := lastRow(tx)
	if err != nil {
		return fmt.Errorf("record %s: %w", act.Kind, err)
	}
	next := row{
		Number: last.Number + 1, At: types.NowDateTime().String(), Kind: string(act.Kind), Actor: act.Actor,
		Subject: act.Subject, Item: act.Item, Programme: act.Programme, Detail: act.Detail,
	}
	if moment, err := types.ParseDateTime(l.now()); err == nil {
		next.At = moment.String()
	}
	next.MAC = l.sign(last.MAC, next)
	if err := next.insert(tx); err != nil {
		return fmt.Errorf("record %s: %w", act.Kind, err)
	}
	tx.TxInfo().OnComplete(func(err error) error {
		if err == nil {
			l.moveHead(next)
		}
		return nil
	})
	return nil
}

// A row is an act as it is stored.
type row struct {
	Number    int    `db:"number"`
	At        string `db:"at"`
	Kind      string `db:"kind"`
	Actor     string `db:"actor"`
	Subject   string `db:"subject"`
	Item      string `db:"item"`
	Programme string `db:"programme"`
	Detail    string `db:"detail"`
	MAC       string `db:"mac"`
}

const columns = "number, at, kind, actor, subject, item, programme, detail, mac"

// lastRow is the newest row, and the zero row where there is none.
func lastRow(tx core.App) (row, error) {
	var last row
	err := tx.DB().NewQuery("SELECT " + columns + " FROM audit ORDER BY number DESC LIMIT 1").One(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return row{}, err
	}
	return last, nil
}

func (r row) insert(tx core.App) error {
	_, err := tx.NonconcurrentDB().NewQuery("INSERT INTO audit (id, " + columns + `)
		VALUES ({:id}, {:number}, {:at}, {:kind}, {:actor}, {:subject}, {:item}, {:programme}, {:detail}, {:mac})`).
		Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "number": r.Number, "at": r.At, "kind": r.Kind, "actor": r.Actor,
			"subject": r.Subject, "item": r.Item, "programme": r.Programme, "detail": r.Detail, "mac": r.MAC,
		}).Execute()
	return err
}

// purpose keeps these signatures apart from all others.
const purpose = "audit"

// sign chains a row to the one before. It is "" without the master key.
func (l *Log) sign(before string, r row) string {
	return l.vault.Sign(purpose, before, strconv.Itoa(r.Number), r.At, r.Kind, r.Actor, r.Subject, r.Item, r.Programme, r.Detail)
}
