package facilitation

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Supervision is when somebody meets somebody who supports them in their work.
type Supervision struct {
	ID   string
	Day  string // ISO date
	Held bool   // it took place
	Past bool   // its day has come
	Meeting
	Lock reflections.Lock
}

// A Meeting is what is sealed of a supervision.
type Meeting struct {
	With    string `json:"with,omitempty"`
	Time    string `json:"time,omitempty"` // 14:30, as its writer reads a clock
	Minutes int    `json:"minutes,omitempty"`
	Need    string `json:"need,omitempty"`
	Came    string `json:"came,omitempty"`
}

// Bounds of a supervision, in bytes where nothing else is said.
const (
	mostOfMeeting  = 5_000
	mostOfWith     = 200 // letters
	longestMeeting = 600 // minutes
)

// Hours is how long it was, in words of a file: 1.5.
func (m Meeting) Hours() string {
	if m.Minutes == 0 {
		return ""
	}
	return strconv.FormatFloat(math.Round(float64(m.Minutes)/60*100)/100, 'f', -1, 64)
}

// Length is how long it was, as a field shows it.
func (m Meeting) Length() string {
	if m.Minutes == 0 {
		return ""
	}
	return strconv.Itoa(m.Minutes)
}

type supervisionRow struct {
	ID     string `db:"id"`
	Sealed string `db:"sealed"`
	At     string `db:"at"`
	Held   bool   `db:"held"`
}

func (p *Practice) opened(owner string, row supervisionRow) (Supervision, error) {
	s := Supervision{ID: row.ID, Day: day(row.At), Held: row.Held}
	s.Past = s.Day <= p.now().UTC().Format(time.DateOnly)
	var err error
	s.Lock, err = p.open(owner, placeOfSupervision(row.ID), row.Sealed, &s.Meeting)
	return s, err
}

