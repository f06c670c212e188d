package web

import (
	"database/sql"
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
	_, err := execute(tx, sql, params)
	return err
}

// Changes is Exec, and reports whether a row was made or changed by it.
func Changes(tx core.App, sql string, params dbx.Params) (bool, error) {
	done, err := execute(tx, sql, params)
	if err != nil {
		return false, err
	}
	rows, err := done.RowsAffected()
	return rows > 0, err
}

func execute(tx core.App, text string, params dbx.Params) (sql.Result, error) {
	if group, ok := tx.(*groupTx); ok {
		return group.query(text, params).Execute()
	}
	return tx.NonconcurrentDB().NewQuery(text).Bind(params).Execute()
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
