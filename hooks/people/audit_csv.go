package people

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// sendActs is the same as the page, as a file. It holds days, kinds and numbers,
// and no word that anybody typed.
func (o *Office) sendActs(e *core.RequestEvent) error {
	page, span, err := o.actsAsked(e)
	if err != nil {
		return err
	}
	if page.Errors != nil {
		return web.ErrNotFound
	}
	counts, err := o.audit.CountByDay(e.Request.Context(), span)
	if err != nil {
		return err
	}
	lang, _ := web.Language(e)
	text, err := actsAsCSV(lang, counts)
	if err != nil {
		return err
	}
	if err := o.audit.Record(e.App, audit.Act{Kind: audit.ActsExported, Actor: web.Current(e).ID}); err != nil {
		return err
	}
	e.Response.Header().Set("Content-Disposition", `attachment; filename="acts-`+page.From+`-`+page.Until+`.csv"`)
	return e.Blob(http.StatusOK, "text/csv; charset=utf-8", text)
}

// actsAsCSV begins with a byte order mark: without it spreadsheets take UTF-8
// for something else.
func actsAsCSV(lang string, counts []audit.DayCount) ([]byte, error) {
	var text bytes.Buffer
	text.WriteString("\ufeff")
	w := csv.NewWriter(&text)
	w.UseCRLF = true
	say := func(key string) string { return templates.Say(lang, key, nil) }
	rows := [][]string{{say("acts.day"), say("acts.kind"), say("acts.what"), say("acts.count")}}
	for _, c := range counts {
		rows = append(rows, []string{c.Day, string(c.Kind), say("act." + string(c.Kind)), strconv.Itoa(c.Count)})
	}
	err := w.WriteAll(rows)
	return text.Bytes(), err
}
