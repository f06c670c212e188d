package authoring

import (
	"context"
	"fmt"
	"slices"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// What somebody says of a version.
const (
	Lived   = "lived"   // signed off by somebody who has lived it
	Safe    = "safe"    // signed off as safe
	Plain   = "plain"   // signed off as plain, where the course asks for it
	Changes = "changes" // it needs changes
	Unsafe  = "unsafe"  // it is not safe: it goes no further until that is settled
	wording = "wording" // only the wording is new since it was signed off
)

// A Review is what somebody said of a version.
type Review struct {
	ID       string `db:"id"`
	Revision string `db:"revision"`
	By       string `db:"by"` // of users; "" once they were erased
	Called   string `db:"called"`
	Kind     string `db:"kind"`
	Why      string `db:"why"`
	Answer   string `db:"answer"`
	Lifted   string `db:"lifted"`
	Carried  string `db:"carried_by"`
	Created  string `db:"created"`
}

// SignOffs are how a version stands with those who review it.
type SignOffs struct {
	Given   []Review // sign-offs of this version
	Missing []string // kinds that it still needs
	Held    []Review // that it is not safe, of any version, or that this one needs changes
}

// Done reports whether a version has all that it needs.
func (s SignOffs) Done() bool { return len(s.Missing) == 0 && len(s.Held) == 0 }

// signedOff is the rule. Lived experience and safety are signed off by two people,
// and a course may ask for more. A sign-off is of one version, and "not safe" of the
// text, until it is lifted.
func signedOff(reviews []Review, revision string, asks []string) (s SignOffs) {
	for _, r := range reviews {
		switch {
		case r.Lifted != "":
		case r.Kind == Unsafe || r.Kind == Changes && r.Revision == revision:
			s.Held = append(s.Held, r)
		case r.Kind != Changes && r.Revision == revision:
			s.Given = append(s.Given, r)
		}
	}
	needs := append([]string{Lived, Safe}, asks...)
	by := map[string]string{}
	for _, kind := range needs {
		found := slices.IndexFunc(s.Given, func(r Review) bool {
			return r.Kind == kind && (kind != Safe || r.By == "" || r.By != by[Lived] || otherLived(s.Given, r.By))
		})
		if found < 0 {
			s.Missing = append(s.Missing, kind)
			continue
		}
		by[kind] = s.Given[found].By
	}
	return s
}

// otherLived reports whether somebody else signed off that they have lived it.
func otherLived(given []Review, by string) bool {
	return slices.ContainsFunc(given, func(r Review) bool { return r.Kind == Lived && r.By != by })
}

// reviewsOf are all reviews of a draft, the oldest first. db may be a transaction.
func reviewsOf(ctx context.Context, db dbx.Builder, draft string) (all []Review, err error) {
	err = db.NewQuery(`SELECT v.id, v.revision, v.by, COALESCE(NULLIF(u.name, ''), u.username, '') AS called, v.kind, v.why, v.answer, v.lifted, v.carried_by, v.created
		FROM reviews v LEFT JOIN users u ON u.id = v.by WHERE v.draft = {:draft} ORDER BY v.created, v.rowid`).
		Bind(dbx.Params{"draft": draft}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("reviews of draft %s: %w", draft, err)
	}
	return all, nil
}

// signOffs are those of a version, asked in db, which may be a transaction.
func (a *Authoring) signOffs(ctx context.Context, db dbx.Builder, d *Draft, revision string) (SignOffs, error) {
	reviews, err := reviewsOf(ctx, db, d.ID)
	if err != nil {
		return SignOffs{}, err
	}
	var asks []string
	var also string
	if err := db.NewQuery("SELECT asks FROM courses WHERE id = {:id}").Bind(dbx.Params{"id": d.Course}).WithContext(ctx).Row(&also); err != nil {
		return SignOffs{}, fmt.Errorf("what course %s asks: %w", d.Course, err)
	}
	if also != "" {
		asks = append(asks, also)
	}
	return signedOff(reviews, revision, asks), nil
}

// isAuthor reports whether somebody wrote a word of a draft: they own it, write with
// its owner, or saved a state of it.
func isAuthor(ctx context.Context, db dbx.Builder, draft, person string) (yes bool, err error) {
	err = db.NewQuery(`SELECT EXISTS (SELECT 1 FROM drafts WHERE id = {:draft} AND owner = {:person})
		OR EXISTS (SELECT 1 FROM writers WHERE draft = {:draft} AND person = {:person})
		OR EXISTS (SELECT 1 FROM draft_states WHERE draft = {:draft} AND by = {:person})`).
		Bind(dbx.Params{"draft": draft, "person": person}).WithContext(ctx).Row(&yes)
	return yes, err
}

// maySay are the kinds of review that a viewer may give of a text of this programme.
func maySay(v *web.Viewer, programme string) (kinds []string) {
	is := func(roles ...web.Role) bool {
		return slices.ContainsFunc(v.Memberships, func(m web.Membership) bool {
			return slices.Contains(roles, m.Role) && m.Programme != "" && (programme == "" || m.Programme == programme)
		})
	}
	if is(web.Mentor) {
		kinds = append(kinds, Lived)
	}
	if is(web.Facilitator, web.Lead) {
		kinds = append(kinds, Safe)
	}
	if len(kinds) == 0 {
		return nil
	}
	kinds = append(kinds, Plain, Changes)
	if is(web.Facilitator, web.Lead) {
		kinds = append(kinds, Unsafe)
	}
	return kinds
}
