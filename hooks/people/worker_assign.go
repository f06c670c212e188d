package people

import (
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// assignWorker gives a learner somebody who walks beside them: only who is
// offered on their page, so of this programme, and in a role that they hold.
func (o *Office) assignWorker(e *core.RequestEvent) error {
	in, err := typedIn(e)
	if err != nil {
		return err
	}
	programme, learner := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	isLearner, err := there(e.Request.Context(), e.App, "SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:learner} AND m.role = 'learner' AND m.programme = {:programme} AND "+holdsNow("m")+")",
		dbx.Params{"learner": learner, "programme": programme, "policyNow": stored(web.Now(e)).String()})
	if err != nil {
		return err
	}
	if !isLearner {
		return web.ErrNotFound
	}
	choices, err := besideChoices(e, programme, learner)
	if err != nil {
		return err
	}
	chosen := in.form.Get("worker")
	role, worker, _ := strings.Cut(chosen, ":")
	if !offers(choices, chosen) {
		in.wrong("worker", "worker-missing")
		return showPerson(e, http.StatusUnprocessableEntity, &PersonPage{Errors: in.problems})
	}
	err = o.acting(e, func(tx core.App) ([]audit.Act, error) {
		act := audit.Act{Kind: audit.Assigned, Subject: learner, Item: worker, Programme: programme, Detail: role}
		return []audit.Act{act}, Assign(tx, Assignment{Learner: learner, Worker: worker, Role: web.Role(role), Programme: programme, Starts: web.Now(e)})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "worker-assigned")
	return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+learner)
}

// endWorker ends one assignment of the learner in the address.
func (o *Office) endWorker(e *core.RequestEvent) error {
	if _, err := typedIn(e); err != nil {
		return err
	}
	programme, learner := e.Request.PathValue(inProgramme), e.Request.PathValue(inPerson)
	workers, err := workersOf(e.Request.Context(), e.App, learner, programme, web.Now(e))
	if err != nil {
		return err
	}
	for _, w := range workers {
		if w.Assignment != e.Request.PathValue("assignment") {
			continue
		}
		was := false
		err := o.acting(e, func(tx core.App) (acts []audit.Act, err error) {
			was, err = Unassign(tx, Assignment{Learner: learner, Worker: w.ID, Role: w.Role, Programme: programme}, web.Now(e))
			if was {
				acts = []audit.Act{{Kind: audit.Unassigned, Subject: learner, Item: w.ID, Programme: programme, Detail: string(w.Role)}}
			}
			return acts, err
		})
		if err != nil {
			return fmt.Errorf("end assignment: %w", err)
		}
		if was {
			web.Notify(e, "worker-ended")
		}
		return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+learner)
	}
	return web.ErrNotFound
}
