package signin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const secondPath = "/me/second"

// viewer is who a session is of, as every page, query and door sees them. Here,
// and nowhere else, roles are withheld: but for that of a learner, all of them where
// the session began with a card or a code, because whoever made it could be them;
// and those that ask for a second factor which this session has not given.
func (d *Desk) viewer(f *found, idleEnd time.Time) *web.Viewer {
	v := f.viewer(idleEnd)
	if f.how == byCard || f.how == byWords || f.how == byCode {
		v.Memberships = slices.DeleteFunc(v.Memberships, func(m web.Membership) bool { return m.Role != web.Learner })
	}
	if d.asksSecond && !f.second {
		withhold(v)
	}
	return v
}

func withhold(v *web.Viewer) {
	held := len(v.Memberships)
	v.Memberships = slices.DeleteFunc(v.Memberships, func(m web.Membership) bool { return needsSecond(m.Role) })
	v.Owes = len(v.Memberships) < held
}

// openWhileOwing are the pages that somebody opens who still owes their second
// factor: those to give it, to leave, and to get help.
var openWhileOwing = [...]string{secondPath, "/help", "/leave", "/sign-in", "/sign-out"}

func isOpenWhileOwing(path string) bool {
	return slices.ContainsFunc(openWhileOwing[:], func(open string) bool {
		return path == open || strings.HasPrefix(path, open+"/")
	})
}

// leadToSecond sends somebody who owes their second factor to the page that asks
// for it, whichever page they open. A form goes on as of somebody without the
// roles that are withheld: what a learner typed is not lost because they were
// made a manager meanwhile.
func leadToSecond(e *core.RequestEvent) error {
	r := e.Request
	if r.Method != http.MethodGet && r.Method != http.MethodHead || isAPI(e) || isOpenWhileOwing(r.URL.Path) {
		return e.Next()
	}
	if isScript(e) && !web.IsFragment(e) {
		return web.ErrNotFound
	}
	return web.GoTo(e, secondPath+"?back="+url.QueryEscape(r.URL.RequestURI()))
}
