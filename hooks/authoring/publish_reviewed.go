package authoring

import (
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// noteReviewed says of a course whether people here have signed off every module that
// learners read of it, word for word. It is never said by hand.
func (a *Authoring) noteReviewed(tx core.App, course string) error {
	return web.Exec(tx, `WITH own AS (SELECT r.path, r.sha256 FROM revisions r JOIN courses c ON c.id = r.course AND c.language = r.language
			WHERE r.course = {:course} AND r.state = 'live' AND r.kind = 'module')
		UPDATE courses SET reviewed = EXISTS (SELECT 1 FROM own) AND NOT EXISTS (SELECT 1 FROM own WHERE NOT EXISTS (
			SELECT 1 FROM drafts d JOIN revisions s ON s.id = d.revision
			WHERE d.course = {:course} AND d.state = 'live' AND s.path = own.path AND s.sha256 = own.sha256))
		WHERE id = {:course}`, dbx.Params{"course": course})
}
