package authoring

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"alongside/courses"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// HistoryPage is `/write/{course}/{module}/history`, "authoring/history": every text
// that was saved, the newest first.
type HistoryPage struct {
	web.Base
	Head
	Now     int // number of what the draft is
	Sitting []Sitting
	Older   int    // number before which there are more; 0 for none
	Message string // of a version, as it was typed
	Errors  []web.FieldError
}

// A Sitting is what one person saved in one open page, one after the other: its
// newest text stands for it.
type Sitting struct {
	Number   int    // of its newest state
	How      string // of that
	Who      string // "" for somebody who is not here any more
	Mine     bool
	From, To string // when, as the database writes it
	Aside    bool
	Message  string // of the version that its newest state became; "" for none
	Version  bool
	Texts    int // how many states
}

// statesShown is how many states a page of the history is made of.
const statesShown = 400

type historyRow struct {
	Number   int    `db:"number"`
	Aside    bool   `db:"aside"`
	By       string `db:"by"`
	Called   string `db:"called"`
	Page     string `db:"page"`
	How      string `db:"how"`
	Revision string `db:"revision"`
	Message  string `db:"message"`
	Created  string `db:"created"`
}

func (a *Authoring) showHistory(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	return a.historyPage(e, p, http.StatusOK, &HistoryPage{})
}

func (a *Authoring) historyPage(e *core.RequestEvent, p Place, status int, page *HistoryPage) error {
	before, err := strconv.Atoi(e.Request.URL.Query().Get("before"))
	if err != nil || before < 1 {
		before = p.Draft.Head + 1 + statesShown*statesShown
	}
	rows, err := a.historyRows(e.Request.Context(), p.Draft.ID, before)
	if err != nil {
		return err
	}
	page.Head, page.Now = headOf(p), p.Draft.Head
	if len(rows) > statesShown {
		rows = rows[:statesShown]
		page.Older = rows[len(rows)-1].Number
	}
	page.Sitting = sittings(rows, web.Current(e).ID)
	return web.Show(e, status, "authoring/history", page)
}

