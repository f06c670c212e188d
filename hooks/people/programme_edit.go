package people

import (
	"net/http"
	"strconv"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const (
	maxProgramme = 200 // characters of a programme's name
	maxName      = 100 // of a label, a cohort, a place
)

// showProgrammeEdit is the form of a programme that is there.
func (o *Office) showProgrammeEdit(e *core.RequestEvent) error {
	row, err := programmeOf(e)
	if err != nil {
		return err
	}
	page := &ProgrammeEditPage{Head: row.head(e), Name: row.Name, Label: row.Label, First: dayOf(row.Starts), Last: lastDay(row.Ends)}
	promised, err := promisesOf(e, page.Head.ID)
	if err != nil {
		return err
	}
	if promised.ReplyDays > 0 {
		page.ReplyDays = strconv.Itoa(promised.ReplyDays)
	}
	if page.OnCall, err = onCallChoices(e, promised.OnCall); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "people/programme-edit", page)
}

func (o *Office) saveProgramme(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	page := &ProgrammeEditPage{Name: in.line("name", maxProgramme, "programme-missing")}
	page.Label, page.Doubt = in.label(page.Name)
	page.First, page.Last = in.days("first", "last")
	if page.Head, err = headOf(e); err != nil {
		return err
	}
	days, onCall := in.replyDays(), in.form.Get("on_call")
	page.ReplyDays = in.form.Get("reply_days")
	if page.OnCall, err = onCallChoices(e, onCall); err != nil {
		return err
	}
	if !offers(page.OnCall, onCall) {
		in.wrong("on_call", "worker-missing")
	}
	if in.problems == nil {
		err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
			fields := Programme{Name: page.Name, Label: page.Label, Starts: startOf(page.First), Ends: endOf(page.Last)}.fields()
			fields["reply_days"], fields["on_call"] = days, onCall
			return []audit.Act{{Kind: audit.ProgrammeChanged, Item: page.Head.ID, Programme: page.Head.ID}}, change(tx, "programmes", page.Head.ID, fields)
		})
		if isTakenIn(err, "label") {
			in.wrong("label", "label-taken")
		} else if err != nil {
			return err
		}
	}
	if page.Errors = in.problems; page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "people/programme-edit", page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, page.Head.Address())
}

// mostReplyDays is the longest time within which a programme may promise an answer.
const mostReplyDays = 60

// replyDays is the field for the days within which an answer is promised; 0 where
// nothing was typed, for the usual.
func (t *typed) replyDays() int {
	text := strings.TrimSpace(t.form.Get("reply_days"))
	if text == "" {
		return 0
	}
	days, err := strconv.Atoi(text)
	if err != nil || days < 1 || days > mostReplyDays {
		t.note(web.FieldError{Field: "reply_days", Key: "reply-days", Max: mostReplyDays})
	}
	return days
}

// label is the field for a programme's neutral name. Where it may give the
// programme away the form comes back once and says so; sent again with the same
// label, it is taken. doubt is the label to send again.
func (t *typed) label(name string) (label, doubt string) {
	label = t.line("label", maxName, "label-missing")
	why := labelDoubt(name, label)
	if why == "" || t.form.Get("doubt") == label {
		return label, t.form.Get("doubt")
	}
	t.wrong("label", why)
	return label, label
}
