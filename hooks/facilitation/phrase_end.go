package facilitation

import (
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// endPhrase takes away a phrase of the viewer's own, or one that nobody is there for
// any more. What was said with it stays.
func (f *Facilitation) endPhrase(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	params := mayEnd(web.Current(e), web.Now(e))
	params["id"], params["now"] = e.Request.PathValue("phrase"), moment(web.Now(e))
	done, err := web.Changes(f.app, "UPDATE phrases SET ended = {:now}, updated = {:now} WHERE id = {:id} AND ended = '' AND "+mayEndSQL, params)
	if err != nil {
		return err
	}
	if !done {
		return web.ErrNotFound
	}
	web.Notify(e, "phrase-ended")
	return web.SeeOther(e, "/facilitate/phrases")
}