func (a *Authoring) historyRows(ctx context.Context, draft string, before int) (rows []historyRow, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT s.number, s.aside, s.by, COALESCE(NULLIF(u.name, ''), u.username, '') AS called, s.page, s.how, s.revision,
			COALESCE(r.message, '') AS message, s.created
		FROM draft_states s LEFT JOIN users u ON u.id = s.by LEFT JOIN revisions r ON r.id = s.revision
		WHERE s.draft = {:draft} AND s.number < {:before} ORDER BY s.number DESC LIMIT {:most}`).
		Bind(dbx.Params{"draft": draft, "before": before, "most": statesShown + 1}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("history of draft %s: %w", draft, err)
	}
	return rows, nil
}

// sittings joins what one page saved by itself, one after the other.
func sittings(rows []historyRow, viewer string) (all []Sitting) {
	last := historyRow{}
	for _, row := range rows {
		goesOn := len(all) > 0 && row.How == Typed && last.How == Typed && row.Page == last.Page && row.By == last.By && row.Aside == last.Aside && row.Revision == ""
		last = row
		if goesOn {
			all[len(all)-1].From = row.Created
			all[len(all)-1].Texts++
			continue
		}
		all = append(all, Sitting{
			Number: row.Number, How: row.How, Who: row.Called, Mine: row.By == viewer, From: row.Created, To: row.Created, Aside: row.Aside,
			Message: row.Message, Version: row.Revision != "", Texts: 1,
		})
	}
	return all
}

// FormerPage is `/write/{course}/{module}/history/{number}`, "authoring/former": one
// text that was saved, beside another: what the draft is now, unless ?with= says which,
// by its number or "live" for what learners read. Its form posts do, "back" or "leave".
type FormerPage struct {
	web.Base
	Head
	Number  int
	Saved   string
	Text    string
	With    []templates.Choice // what it can be put beside
	Changes []Change           // from what stands there to that
	IsNow   bool
	Same    bool // both read alike
	Aside   bool // it stands aside, and nothing was made of it
}

// A Change is a line of a difference: words that are in both texts, or in one.
type Change struct {
	Runs   []courses.Run
	Folded int // lines that are the same and left out
}

func (a *Authoring) showFormer(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	former, err := a.stateAt(e, p)
	if err != nil {
		return err
	}
	ctx, with := e.Request.Context(), e.Request.URL.Query().Get("with")
	other, err := a.otherText(ctx, p, with)
	if err != nil {
		return err
	}
	rows, err := a.historyRows(ctx, p.Draft.ID, p.Draft.Head+1+statesShown*statesShown)
	if err != nil {
		return err
	}
	left, err := a.leftAside(ctx, p.Draft)
	if err != nil {
		return err
	}
	language, _ := web.Language(e)
	return web.Show(e, http.StatusOK, "authoring/former", &FormerPage{
		Head: headOf(p), Number: former.Number, Saved: former.Created, Text: former.Text, IsNow: former.Number == p.Draft.Head,
		With: p.besides(language, sittings(rows, web.Current(e).ID), former.Number, with), Same: former.Text == other,
		Changes: changes(former.Text, other), Aside: left != nil && left.Number == former.Number,
	})
}

// otherText is what a text is put beside: a state by its number, "live", or what the
// draft is now.
func (a *Authoring) otherText(ctx context.Context, p Place, with string) (string, error) {
	if with == "live" {
		if p.Live.Revision == "" {
			return "", web.ErrNotFound
		}
		return p.Live.Text, nil
	}
	number, err := strconv.Atoi(with)
	if err != nil {
		number = p.Draft.Head
	}
	other, err := a.state(ctx, a.app.ConcurrentDB(), p.Draft.ID, number)
	return other.Text, err
}

// besides are the texts that one can be put beside, what it is now first.
func (p Place) besides(language string, all []Sitting, number int, with string) []templates.Choice {
	choices := []templates.Choice{{Value: strconv.Itoa(p.Draft.Head), Key: "former.with.now"}}
	if p.Live.Revision != "" {
		choices = append(choices, templates.Choice{Value: "live", Key: "former.with.live"})
	}
	for _, one := range all {
		if one.Number != number && one.Number != p.Draft.Head {
			text := templates.Moment(language, one.To)
			if one.Version {
				text += " · " + one.Message
			}
			choices = append(choices, templates.Choice{Value: strconv.Itoa(one.Number), Text: text})
		}
	}
	for i := range choices {
		choices[i].Chosen = choices[i].Value == with
	}
	return choices
}

func (a *Authoring) stateAt(e *core.RequestEvent, p Place) (State, error) {
	number, err := strconv.Atoi(e.Request.PathValue("number"))
	if err != nil {
		return State{}, web.ErrNotFound
	}
	return a.state(e.Request.Context(), a.app.ConcurrentDB(), p.Draft.ID, number)
}

// restoreText makes a text that was saved what the draft is, or leaves one that stands
// aside there. What it was stays in the history.
func (a *Authoring) restoreText(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	former, err := a.stateAt(e, p)
	if err != nil {
		return err
	}
	ctx, leave := e.Request.Context(), form.Get("do") == "leave"
	err = a.app.RunInTransaction(func(tx core.App) error {
		d, err := a.draftByID(ctx, tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		p.Draft = d
		if leave {
			_, err := a.add(tx, p, State{After: former.Number, Aside: true, Text: former.Text, By: web.Current(e).ID, How: Left})
			return err
		}
		head, err := a.state(ctx, tx.DB(), d.ID, d.Head)
		if err != nil || head.Text == former.Text {
			return err
		}
		_, err = a.add(tx, p, State{After: madeFrom(former, head), Text: former.Text, By: web.Current(e).ID, How: Restored})
		return err
	})
	if err != nil {
		return err
	}
	if leave {
		web.Notify(e, "text-left")
	} else {
		web.Notify(e, "text-restored")
	}
	return web.SeeOther(e, p.Address())
}

// madeFrom is what a text that is brought back was made from: itself where it stood
// aside, so that it stands there no more.
func madeFrom(former, head State) int {
	if former.Aside {
		return former.Number
	}
	return head.Number
}

// around is how many lines that are the same show beside one that is not.
const around = 2

// changes are the lines of a difference, with those left out that are far from any
// change.
func changes(before, after string) []Change {
	lines := []Change{{}}
	for _, run := range courses.Difference([]byte(before), []byte(after)) {
		for i, part := range splitLines(run.Text) {
			if i > 0 {
				lines = append(lines, Change{})
			}
			if part != "" {
				last := &lines[len(lines)-1]
				last.Runs = append(last.Runs, courses.Run{Kind: run.Kind, Text: part})
			}
		}
	}
	return folded(lines)
}

// splitLines cuts after line endings, which stay with the line that they end.
func splitLines(text string) (all []string) {
	from := 0
	for i := range len(text) {
		if text[i] == '\n' {
			all = append(all, text[from:i+1])
			from = i + 1
		}
	}
	return append(all, text[from:])
}

// IsSame reports whether nothing of a line was changed.
func (c Change) IsSame() bool {
	for _, run := range c.Runs {
		if run.Kind != courses.Same {
			return false
		}
	}
	return true
}

func folded(lines []Change) (all []Change) {
	near := make([]bool, len(lines))
	for i, line := range lines {
		if !line.IsSame() {
			for k := max(0, i-around); k <= min(len(lines)-1, i+around); k++ {
				near[k] = true
			}
		}
	}
	for i, line := range lines {
		switch {
		case near[i]:
			all = append(all, line)
		case len(all) > 0 && all[len(all)-1].Folded > 0:
			all[len(all)-1].Folded++
		default:
			all = append(all, Change{Folded: 1})
		}
	}
	return all
}
