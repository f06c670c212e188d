package facilitation

import (
	"net/http"
	"slices"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// PracticeRecordPage is `/facilitate/practice/record`, "facilitation/practice-record":
// on which days somebody had supervision and for how long, to print, and nothing
// else.
type PracticeRecordPage struct {
	web.Base
	Name    string
	Held    []Supervision // the first first
	Minutes int           // of all
	Hours   string
	Lock    bool // how long cannot be read now
}

func (p *Practice) recordPage(e *core.RequestEvent) (*PracticeRecordPage, error) {
	viewer := web.Current(e)
	all, err := p.supervisions(e.Request.Context(), viewer.ID)
	if err != nil {
		return nil, err
	}
	page := &PracticeRecordPage{Name: viewer.Called()}
	for _, s := range slices.Backward(all) {
		if !s.Held {
			continue
		}
		page.Held = append(page.Held, s)
		page.Minutes += s.Minutes
		page.Lock = page.Lock || s.Lock != ""
	}
	page.Hours = Meeting{Minutes: page.Minutes}.Hours()
	return page, nil
}

func (p *Practice) showPracticeRecord(e *core.RequestEvent) error {
	page, err := p.recordPage(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "facilitation/practice-record", page)
}

// sendPracticeRecord is the same as a file.
func (p *Practice) sendPracticeRecord(e *core.RequestEvent) error {
	page, err := p.recordPage(e)
	if err != nil {
		return err
	}
	lang := languageOf(e)
	rows := [][]string{{templates.Say(lang, "practice.record.day", nil), templates.Say(lang, "practice.record.hours", nil)}}
	for _, s := range page.Held {
		rows = append(rows, []string{s.Day, s.Hours()})
	}
	text, err := asCSV(rows)
	if err != nil {
		return err
	}
	return sendCSV(e, "supervision-"+web.Now(e).Format("2006-01-02")+".csv", text)
}
