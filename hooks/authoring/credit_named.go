package authoring

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"alongside/hooks/audit"
	"alongside/hooks/learning"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// NamePage is `/me/credit/{contribution}` of work that is no story,
// "authoring/name-work": how somebody wants to be named for it. Its form posts named
// and name to the same address, with do "agree" or "decline".
type NamePage struct {
	web.Base
	MyContribution
	Terms  Terms
	Agreed bool // they did: what they change holds at once
	Errors []web.FieldError
}

// IsStory reports whether it is a story; else it is work on a text.
func (c *Contribution) IsStory() bool { return c.What == whatIsStory }

func (a *Authoring) namePage(e *core.RequestEvent, status int, one MyContribution, page *NamePage) error {
	page.MyContribution, page.Agreed = one, one.State == CreditAgreed
	return web.Show(e, status, "authoring/name-work", page)
}

// nameWork is the answer of whoever worked on a text.
func (a *Authoring) nameWork(e *core.RequestEvent, one MyContribution, form url.Values) error {
	if form.Get("do") == "decline" && one.State == CreditAsked {
		return a.settleConsent(e, one, CreditDeclined, Terms{}, "")
	}
	terms := termsOf(form)
	if problems := terms.nameProblems(); len(problems) > 0 {
		return a.namePage(e, http.StatusUnprocessableEntity, one, &NamePage{Terms: terms, Errors: problems})
	}
	return a.settleConsent(e, one, CreditAgreed, Terms{Named: terms.Named, Name: terms.Name}, "")
}

// unname takes somebody's name off what they worked on. The text stays.
func (a *Authoring) unname(one MyContribution, by string) error {
	return a.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, "UPDATE contributions SET state = 'withdrawn', name = '', withdrawn = {:now}, updated = {:now} WHERE id = {:id} AND state IN ('asked', 'agreed')",
			dbx.Params{"id": one.ID, "now": stamp(a.now())})
		if err != nil || !done {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.ConsentWithdrawn, Actor: by, Subject: one.Person, Programme: one.Programme, Item: one.ID, Detail: backSelf})
	})
}

// Credits are those who worked on the texts of a course that learners read now, as they
// want to be named: only whoever said so, and only once the text is live for which they
// were asked.
func (a *Authoring) Credits(ctx context.Context, course string) (all []learning.Credit, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT k.name, k.what, r.module FROM contributions k
		JOIN revisions r ON r.course = k.course AND r.path = k.path AND r.state = 'live'
		WHERE k.course = {:course} AND k.what NOT IN ('story', 'said') AND k.state = 'agreed' AND k.named != 'none' AND k.name != ''
			AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.id = k.draft AND ` + atWork + `)
		GROUP BY r.module, k.what, k.name ORDER BY MIN(k.agreed), k.name`).
		Bind(dbx.Params{"course": course}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("who is credited in course %s: %w", course, err)
	}
	return all, nil
}
