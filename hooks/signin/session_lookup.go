package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/tools/types"
)

// lookupSQL is the one statement that every page of somebody signed in runs:
// session, person, the roles that hold now, and what else a request must know
// from the start.
var lookupSQL = `SELECT ` + web.Packed("s.id", "s.user", "s.own_device", "s.expires", "s.ended",
	"EXISTS (SELECT 1 FROM kept_posts k WHERE k.user = s.user)", web.SettingsStamp,
	`(SELECT group_concat(m.role || ',' || m.programme || ',' || m.cohort, ';') FROM memberships m
		WHERE m.user = s.user AND m.starts <= ?2 AND (m.ends = '' OR m.ends > ?2))`,
	"s.second", "s.closed", closedSince, "s.how",
	"u.username", "u.language", "u.name") + ` AS packed
FROM sessions s JOIN users u ON u.id = s.user
WHERE s.token = ?1`

// closedSince is the moment before which text of theirs is closed, "" for none. A
// session that began with a password which they chose has given a secret of
// theirs: it sees all, while what staff made for them stays as it is.
const closedSince = `CASE WHEN s.closed THEN max(s.created, u.closed) WHEN s.how = 'password' AND u.own_password THEN '' ELSE u.closed END`

// found is what the statement finds.
type found struct {
	session   string
	user      string
	ownDevice bool
	expires   time.Time
	ended     bool
	username  string
	name      string
	language  string
	hasKept   bool   // a form of theirs is kept
	stamp     string // of the settings
	second    bool   // a second factor was given
	closed    bool   // nobody gave a secret of theirs: what shows is what this session wrote
	how       string // they got in
	since     string // text from before this stays closed; "" where all of theirs opens
	roles     []web.Membership
}

// lookUp finds whose token it is. It returns nil where no session has it.
func (d *Desk) lookUp(ctx context.Context, token string, now time.Time) (*found, error) {
	packed, err := d.reads.Row(ctx, lookupSQL, []string{hashToken(token), databaseTime(now)})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find session: %w", err)
	}
	return unpack(packed), nil
}

func unpack(packed string) *found {
	one := web.Unpacked(packed, 15)
	f := &found{
		session: one[0], user: one[1], ownDevice: one[2] == "1", ended: one[4] != "", hasKept: one[5] == "1", stamp: one[6],
		roles: memberships(one[7]), second: one[8] == "1", closed: one[9] == "1", since: one[10], how: one[11],
		username: one[12], language: one[13], name: one[14],
	}
	f.expires, _ = time.Parse(types.DefaultDateLayout, one[3]) // an unreadable one is long ago
	return f
}

// memberships reads "role,programme,cohort;…".
func memberships(packed string) []web.Membership {
	if packed == "" {
		return nil
	}
	all := make([]web.Membership, 0, strings.Count(packed, ";")+1)
	for one := range strings.SplitSeq(packed, ";") {
		role, rest, _ := strings.Cut(one, ",")
		programme, cohort, _ := strings.Cut(rest, ",")
		all = append(all, web.Membership{Role: web.Role(role), Programme: programme, Cohort: cohort})
	}
	return all
}

// databaseTime is a moment as PocketBase stores and compares it.
func databaseTime(t time.Time) string {
	return t.UTC().Format(types.DefaultDateLayout)
}

func (f *found) viewer(idleEnd time.Time) *web.Viewer {
	return &web.Viewer{
		ID:          f.user,
		Username:    f.username,
		Name:        f.name,
		Language:    f.language,
		Memberships: f.roles,
		Session:     f.session,
		OwnDevice:   f.ownDevice,
		IdleEnd:     idleEnd,
		Closed:      f.since != "",
		ClosedSince: f.since,
		OnlyHere:    f.closed,
		Way:         f.way(),
	}
}

// wayPassword sets apart a password that is not known to be theirs: it holds beside
// a card that staff make later, and may be another's.
const wayPassword = " password"

// way is the web.Viewer.Way of a session.
func (f *found) way() string {
	if f.how == byPassword || f.how == byLink {
		return wayPassword
	}
	return ""
}

// wayIn is the same of how a person u got in, as it is recorded or stored. A
// password of their own, and a code, are no new way in of staff: they are like no
// other.
func wayIn(how string) string {
	return `CASE WHEN ` + how + ` IN ('` + byCard + `', '` + byWords + `') THEN ''
		WHEN ` + how + ` = '` + byLink + `' OR ` + how + ` = '` + byPassword + `' AND NOT u.own_password THEN '` + wayPassword + `' ELSE 'other' END`
}
