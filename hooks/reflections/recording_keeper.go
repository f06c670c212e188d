package reflections

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Shelf is the keeper of what people said: rows, and the files that they name.
type Shelf struct{ room *Room }

// Shelf is the room's part of what is kept of people, as far as it was said.
func (r *Room) Shelf() *Shelf { return &Shelf{r} }

const kindRecordings = "recordings"

// Held counts all that is sealed under somebody's key, the replies to them too: it
// goes with them.
func (k *Shelf) Held(ctx context.Context, person string) ([]people.Holding, error) {
	var n int
	err := k.room.app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM recordings WHERE owner = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&n)
	if err != nil {
		return nil, fmt.Errorf("count recordings: %w", err)
	}
	return []people.Holding{{Kind: kindRecordings, Count: n}}, nil
}

// Those that a person made themselves, once each: what a reader hears is a copy.
const (
	saidSQL = "SELECT id FROM recordings WHERE owner = {:person} AND maker = {:person} AND share = ''" +
		" AND reply NOT IN (SELECT id FROM replies WHERE state = '" + heldState + "') ORDER BY created, id"
	saidToTellSQL = "SELECT r.* FROM json_each({:ids}) j JOIN (SELECT " + columnsOfRecording + " FROM recordings) r ON r.id = j.value ORDER BY j.key"
)

// Tell names each, and the file of it in the download.
func (k *Shelf) Tell(ctx context.Context, t people.Telling) error {
	return k.each(ctx, t.Viewer, func(row Recording, said *sound) error {
		file := people.Field{Name: "file", Closed: said == nil}
		if said != nil {
			file.Text = fileOf(row)
		}
		item := people.Item{Kind: kindRecordings, At: people.Moment(row.Created), Fields: []people.Field{file}}
		if length := (Heard{Seconds: row.Seconds}).Length(); length != "" {
			item.Fields = append(item.Fields, people.Field{Name: "length", Text: length})
		}
		item.Fields = append(item.Fields, people.Field{Name: "bytes", Text: strconv.Itoa(row.Bytes)})
		return t.Item(item)
	})
}

// Files gives the sounds.
func (k *Shelf) Files(ctx context.Context, viewer *web.Viewer, file func(name string, content []byte) error) error {
	return k.each(ctx, viewer, func(row Recording, said *sound) error {
		if said == nil {
			return nil
		}
		return file(fileOf(row), said.data)
	})
}

// each opens one after the other; nil for what is closed to them now.
func (k *Shelf) each(ctx context.Context, viewer *web.Viewer, do func(Recording, *sound) error) error {
	return people.Each(ctx, k.room.app, viewer.ID, saidSQL, saidToTellSQL, func(row Recording) error {
		said, err := k.open(ctx, row)
		switch {
		case errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered):
			return do(row, nil)
		case err != nil:
			return err
		case !viewer.Opens(said.Under):
			return do(row, nil)
		}
		return do(row, &said)
	})
}

func (k *Shelf) open(ctx context.Context, row Recording) (sound, error) {
	on := standOfReflection(row.Owner, row.Reflection)
	if row.Reply != "" {
		var share string
		err := k.room.app.ConcurrentDB().NewQuery("SELECT COALESCE((SELECT share FROM replies WHERE id = {:reply}), '')").
			Bind(dbx.Params{"reply": row.Reply}).WithContext(ctx).Row(&share)
		if err != nil {
			return sound{}, err
		}
		on = Share{ID: share, Learner: row.Owner}.spokenReply(row.Reply, row.Maker)
	}
	return k.room.openRecording(on, row)
}

// fileOf is what a sound is called in a download.
func fileOf(row Recording) string {
	endings := map[string]string{
		"audio/webm": ".webm", "audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/mpeg": ".mp3", "audio/aac": ".aac", "audio/wav": ".wav", "audio/3gpp": ".3gp", "audio/amr": ".amr",
	}
	return "recordings/" + row.ID + endings[row.Type]
}

// neverSent are sounds that somebody made for an answer which they did not send.
const neverSent = "maker = {:person} AND reply != '' AND reply NOT IN (SELECT id FROM replies WHERE state != 'draft')"

// Erase removes everything that is sealed under somebody's key, what they said for
// others and never sent, and its files.
func (k *Shelf) Erase(tx core.App, person string, most int) (int, error) {
	return k.room.clearWhere(tx, "owner = {:person} OR "+neverSent, dbx.Params{"person": person}, most)
}

const saidByWhoLeft = "owner IN (" + people.Left + ") AND owner NOT IN (" + audit.OnHold + ")"

// Clocks has the one of those who have left.
func (k *Shelf) Clocks() []people.Clock {
	c := people.NewClock(k.room.app, people.AfterLeaving(), "SELECT id FROM recordings WHERE "+saidByWhoLeft)
	c.Retire = func(_ context.Context, before time.Time, most int) (n int, err error) {
		err = k.room.app.RunInTransaction(func(tx core.App) (err error) {
			n, err = k.room.clearWhere(tx, saidByWhoLeft, dbx.Params{"before": people.Before(before)}, most)
			return err
		})
		return n, err
	}
	return []people.Clock{c}
}
