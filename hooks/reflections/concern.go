package reflections

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// States of a concern, DESIGN §2, and of one that somebody is still writing.
const (
	ConcernDraft        = "draft"
	ConcernRaised       = "raised"
	ConcernAcknowledged = "acknowledged"
	ConcernDecided      = "decided"
	ConcernActions      = "actions"
	ConcernClosed       = "closed"
)

// A Concern is a row of `concerns`: a safeguarding record, apart from everything
// else, under a key of its own. It links to what somebody shared and copies nothing
// of it.
type Concern struct {
	ID        string `db:"id"`
	Programme string `db:"programme"`
	About     string `db:"about"`     // of users; "" for nobody named
	Staff     string `db:"staff"`     // of whom it speaks, and from whom it is hidden
	RaisedBy  string `db:"raised_by"` // of users; leads nowhere once their account is erased
	Share     string `db:"share"`     // "" for none
	State     string `db:"state"`
	Sealed    string `db:"sealed"` // a Statement
	Raised    string `db:"raised"` // moments, as the database writes them
	Review    string `db:"review"`
	Acked     string `db:"acknowledged"`
	Closed    string `db:"closed"`
	Written   string `db:"updated"` // when something of it was last written
}

const columnsOfConcern = "n.id, n.programme, n.about, n.staff, n.raised_by, n.share, n.state, n.sealed, n.raised, n.review, n.acknowledged, n.closed, n.updated"

// A Statement is what somebody says when they raise a concern.
type Statement struct {
	Said     string   `json:"said,omitempty"` // in the person's own words
	When     string   `json:"when,omitempty"`
	Seen     string   `json:"seen,omitempty"`  // what the raiser saw or knows
	Think    string   `json:"think,omitempty"` // what they think, apart from that
	Done     string   `json:"done,omitempty"`
	Told     []string `json:"told,omitempty"` // of toldWhom
	ToldElse string   `json:"toldElse,omitempty"`
	ToldWhen string   `json:"toldWhen,omitempty"`
	Wishes   string   `json:"wishes,omitempty"` // of the person
	Knows    string   `json:"knows,omitempty"`  // of doTheyKnow
	Why      string   `json:"why,omitempty"`    // it is passed on where the person does not agree, or does not know

	By map[string]string `json:"by,omitempty"` // of a draft, by screen: the open page that sent it, as its script calls it
}

// toldWhom are whom somebody may have told, and doTheyKnow whether the person knows
// and agrees.
// Their words stand under "concern.told." and "concern.knows.".
func toldWhom() []string   { return []string{"emergency", "on-call", "lead", "manager", "nobody"} }
func doTheyKnow() []string { return []string{"agrees", "against", "yes", "not-yet", "no"} }

// says reports whether there is anything in it to act on.
func (s Statement) says() bool { return s.Said != "" || s.Seen != "" }

// concernOwner owns the key of one concern.
func concernOwner(id string) string { return "concern:" + id }

// place binds the statement to all that decides who may read it and how it stands:
// changed by hand, it does not open.
func (c Concern) place() vault.Place {
	return vault.Place{Collection: "concerns", Row: c.ID, Visibility: strings.Join(
		[]string{"concern", c.Programme, c.About, c.Staff, c.RaisedBy, c.Share, c.State, c.Raised}, "|")}
}

func (c Concern) seal(app core.App, v *vault.Vault, s Statement) (string, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("concern %s: %w", c.ID, err)
	}
	return v.Seal(app, concernOwner(c.ID), c.place(), text)
}

// open gives what was said. It does not ask who may, and records nothing: its
// callers do both first. It returns vault.ErrTampered for a row that was changed by
// hand.
func (c Concern) open(app core.App, v *vault.Vault) (s Statement, err error) {
	text, err := v.Open(app, concernOwner(c.ID), c.place(), c.Sealed)
	if err != nil {
		return Statement{}, err
	}
	return s, json.Unmarshal(text, &s)
}

// isTrue reports whether a row is as it was sealed, and looks at nothing else of
// it. Without the key nobody can tell, and it returns vault.ErrNoKey.
func (c Concern) isTrue(app core.App, v *vault.Vault) (bool, error) {
	_, err := v.Open(app, concernOwner(c.ID), c.place(), c.Sealed)
	if errors.Is(err, vault.ErrTampered) {
		return false, nil
	}
	return err == nil, err
}

// namesByHand reports whether a row that does not open would, if it named somebody:
// then it was hidden from them, and somebody took that out.
func (c Concern) namesByHand(app core.App, v *vault.Vault, person string) bool {
	for _, staff := range []func(*Concern){func(c *Concern) { c.Staff = person }, func(c *Concern) { c.About = person }} {
		named := c
		staff(&named)
		if ok, err := named.isTrue(app, v); err == nil && ok {
			return true
		}
	}
	return false
}

// isLead reports whether the viewer answers for concerns of a programme.
func isLead(v *web.Viewer, programme string) bool {
	for _, g := range people.Grants(v, people.Concerns) {
		if g.Of == people.OfProgramme && g.How == people.Whole && g.Programme == programme {
			return programme != ""
		}
	}
	return false
}

// mayRaise reports whether the viewer can raise a concern in a programme.
func mayRaise(v *web.Viewer, programme string) bool {
	return slices.ContainsFunc(people.Grants(v, people.Raising), func(g people.Grant) bool {
		return programme != "" && g.Programme == programme
	})
}

// isBy reports whether the viewer wrote it.
func (c Concern) isBy(v *web.Viewer) bool { return c.RaisedBy == v.ID }

// isBegun reports whether it is a draft of which nobody has said yet whom it is
// about, and so in which programme it will be raised.
func (c Concern) isBegun() bool { return c.State == ConcernDraft && c.Programme == "" }

// hides reports whether it is hidden from somebody, whatever else they are.
func (c Concern) hides(v *web.Viewer) bool { return c.Staff == v.ID || c.About == v.ID }

// Since is when the clock began, for the page.
func (c Concern) Since() string { return people.Moment(c.Raised) }

// A Clock says how long something has been going on, in words that a person would
// use.
type Clock struct{ Minutes, Hours, Days int } // one of them, the greatest that is not 0

func clockOf(d time.Duration) Clock {
	switch {
	case d >= 48*time.Hour:
		return Clock{Days: int(d.Hours()) / 24}
	case d >= time.Hour:
		return Clock{Hours: int(d.Hours())}
	default:
		return Clock{Minutes: max(0, int(d.Minutes()))}
	}
}
