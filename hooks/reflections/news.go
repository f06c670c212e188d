package reflections

import (
	"context"
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// News is that somebody wrote back, as the learner's first page tells it: by whom,
// and nothing of what.
type News struct {
	Share      string   `db:"share"`
	Reflection string   `db:"reflection"`
	Role       web.Role `db:"role"`   // what they were to the learner; "" while that is closed
	Called     string   `db:"called"` // what they are called; "" while that is closed, and for somebody who is not here any more
}

// Address is where it is read.
func (n News) Address() string {
	if n.Role == "" {
		return address(n.Reflection)
	}
	return address(n.Reflection) + "#with-" + n.Share
}

const newsSQL = `SELECT s.id AS share, s.reflection, s.role, COALESCE(NULLIF(u.name, ''), u.username, '') AS called
	FROM shares s JOIN replies r ON r.share = s.id AND r.writer != s.learner AND r.state = 'sent' AND r.seen = ''
	JOIN reflections f ON f.id = s.reflection AND f.state IN ('draft', 'kept', 'shared')
	LEFT JOIN users u ON u.id = s.reader
	WHERE s.learner = {:learner} GROUP BY s.id ORDER BY MAX(r.sent) DESC LIMIT 20`

// NewsOf are the threads of the viewer's own in which something stands that they
// have not seen, the newest first. While what they wrote is closed for them, it
// says nothing of whom.
func (r *Room) NewsOf(ctx context.Context, viewer *web.Viewer) ([]News, error) {
	var news []News
	err := r.app.ConcurrentDB().NewQuery(newsSQL).Bind(dbx.Params{"learner": viewer.ID}).WithContext(ctx).All(&news)
	if err != nil {
		return nil, fmt.Errorf("news of %s: %w", viewer.ID, err)
	}
	if !viewer.Closed {
		return news, nil
	}
	for i := range news {
		news[i].Role, news[i].Called = "", ""
	}
	return news, nil
}
