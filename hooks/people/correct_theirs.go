package people

import (
	"context"
	"fmt"
	"net/http"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// A somebody is whose name staff put right, and from where.
type somebody struct {
	person    string
	programme string // "" from a learner's page
	back      string // address
}

func learnerNamed(e *core.RequestEvent) somebody {
	id := e.Request.PathValue(inLearner)
	return somebody{person: id, back: "/facilitate/learners/" + id}
}

func personNamed(e *core.RequestEvent) somebody {
	s := somebody{person: e.Request.PathValue(inPerson), programme: e.Request.PathValue(inProgramme)}
	s.back = "/manage/programmes/" + s.programme + "/people/" + s.person
	return s
}

// showName and saveName are the same page for a learner and for a person in a
// programme.
func (k *Keeping) showName(of func(*core.RequestEvent) somebody) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		s := of(e)
		now, err := k.namesOf(e.Request.Context(), s.person)
		if err != nil {
			return err
		}
		return k.namePage(e, http.StatusOK, s, now, nil)
	}
}

func (k *Keeping) namePage(e *core.RequestEvent, status int, s somebody, now names, wrong []web.FieldError) error {
	page := &NamePage{Called: now.Name, Email: now.Email, Languages: languagesToChoose(e, now.Language), Errors: wrong}
	var err error
	if page.Username, err = usernameOf(e.Request.Context(), k.app, s.person); err != nil {
		return err
	}
	if page.MayEmail, err = k.mayEmail(e, s); err != nil {
		return err
	}
	page.Address, page.Back = s.back+"/name", s.back
	return web.Show(e, status, "people/name", page)
}

func (k *Keeping) saveName(of func(*core.RequestEvent) somebody) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		s := of(e)
		in, err := typedIn(e)
		if err != nil {
			return err
		}
		was, err := k.namesOf(e.Request.Context(), s.person)
		if err != nil {
			return err
		}
		may, err := k.mayEmail(e, s)
		if err != nil {
			return err
		}
		to := in.names(was, may)
		to.Language = in.language(e, was.Language)
		if in.problems == nil {
			if err := k.store(in, s.person, web.Current(e).ID, s.programme, to); err != nil {
				return err
			}
		}
		if in.problems != nil {
			return k.namePage(e, http.StatusUnprocessableEntity, s, to, in.problems)
		}
		web.Notify(e, "saved")
		return web.SeeOther(e, s.back)
	}
}

// languagesToChoose are languageChoices where there is more than one language:
// who cannot read a page does not find the choice on it, so staff make it for
// them.
func languagesToChoose(e *core.RequestEvent, chosen string) []templates.Choice {
	choices := languageChoices(e, chosen)
	if len(choices) <= 2 { // the browser's choice, and the only language
		return nil
	}
	return choices
}

// language reads in which language somebody is to be spoken to. One that the site
// has stopped speaking counts as the browser's choice, and is kept as that.
func (t *typed) language(e *core.RequestEvent, was string) string {
	choices, chosen := languagesToChoose(e, was), t.form.Get("language")
	switch {
	case choices == nil || !t.form.Has("language") || chosen == "" && !offers(choices, was):
		return was
	case !offers(choices, chosen):
		t.wrong("language", "language-missing")
		return was
	}
	return chosen
}

// mayEmail reports whether a viewer puts somebody's e-mail right: a manager, of
// people all of whose roles are in programmes that they manage, and of nobody who
// is a manager too. It is a name to sign in with, so it is not one programme's
// where the person is not. One's own is on one's own page, with the secret.
func (k *Keeping) mayEmail(e *core.RequestEvent, s somebody) (bool, error) {
	viewer := web.Current(e)
	if s.programme == "" || s.person == viewer.ID {
		return false, nil
	}
	return k.isWhollyTheirs(e.Request.Context(), viewer, s.person)
}

func (k *Keeping) isWhollyTheirs(ctx context.Context, viewer *web.Viewer, person string) (bool, error) {
	which, params := ProgrammesOf(viewer, Groups, Whole)
	params["person"], params["now"] = person, Before(k.now())
	yes, err := there(ctx, k.app, `SELECT NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user = {:person}
		AND (m.ends = '' OR m.ends > {:now}) AND (m.role = 'manager' OR m.programme NOT IN (`+which+`)))`, params)
	if err != nil {
		return false, fmt.Errorf("programmes of %s: %w", person, err)
	}
	return yes, nil
}
