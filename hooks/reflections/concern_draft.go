package reflections

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/vault"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// A screen is one of the three on which a concern is written. What is saved from one
// leaves the others as they are, so each has a stamp of its own.
type screen struct {
	name  string // the end of its address, and of the fields of its web.Tab
	next  string // where it leads
	parts func(c Concern, s Statement) []part
	read  func(d *drafting) error             // what the form says
	join  func(stored Statement, d *drafting) // keeps what is stored beside it
	check func(d *drafting) []web.FieldError  // what is to be put right before it leads on
	show  func(d *drafting, status int) error // the screen, with what was typed
}

// A part is one field of a screen.
type part struct{ name, value string }

// stampOf tells one state of a screen from every other. It stands only on the page
// which has the words themselves.
func stampOf(parts []part) string {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%q\n", p.value)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))[:stampLength]
}

// A DraftTab is what a screen of a concern says of what is stored: the partial
// "draft-tab".
type DraftTab struct {
	Screen string
	Seen   string
	Other  *web.Other // what was saved from elsewhere since
}

func (sc screen) tab(c Concern, s Statement) DraftTab {
	return DraftTab{Screen: sc.name, Seen: stampOf(sc.parts(c, s))}
}

// A drafting is one screen on its way to be stored.
type drafting struct {
	*Room
	screen
	typing
	e      *core.RequestEvent
	ctx    context.Context
	viewer *web.Viewer
	tab    web.Tab
	page   DraftTab

	isNew    bool // it came from the form of one that is not there yet
	unlinked bool // and is not linked to the share that it came from
	isNone   bool // and is not
	noKey    bool
	was      Concern // as it is stored
	then     Statement
	c        Concern // as it is typed
	s        Statement
	works    string // programme in which the staff was chosen
}

// save stores a screen of a draft, and leads on or shows it again with all that was
// typed.
func (r *Room) save(sc screen) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		form, err := web.Form(e)
		if err != nil {
			return err
		}
		var d *drafting
		for range 2 { // it may have been saved from another tab in the same moment
			d = &drafting{Room: r, screen: sc, e: e, ctx: e.Request.Context(), viewer: web.Current(e), tab: web.TabOf(form, "."+sc.name)}
			d.form, d.page = form, DraftTab{Screen: sc.name, Seen: form.Get("seen." + sc.name)}
			if err = d.take(); !errors.Is(err, ErrChanged) {
				return err
			}
		}
		return d.lost()
	}
}

func (d *drafting) auto() bool { return web.SavesItself(d.form) }

func (d *drafting) take() error {
	if err := d.find(); err != nil {
		return err
	}
	d.c, d.s = d.was, d.then
	if err := d.read(d); err != nil {
		return err
	}
	if d.c.State != ConcernDraft {
		return d.lost()
	}
	if d.noKey {
		return d.again(http.StatusServiceUnavailable, cannotBeKept()...)
	}
	if d.isNone && d.tab.Saw != "" {
		d.page.Seen = "" // and its next form knows that nothing is there
		return d.again(http.StatusConflict, web.FieldError{Field: "concern", Key: "concern-gone"})
	}
	if asked, err := d.meet(); asked || err != nil {
		return err
	}
	return d.store()
}

// find finds the draft. Where there is none of the viewer's, it is one that is not
// there yet, or it is lost, as it is to whoever may raise none any more.
func (d *drafting) find() (err error) {
	if web.IsRefused(d.e) {
		return nil
	}
	id := d.e.Request.PathValue("concern")
	if d.isNew = id == ""; d.isNew {
		if id = d.form.Get("id"); !isRowID.MatchString(id) {
			id = core.GenerateDefaultRandomId()
		}
	}
	d.was, d.then, err = d.draft(d.ctx, d.viewer, id)
	switch {
	case errors.Is(err, vault.ErrNoKey):
		d.noKey, err = true, nil
	case errors.Is(err, web.ErrNotFound):
		d.was, err = d.concern(d.ctx, d.viewer, id)
		if err == nil && !d.was.isBy(d.viewer) {
			d.was = Concern{}
		}
		if errors.Is(err, web.ErrNotFound) {
			d.was, err = Concern{}, nil
			if d.isNew {
				d.isNone, d.was = true, Concern{ID: id, RaisedBy: d.viewer.ID, State: ConcernDraft}
			}
		}
	}
	return hide(err)
}

// meet lets what was typed meet what another tab saved since, and reports whether
// the person was asked what to keep.
func (d *drafting) meet() (asked bool, err error) {
	stored, mine := d.parts(d.was, d.then), d.parts(d.c, d.s)
	if d.isNone || slices.Equal(stored, mine) {
		return false, nil
	}
	switch d.tab.Keeps(stampOf(stored), d.then.By[d.name]) {
	case web.KeepMine:
	case web.KeepStored:
		d.c, d.s, d.works, d.problems = d.was, d.then, d.was.Programme, nil
	case web.KeepBoth:
		d.join(d.then, d)
		d.problems = tooLong(d.parts(d.c, d.s))
	default:
		d.page.Seen = web.ChoiceDue(stampOf(stored))
		other, err := d.differing(stored, mine)
		if err != nil {
			return false, err
		}
		d.page.Other = web.OtherText("."+d.name, other...)
		return true, d.again(http.StatusConflict, d.page.Other.Error)
	}
	return false, nil
}

