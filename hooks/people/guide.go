package people

import (
	"context"
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// Ways are the parts of the house whose door a viewer finds in the navigation.
func Ways(v *web.Viewer) web.Ways {
	return web.Ways{
		Write:    May(v, Writing),
		Review:   v.Is(web.Mentor) || v.Is(web.Facilitator) || v.Is(web.Lead),
		Learners: May(v, Accounts) || May(v, Grid),
		Manage:   May(v, Managing),
		Concerns: v.Is(web.Lead),
		MayRaise: May(v, Raising),
		MayAsk:   v.Is(web.Learner),
	}
}

// PlacesOf are the places of the programmes that a viewer is in now.
func (o *Office) PlacesOf(ctx context.Context, v *web.Viewer) ([]web.Place, error) {
	var programmes []any
	for _, m := range v.Memberships {
		programmes = append(programmes, m.Programme)
	}
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	err := o.app.DB().Select("id", "name").From("places").Where(dbx.In("programme", programmes...)).
		AndWhere(dbx.HashExp{"ended": ""}).OrderBy("name").Limit(50).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read places of %s: %w", v.ID, err)
	}
	places := make([]web.Place, len(rows))
	for i, row := range rows {
		places[i] = web.Place{ID: row.ID, Name: row.Name}
	}
	return places, nil
}
