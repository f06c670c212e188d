package web

import (
	"maps"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A groupTx is the transaction of a group of writes. It remembers what was
// prepared in it: the jobs of a group run the same few statements again and
// again, and to read one costs as much as to run it.
type groupTx struct {
	core.App
	prepared map[string]*dbx.Query // by their text
}

// Exec runs one statement on the transaction of a job. Params are named as dbx
// names them, {:name}, and are not changed.
func Exec(tx core.App, sql string, params dbx.Params) error {
	group, ok := tx.(*groupTx)
	if !ok {
		_, err := tx.NonconcurrentDB().NewQuery(sql).Bind(params).Execute()
		return err
	}
	_, err := group.query(sql, params).Execute()
	return err
}

// query is a prepared statement with these params and no others. It is closed
// with the transaction.
func (g *groupTx) query(sql string, params dbx.Params) *dbx.Query {
	q, ok := g.prepared[sql]
	if !ok {
		q = g.NonconcurrentDB().NewQuery(sql).Prepare()
		g.prepared[sql] = q
	}
	bound := q.Params()
	clear(bound)
	maps.Copy(bound, params)
	return q
}
