package facilitation

import (
	"errors"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// beforeMost is how many earlier shares stand on the page of one: the newest.
const beforeMost = 50

// SharePage is `/facilitate/shares/{share}`, "facilitation/share". Its form posts
// to the same address the fields reply, talk, after, do, and those of a web.Tab.
type SharePage struct {
	web.Base
	Waiting   // what the list of shares says of this one, too
	Shown     reflections.Shown
	Lock      reflections.Lock
	Heard     *reflections.Heard // what they said; nil for nothing
	MayLearn  bool               // the viewer may open the learner's page
	MayRaise  bool               // and raise a concern
	Turns     []Turn
	Before    []Waiting // what the same learner shared with the viewer besides
	Beside    Beside
	Phrases   []PhrasesOfKind
	Reply     string             // that is being written
	Seen      string             // the stamp of what the page shows as stored of it
	Other     *web.Other         // what was saved of it from elsewhere since
	HasDraft  bool               // it is stored
	Said      *reflections.Heard // that the answer will have with it
	WantsTalk bool               // the tick
	Errors    []web.FieldError   // fields reply and keep
}

// Address of the page, and of its form.
func (p *SharePage) Address() string { return "/facilitate/shares/" + p.Share }

// A Turn is what one of the two wrote.
type Turn struct {
	Mine  bool // the viewer's
	Text  string
	Heard *reflections.Heard
	Lock  reflections.Lock
	Sent  string // ISO date
	Seen  bool   // by the other
}

// showShare is what a learner lets the viewer read, once it is on record that they
// look.
func (f *Facilitation) showShare(e *core.RequestEvent) error {
	return f.sharePage(e, http.StatusOK, typed{})
}

// typed is what somebody had written when their form came back.
type typed struct {
	isThere bool
	text    string
	talk    bool
	seen    string
	other   *web.Other
	wrong   []web.FieldError
}

func (f *Facilitation) sharePage(e *core.RequestEvent, status int, t typed) error {
	viewer := web.Current(e)
	opened, err := f.written.Open(e.Request.Context(), viewer, e.Request.PathValue("share"))
	if err != nil {
		return err
	}
	page := &SharePage{Lock: opened.Lock, Shown: opened.Shown, WantsTalk: t.talk, Reply: t.text, Seen: t.seen, Other: t.other, Errors: t.wrong}
	if err := f.addListed(e, page, opened.Share); err != nil {
		return err
	}
	if page.Beside, err = f.beginBeside(e, opened.Share, ""); err != nil {
		return err
	}
	if opened.Withdrawn != "" { // nothing of it shows, and whoever had written something has it back
		return web.Show(e, status, "facilitation/share", page)
	}
	if err := f.addThread(e, page, opened.Share, t); err != nil {
		return err
	}
	if page.MayLearn, err = f.mayLearn(e, opened.Learner); err != nil {
		return err
	}
	page.MayRaise = people.May(viewer, people.Raising)
	if page.Phrases, err = f.phrasesFor(e, page.Shown.Lang); err != nil {
		return err
	}
	return web.Show(e, status, "facilitation/share", page)
}

// addListed puts in what the lists say of this share and of the learner's others.
func (f *Facilitation) addListed(e *core.RequestEvent, page *SharePage, s reflections.Share) error {
	all, err := f.sharedBy(e, s.Learner, beforeMost+1)
	if err != nil {
		return err
	}
	for _, one := range all {
		switch {
		case one.Share == s.ID:
			page.Waiting = one
		case len(page.Before) < beforeMost:
			page.Before = append(page.Before, one)
		}
	}
	if page.Share != "" {
		return nil
	}
	page.Waiting, err = f.listedAs(e, s) // an old one, of somebody who shares much
	return err
}

// sharedBy are what a learner shared with the viewer, the newest first.
func (f *Facilitation) sharedBy(e *core.RequestEvent, learner string, most int) ([]Waiting, error) {
	told, params := reflections.KnownTo(web.Current(e), web.Now(e))
	params["learner"] = learner
	return f.told(e, toldSQL(told), params, most)
}

// listedAs is one share as a list would have it.
func (f *Facilitation) listedAs(e *core.RequestEvent, s reflections.Share) (Waiting, error) {
	all, err := f.told(e, sharedSQL("s.id = {:share}", "s.id"), dbx.Params{"share": s.ID}, 1)
	if err != nil {
		return Waiting{}, err
	}
	if len(all) == 0 {
		return Waiting{}, web.ErrNotFound
	}
	return all[0], nil
}

func (f *Facilitation) told(e *core.RequestEvent, sql string, params dbx.Params, most int) ([]Waiting, error) {
	rows, err := f.shared(e, sql, params, most)
	if err != nil {
		return nil, err
	}
	modules, err := f.modulesOf(e, rows)
	if err != nil {
		return nil, err
	}
	var all []Waiting
	for _, row := range rows {
		all = append(all, row.inQueue(modules, moment(web.Now(e))))
	}
	return all, nil
}

// addThread puts in what was written to and fro, and what the viewer was writing.
// What the other sent is seen from now on, unless a form comes back.
func (f *Facilitation) addThread(e *core.RequestEvent, page *SharePage, s reflections.Share, t typed) error {
	viewer := web.Current(e)
	sent, draft, err := f.written.Thread(e.Request.Context(), viewer, s)
	if err != nil {
		return err
	}
	spoken, err := f.written.Spoken(e.Request.Context(), viewer, s.ID, page.Learner.Called())
	if err != nil {
		return err
	}
	if !t.isThere {
		if err := f.written.Saw(viewer, sent); err != nil {
			return err
		}
	}
	page.Heard = heardAt(spoken, s.ID)
	for _, one := range sent {
		page.Turns = append(page.Turns, Turn{
			Mine: one.Writer == viewer.ID, Text: one.Text, Heard: heardAt(spoken, one.ID), Lock: one.Lock, Sent: day(one.Sent), Seen: one.Seen != "",
		})
	}
	if draft != nil && draft.Lock == reflections.Unlocked {
		page.HasDraft, page.Said = true, heardAt(spoken, draft.ID)
		if !t.isThere {
			page.Reply, page.Seen = draft.Text, reflections.Stamp(draft.Sealed)
		}
	}
	return nil
}

// heardAt is the recording that hangs on a share or a reply; nil for none.
func heardAt(spoken map[string]reflections.Heard, id string) *reflections.Heard {
	if one, ok := spoken[id]; ok {
		return &one
	}
	return nil
}

// mayLearn reports whether the viewer may open a learner's page: who covers for
// somebody may not.
func (f *Facilitation) mayLearn(e *core.RequestEvent, learner string) (bool, error) {
	_, err := people.See(e.Request.Context(), f.app, web.Now(e), web.Current(e), people.Progress, people.Subject{Person: learner})
	if errors.Is(err, web.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
