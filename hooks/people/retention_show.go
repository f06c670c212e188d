package people

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// longestClock bounds what a clock may be set to: a hundred years. The words of
// days-wrong say it too.
const longestClock = 36500

func (k *Keeping) showRetention(e *core.RequestEvent) error {
	ctx := e.Request.Context()
	r, err := k.retention(ctx)
	if err != nil {
		return err
	}
	rows, err := k.clockRows(ctx, r)
	if err != nil {
		return err
	}
	return k.showClocks(e, http.StatusOK, r, &RetentionPage{Clocks: rows})
}

func (k *Keeping) showClocks(e *core.RequestEvent, status int, r retention, page *RetentionPage) error {
	if r.Ran != nil {
		page.Ran = Moment(r.Ran.At)
		for _, parts := range k.clocks() {
			if n := r.Ran.Gone[parts[0].Name]; n > 0 {
				page.Gone = append(page.Gone, Holding{Kind: parts[0].Name, Count: n})
			}
		}
	}
	return web.Show(e, status, "people/retention", page)
}

// clockRows are the clocks as they stand, with what the next run would do.
func (k *Keeping) clockRows(ctx context.Context, r retention) ([]ClockRow, error) {
	var rows []ClockRow
	for _, parts := range k.clocks() {
		c := parts[0]
		n, err := due(ctx, parts, r.days(c), k.now())
		if err != nil {
			return nil, err
		}
		rows = append(rows, ClockRow{
			Name: c.Name, Days: strconv.Itoa(r.days(c)), Runs: r.days(c), Least: c.Least, Fixed: c.Fixed, Due: n, Ours: c.Due != nil,
		})
	}
	return rows, nil
}

// saveRetention sets the clocks. Where that lets something go which would stay
// otherwise, it says how much and asks once more.
func (k *Keeping) saveRetention(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	ctx := e.Request.Context()
	before, err := k.retention(ctx)
	if err != nil {
		return err
	}
	days, problems := k.daysTyped(form)
	after := retention{Days: days, Ran: before.Ran}
	page := &RetentionPage{Errors: problems}
	if page.Clocks, err = k.clockRows(ctx, after); err != nil {
		return err
	}
	if problems != nil {
		page.keepTyped(form)
		return k.showClocks(e, http.StatusUnprocessableEntity, before, page)
	}
	if page.Sooner, err = k.sooner(ctx, before, page.Clocks); err != nil {
		return err
	}
	if page.Sooner > 0 && form.Get("sure") != strconv.Itoa(page.Sooner) {
		return k.showClocks(e, http.StatusConflict, before, page)
	}
	if err := k.setDays(days, web.Current(e).ID); err != nil {
		return err
	}
	web.Notify(e, "retention-saved")
	return web.SeeOther(e, "/manage/retention")
}

// keepTyped shows the fields as they were sent.
func (p *RetentionPage) keepTyped(form url.Values) {
	for i, row := range p.Clocks {
		if form.Has(row.Name) {
			p.Clocks[i].Days = form.Get(row.Name)
		}
	}
}

// daysTyped reads the clocks that a manager may set.
func (k *Keeping) daysTyped(form url.Values) (map[string]int, []web.FieldError) {
	days := map[string]int{}
	var wrong []web.FieldError
	for _, parts := range k.clocks() {
		c := parts[0]
		if c.Fixed {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(form.Get(c.Name)))
		if err != nil || n < c.Least || n > longestClock {
			wrong = append(wrong, web.FieldError{Field: c.Name, Key: "days-wrong", Max: c.Least})
			continue
		}
		days[c.Name] = n
	}
	return days, wrong
}

// sooner counts what the next run would let go that it would not as clocks stood
// before.
func (k *Keeping) sooner(ctx context.Context, before retention, rows []ClockRow) (int, error) {
	was, err := k.clockRows(ctx, before)
	if err != nil {
		return 0, err
	}
	all := 0
	for i, row := range rows {
		all += max(0, row.Due-was[i].Due)
	}
	return all, nil
}
