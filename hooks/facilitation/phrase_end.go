package facilitation

import (
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// endPhrase takes away a phrase of the viewer's own. What was said with it stays.
func (f *Facilitation) endPhrase(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	done, err := web.Changes(f.app, "UPDATE phrases SET ended = {:now}, updated = {:now} WHERE id = {:id} AND author = {:author} AND ended = ''",
		dbx.Params{"id": e.Request.PathValue("phrase"), "author": web.Current(e).ID, "now": moment(web.Now(e))})
	if err != nil {
		return err
	}
	if !done {
		return web.ErrNotFound
	}
	web.Notify(e, "phrase-ended")
	return web.SeeOther(e, "/facilitate/phrases")
}