// differing are the parts of what is stored that read differently from what was
// typed, in words.
func (d *drafting) differing(stored, mine []part) (all []web.OtherPart, err error) {
	names, err := d.namedIn(d.ctx, d.was)
	if err != nil {
		return nil, err
	}
	lang, _ := web.Language(d.e)
	say := func(key string) string { return templates.Say(lang, key, nil) }
	for i, p := range stored {
		if p == mine[i] {
			continue
		}
		said := p.value
		switch {
		case p.name == "about" && names.Label == "":
			said = say("concern.about.choose")
		case p.name == "about" && names.About == "":
			said = say("concern.about.nobody") + " · " + names.Label
		case p.name == "about":
			said = names.About + " · " + names.Label
		case p.name == "staff" && said == "":
			said = say("concern.staff.nobody")
		case p.name == "staff":
			said = names.Staff
		case said == "":
			said = say("concern.nothing")
		case p.name == "knows":
			said = say("concern.knows." + said)
		case p.name == "told":
			said = ""
			for _, one := range strings.Fields(p.value) {
				said += say("concern.told."+one) + "\n"
			}
		}
		all = append(all, web.OtherPart{Label: "concern." + strings.ReplaceAll(p.name, "_", "-"), Said: strings.TrimSpace(said)})
	}
	return all, nil
}

// store keeps it. What a page saves by itself may still have something to put right.
func (d *drafting) store() error {
	wrong := append(d.problems, d.check(d)...)
	switch {
	case d.auto() && d.problems == nil:
		if len(wrong) > 0 { // then it is to be said anew whom it is about
			d.c.Programme, d.c.About = "", ""
		}
	case len(wrong) > 0:
		return d.again(http.StatusUnprocessableEntity, wrong...)
	}
	if d.auto() && !d.isNone && d.c == d.was && slices.Equal(d.parts(d.was, d.then), d.parts(d.c, d.s)) {
		return d.saved() // sealed anew, it would have to be checked anew
	}
	d.s.By = maps.Clone(d.s.By)
	if d.s.By == nil {
		d.s.By = map[string]string{}
	}
	d.s.By[d.name] = d.tab.Page
	err := d.storeDraft(d.c, d.s, d.was.Sealed)
	switch {
	case errors.Is(err, vault.ErrNoKey):
		return d.again(http.StatusServiceUnavailable, cannotBeKept()...)
	case err != nil:
		return err
	case d.auto():
		return d.saved()
	}
	linked, err := d.shareWithin(d.ctx, d.c)
	if err != nil {
		return err
	}
	switch {
	case d.unlinked:
		web.Notify(d.e, "concern-share-left")
	case linked != d.c.Share:
		web.Notify(d.e, "concern-unlinked")
	}
	return web.SeeOther(d.e, "/concerns/"+d.c.ID+"/"+d.next)
}

// saved tells a page that saved by itself what is stored.
func (d *drafting) saved() error {
	return web.Stored(d.e, url.Values{"seen." + d.name: {stampOf(d.parts(d.c, d.s))}})
}

// again shows the screen with what was typed. A page that saves by itself reads the
// status alone.
func (d *drafting) again(status int, problems ...web.FieldError) error {
	if d.auto() {
		return d.e.NoContent(status)
	}
	d.problems = problems
	return d.show(d, status)
}

// tooLong are the parts that are more than may be kept once two stand together.
func tooLong(parts []part) (wrong []web.FieldError) {
	for _, p := range parts {
		if utf8.RuneCountInString(p.value) > maxConcernText {
			wrong = append(wrong, web.FieldError{Field: p.name, Key: "line-long", Max: maxConcernText})
		}
	}
	return wrong
}

// lost gives somebody their words back where the draft is not there for them any more:
// it was raised or deleted from another tab, or their role ended. Where there are none
// the page is one that is not there.
func (d *drafting) lost() error {
	page := &ConcernLostPage{Refused: web.IsRefused(d.e)}
	if d.was.State != ConcernDraft {
		page.Raised = d.was.ID
	}
	for _, p := range d.parts(Concern{}, d.s) {
		if slices.Contains([]string{"when", "said", "seen", "think", "told_else", "told_when", "done", "wishes", "why"}, p.name) && p.value != "" {
			page.Said = append(page.Said, web.OtherPart{Label: "concern." + strings.ReplaceAll(p.name, "_", "-"), Said: p.value})
		}
	}
	if len(page.Said) == 0 || d.auto() {
		return web.ErrNotFound
	}
	status := http.StatusNotFound
	if page.Raised != "" {
		status = http.StatusConflict
	}
	return web.Show(d.e, status, "reflections/concern-lost", page)
}

// joined is a field of one line with what is stored beside it.
func joined(stored, mine string) string {
	return strings.ReplaceAll(web.Keep(web.KeepBoth, stored, mine), "\n\n", "; ")
}