// supervisions are all of somebody's own, the newest first.
func (p *Practice) supervisions(ctx context.Context, owner string) ([]Supervision, error) {
	var rows []supervisionRow
	err := p.app.ConcurrentDB().NewQuery("SELECT id, sealed, at, held FROM supervisions WHERE owner = {:owner} ORDER BY at DESC, id LIMIT 1000").
		Bind(dbx.Params{"owner": owner}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list supervisions: %w", err)
	}
	all := make([]Supervision, len(rows))
	for i, row := range rows {
		if all[i], err = p.opened(owner, row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (p *Practice) showSupervisionNew(e *core.RequestEvent) error {
	page := &SupervisionPage{Address: e.Request.URL.Path, Key: core.GenerateDefaultRandomId()}
	return web.Show(e, http.StatusOK, "facilitation/practice-supervision", page)
}

func (p *Practice) showSupervision(e *core.RequestEvent) error {
	page, err := p.supervisionPage(e, e.Request.PathValue("supervision"))
	if err != nil {
		return err
	}
	page.Lock = page.Supervision.Lock
	return web.Show(e, http.StatusOK, "facilitation/practice-supervision", page)
}

func (p *Practice) supervisionPage(e *core.RequestEvent, id string) (*SupervisionPage, error) {
	var row supervisionRow
	owner := web.Current(e).ID
	err := p.app.ConcurrentDB().NewQuery("SELECT id, sealed, at, held FROM supervisions WHERE id = {:id} AND owner = {:owner}").
		Bind(dbx.Params{"id": id, "owner": owner}).WithContext(e.Request.Context()).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read supervision %s: %w", id, err)
	}
	page := &SupervisionPage{Address: "/facilitate/practice/supervision/" + row.ID, Seen: reflections.Stamp(row.Sealed), There: true}
	page.Supervision, err = p.opened(owner, row)
	page.Minutes = page.Supervision.Length()
	return page, err
}

func (p *Practice) addSupervision(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &SupervisionPage{Address: e.Request.URL.Path, Key: cmp.Or(form.Get("key"), core.GenerateDefaultRandomId())}
	page.take(form, p.now())
	if page.Errors == nil {
		id := idOf("supervision", web.Current(e).ID, page.Key)
		err = p.storeSupervision(e, id, page.Supervision, "")
		if errors.Is(err, errOlder) {
			page, err = p.meetSupervision(e, id, form)
		}
	}
	return p.afterSupervision(e, page, err)
}

// meetSupervision is meetNote for a supervision.
func (p *Practice) meetSupervision(e *core.RequestEvent, id string, form url.Values) (*SupervisionPage, error) {
	page, err := p.supervisionPage(e, id)
	if err != nil {
		return page, err
	}
	stored := page.Supervision
	page.take(form, p.now())
	typed := page.Supervision
	switch {
	case stored.Lock != reflections.Unlocked:
		return page, vault.ErrNoKey
	case stored.Meeting == typed.Meeting && stored.Day == typed.Day && stored.Held == typed.Held:
		return page, nil
	}
	page.Other = &stored
	return page, errOlder
}

func (p *Practice) changeSupervision(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, err := p.supervisionPage(e, e.Request.PathValue("supervision"))
	if err != nil {
		return err
	}
	stored := page.Supervision
	page.take(form, p.now())
	if page.Errors == nil && stored.Lock != reflections.Unlocked {
		err = vault.ErrNoKey
	} else if page.Errors == nil {
		err = p.storeSupervision(e, stored.ID, page.Supervision, form.Get("seen"))
	}
	if errors.Is(err, errOlder) {
		page.Other = &stored
	}
	return p.afterSupervision(e, page, err)
}

// take puts in what was typed, and what is to be put right in it.
func (page *SupervisionPage) take(form url.Values, now time.Time) {
	wrong := func(field, key string, most int) {
		page.Errors = append(page.Errors, web.FieldError{Field: field, Key: key, Max: most})
	}
	s := &page.Supervision
	s.Day, page.Minutes = strings.TrimSpace(form.Get("day")), strings.TrimSpace(form.Get("minutes"))
	s.Held = form.Get("held") == "true"
	s.Meeting = Meeting{
		With: strings.Join(strings.Fields(tidy(form.Get("with"))), " "), Time: strings.TrimSpace(form.Get("time")),
		Need: tidy(form.Get("need")), Came: tidy(form.Get("came")),
	}
	at, err := time.Parse(time.DateOnly, s.Day)
	switch {
	case s.Day == "":
		wrong("day", "supervision-day", 0)
	case err != nil:
		wrong("day", "date-wrong", 0)
	case s.Held && at.After(now):
		wrong("held", "supervision-ahead", 0)
	}
	if _, err := time.Parse("15:04", s.Time); s.Time != "" && err != nil {
		wrong("time", "time-wrong", 0)
	}
	if page.Minutes != "" {
		if s.Minutes, err = strconv.Atoi(page.Minutes); err != nil || s.Minutes < 1 || s.Minutes > longestMeeting {
			s.Minutes = 0
			wrong("minutes", "minutes-wrong", longestMeeting)
		}
	}
	if len([]rune(s.With)) > mostOfWith {
		wrong("with", "line-long", mostOfWith)
	}
	if len(s.Need) > mostOfMeeting {
		wrong("need", "note-long", 0)
	}
	if len(s.Came) > mostOfMeeting {
		wrong("came", "note-long", 0)
	}
}

const supervisionSQL = `INSERT INTO supervisions (id, owner, sealed, at, held, created, updated) VALUES ({:id}, {:owner}, {:sealed}, {:at}, {:held}, {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at, held = excluded.held, updated = excluded.updated
	WHERE owner = {:owner} AND {:seen} != '' AND substr(supervisions.sealed, -length({:seen})) = {:seen}`

func (p *Practice) storeSupervision(e *core.RequestEvent, id string, s Supervision, seen string) error {
	owner := web.Current(e).ID
	sealed, err := p.seal(owner, placeOfSupervision(id), s.Meeting)
	if err != nil {
		return err
	}
	at, _ := time.Parse(time.DateOnly, s.Day) // take has looked
	stored, err := web.Changes(p.app, supervisionSQL, dbx.Params{
		"id": id, "owner": owner, "sealed": sealed, "seen": seen, "at": moment(at), "held": s.Held, "now": moment(p.now()),
	})
	if err == nil && !stored {
		return errOlder
	}
	return err
}

func (p *Practice) afterSupervision(e *core.RequestEvent, page *SupervisionPage, err error) error {
	status := http.StatusUnprocessableEntity
	switch {
	case reflections.CannotKeep(err):
		page.Errors, status = []web.FieldError{{Field: "day", Key: "practice-no-key"}}, http.StatusServiceUnavailable
	case errors.Is(err, errOlder):
		page.Errors, status = []web.FieldError{{Field: "day", Key: "practice-changed"}}, http.StatusConflict
	case err != nil:
		return err
	}
	if page.Errors != nil {
		return web.Show(e, status, "facilitation/practice-supervision", page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/facilitate/practice")
}

func (p *Practice) deleteSupervision(e *core.RequestEvent) error {
	return p.remove(e, "DELETE FROM supervisions WHERE id = {:id} AND owner = {:owner}", "supervision")
}
