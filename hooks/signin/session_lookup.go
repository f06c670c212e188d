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
	"EXISTS (SELECT 1 FROM kept_posts k WHERE k.user = s.user)", web.SettingsStamp, "u.username", "u.language") + `,
  u.name,
  COALESCE((SELECT group_concat(m.role || ',' || m.programme || ',' || m.cohort, ';')
    FROM memberships m
    WHERE m.user = s.user AND m.starts <= ?2 AND (m.ends = '' OR m.ends > ?2)), '')
FROM sessions s JOIN users u ON u.id = s.user
WHERE s.token = ?1`

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
	roles     []web.Membership
}

// lookUp finds whose token it is. It returns nil where no session has it.
func (d *Desk) lookUp(ctx context.Context, token string, now time.Time) (*found, error) {
	var f found
	var packed, roles string
	err := d.reads.Row(ctx, lookupSQL, []string{hashToken(token), databaseTime(now)}, &packed, &f.name, &roles)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find session: %w", err)
	}
	f.unpack(packed)
	f.roles = memberships(roles)
	return &f, nil
}

func (f *found) unpack(packed string) {
	one := web.Unpacked(packed, 9)
	f.session, f.user, f.ownDevice = one[0], one[1], one[2] == "1"
	f.expires, _ = time.Parse(types.DefaultDateLayout, one[3]) // an unreadable one is long ago
	f.ended, f.hasKept, f.stamp = one[4] != "", one[5] == "1", one[6]
	f.username, f.language = one[7], one[8]
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
	}
}
