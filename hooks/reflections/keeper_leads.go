package reflections

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
)

// Leads gives the pages of a learner's own threads by the ids of their shares, for
// those that are still there.
func (k *Keeper) Leads(ctx context.Context, learner string, shares []string) (map[string]string, error) {
	ids, err := json.Marshal(shares)
	if err != nil {
		return nil, err
	}
	var rows []Share
	err = k.app.ConcurrentDB().NewQuery(`SELECT ` + columnsOfShare + ` FROM shares s JOIN reflections f ON f.id = s.reflection AND f.state != 'deleted'
		WHERE s.learner = {:learner} AND s.id IN (SELECT value FROM json_each({:ids}))`).
		Bind(dbx.Params{"learner": learner, "ids": string(ids)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("where shares stand: %w", err)
	}
	addresses := map[string]string{}
	for _, s := range rows {
		addresses[s.ID] = threadAddress(s)
	}
	return addresses, nil
}
