package people

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const (
	actDays       = 14 // shown unless other days are asked for
	mostActDays   = 92
	checkPatience = time.Second // for a check to end before the page says how far it is
)

// ActsPage is `/manage/audit`, "people/audit": what was done and how often, by
// day, and nobody's name. Its form asks, with from, until and kind in the
// address; Export is the same as a file.
type ActsPage struct {
	web.Base
	From, Until string // ISO dates
	Kind        audit.Kind
	Kinds       []audit.Kind // to choose from
	Days        []ActDay     // the newest first; those with nothing are left out
	Export      string       // address
	Errors      []web.FieldError
	All         bool     // of the whole site, and so whether its record is whole
	Checking    int      // rows that were looked at so far, while a check runs; -1 while none does
	Checked     []string // what the last check found, in words
	Whole       bool     // it found nothing wrong
	CannotCheck bool     // the key is not there
}

// An ActDay is one day.
type ActDay struct {
	Day  string
	Acts []audit.DayCount
}

func (o *Office) showActs(e *core.RequestEvent) error {
	page, span, err := o.actsAsked(e)
	if err != nil {
		return err
	}
	if page.All {
		page.check(e, o.audit.Check(checkPatience))
	}
	if page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/audit", page)
	}
	counts, err := o.audit.CountByDay(e.Request.Context(), span)
	if err != nil {
		return err
	}
	page.Days = byDay(counts)
	return web.Show(e, http.StatusOK, "people/audit", page)
}

// actsAsked reads what the address asks for, and fills all of the page but the
// counts.
func (o *Office) actsAsked(e *core.RequestEvent) (*ActsPage, audit.Span, error) {
	query, today := e.Request.URL.Query(), web.Now(e).UTC()
	page := &ActsPage{
		From:     orElse(strings.TrimSpace(query.Get("from")), today.AddDate(0, 0, 1-actDays).Format(time.DateOnly)),
		Until:    orElse(strings.TrimSpace(query.Get("until")), today.Format(time.DateOnly)),
		Checking: -1,
	}
	span, err := o.actsOf(e, page)
	if err != nil {
		return nil, span, err
	}
	page.All = span.Site
	if page.Errors = actProblems(page.From, page.Until); page.Errors != nil {
		return page, span, nil
	}
	if page.Kinds, err = o.audit.KindsIn(e.Request.Context(), span); err != nil {
		return nil, span, err
	}
	if kind := audit.Kind(query.Get("kind")); slices.Contains(page.Kinds, kind) {
		page.Kind, span.Kind = kind, kind
	}
	page.Export = "/manage/audit/acts.csv?from=" + page.From + "&until=" + page.Until + "&kind=" + string(page.Kind)
	return page, span, nil
}

// actsOf is how far the viewer sees, by the policy: the whole site, or their
// programmes.
func (o *Office) actsOf(e *core.RequestEvent, page *ActsPage) (audit.Span, error) {
	span := audit.Span{From: page.From, Until: page.Until}
	viewer := web.Current(e)
	for _, g := range Grants(viewer, Acts) {
		span.Site = span.Site || g.Of == Everybodys
	}
	if span.Site {
		return span, nil
	}
	which, params := ProgrammesOf(viewer, Acts, Counts)
	err := e.App.ConcurrentDB().NewQuery(which).Bind(params).WithContext(e.Request.Context()).Column(&span.Programmes)
	return span, err
}

func actProblems(from, until string) []web.FieldError {
	var wrong []web.FieldError
	for _, day := range []struct{ field, typed string }{{"from", from}, {"until", until}} {
		if startOf(day.typed).IsZero() {
			wrong = append(wrong, web.FieldError{Field: day.field, Key: "date-wrong"})
		}
	}
	switch {
	case wrong != nil:
		return wrong
	case startOf(until).Before(startOf(from)):
		return []web.FieldError{{Field: "until", Key: "date-order"}}
	case startOf(from).AddDate(0, 0, mostActDays).Before(startOf(until)):
		return []web.FieldError{{Field: "from", Key: "days-many", Max: mostActDays}}
	}
	return nil
}

// check says how whole the record is, as `audit verify` would.
func (p *ActsPage) check(e *core.RequestEvent, check audit.Check) {
	if check.Running {
		p.Checking = check.Row
	}
	if !check.Done {
		return
	}
	p.CannotCheck = check.Err != nil
	if check.Err == nil {
		lang, _ := web.Language(e)
		p.Checked, p.Whole = check.Report.Lines(lang), check.Report.IsWhole()
	}
}

func byDay(counts []audit.DayCount) []ActDay {
	var days []ActDay
	for _, c := range counts {
		if len(days) == 0 || days[len(days)-1].Day != c.Day {
			days = append(days, ActDay{Day: c.Day})
		}
		last := &days[len(days)-1]
		last.Acts = append(last.Acts, c)
	}
	return days
}

func orElse(typed, other string) string {
	if typed == "" {
		return other
	}
	return typed
}
