package people

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func (k *Keeping) showHolds(e *core.RequestEvent) error {
	return k.listHolds(e, http.StatusOK, &HoldsPage{})
}

func (k *Keeping) listHolds(e *core.RequestEvent, status int, page *HoldsPage) error {
	ctx := e.Request.Context()
	whom, params := Whom(web.Current(e), Holds, Whole, k.now())
	condition, more := ofTheirs(web.Current(e))
	maps.Copy(params, more)
	holds, err := audit.HoldsWhere(ctx, k.app, "person IN ("+whom+") AND "+condition, params)
	if err != nil {
		return err
	}
	for _, hold := range holds {
		username, err := usernameOf(ctx, k.app, hold.Person)
		if err != nil {
			return err
		}
		view, err := k.holdView(ctx, hold)
		if err != nil {
			return err
		}
		page.Holds = append(page.Holds, PersonOnHold{Person: hold.Person, Username: username, HoldView: view})
	}
	return web.Show(e, status, "people/holds", page)
}

// findToHold leads to the page of somebody whose username is typed.
func (k *Keeping) findToHold(e *core.RequestEvent) error {
	person, username, problems, err := k.whoIsTyped(e, Holds)
	if err != nil {
		return err
	}
	if problems != nil {
		return k.listHolds(e, http.StatusUnprocessableEntity, &HoldsPage{Who: username, Errors: problems})
	}
	return web.SeeOther(e, "/manage/holds/"+person)
}

func (k *Keeping) showPersonHolds(e *core.RequestEvent) error {
	return k.listPersonHolds(e, http.StatusOK, &PersonHoldsPage{})
}

func (k *Keeping) listPersonHolds(e *core.RequestEvent, status int, page *PersonHoldsPage) error {
	ctx, person := e.Request.Context(), e.Request.PathValue(inPerson)
	var err error
	if page.Username, err = usernameOf(ctx, k.app, person); err != nil {
		return err
	}
	page.Mine = person == web.Current(e).ID
	asked, err := openErasure(ctx, k.app, person)
	if err != nil {
		return err
	}
	page.Begun = asked.hasBegun()
	if page.Holds, err = k.holdViewsFor(ctx, web.Current(e), person); err != nil {
		return err
	}
	page.Address, page.Whys = "/manage/holds/"+person, audit.WhyHold()
	page.Longest = k.longestHold().Format(time.DateOnly)
	return web.Show(e, status, "people/person-holds", page)
}

// longestHold is the last day that a hold of today may be dated.
func (k *Keeping) longestHold() time.Time { return k.now().AddDate(1, 0, 0).UTC() }

// errTooLate says that an erasure has begun.
var errTooLate = errors.New("an erasure has begun")

func (k *Keeping) placeHold(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	viewer, person := web.Current(e), e.Request.PathValue(inPerson)
	if person == viewer.ID {
		return k.listPersonHolds(e, http.StatusConflict, &PersonHoldsPage{})
	}
	page := &PersonHoldsPage{Why: form.Get("why"), Until: form.Get("until")}
	if page.Errors = k.holdProblems(page.Why, page.Until); page.Errors != nil {
		return k.listPersonHolds(e, http.StatusUnprocessableEntity, page)
	}
	err = k.app.RunInTransaction(func(tx core.App) error {
		if asked, err := openErasure(e.Request.Context(), tx, person); err != nil || asked.hasBegun() {
			return cmp.Or(err, errTooLate)
		}
		programme, err := programmeOfHold(e.Request.Context(), tx, viewer, person, Before(k.now()))
		if err != nil {
			return err
		}
		return k.audit.PlaceHold(tx, audit.Hold{Person: person, Programme: programme, Why: page.Why, By: viewer.ID}, endOf(page.Until))
	})
	if errors.Is(err, errTooLate) {
		return k.listPersonHolds(e, http.StatusConflict, &PersonHoldsPage{})
	}
	if err != nil {
		return err
	}
	web.Notify(e, "hold-placed")
	return web.SeeOther(e, "/manage/holds/"+person)
}

func (k *Keeping) holdProblems(why, until string) []web.FieldError {
	var wrong []web.FieldError
	if !slices.Contains(audit.WhyHold(), why) {
		wrong = append(wrong, web.FieldError{Field: "why", Key: "hold-why-missing"})
	}
	today, last := k.now().UTC().Format(time.DateOnly), k.longestHold().Format(time.DateOnly)
	if startOf(until).IsZero() || until <= today || until > last {
		wrong = append(wrong, web.FieldError{Field: "until", Key: "hold-until"})
	}
	return wrong
}

// endHold ends one hold of a person. One of somebody else, or of a programme that
// is not the viewer's, is as if it was not there. Nobody ends one of themself.
func (k *Keeping) endHold(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer, person, was := web.Current(e), e.Request.PathValue(inPerson), false
	if person == viewer.ID {
		return k.listPersonHolds(e, http.StatusConflict, &PersonHoldsPage{})
	}
	err := k.app.RunInTransaction(func(tx core.App) error {
		theirs, err := k.holdsOf(e.Request.Context(), tx, viewer, person)
		if err != nil {
			return err
		}
		which := slices.IndexFunc(theirs, func(h audit.Hold) bool { return h.ID == e.Request.PathValue("hold") })
		if which < 0 {
			return nil
		}
		was, err = k.audit.EndHold(tx, theirs[which], viewer.ID)
		return err
	})
	if err != nil {
		return err
	}
	if !was {
		return web.ErrNotFound
	}
	web.Notify(e, "hold-ended")
	return web.SeeOther(e, "/manage/holds/"+person)
}
