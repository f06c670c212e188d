package web

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Reads runs the few statements that every page needs. Those of many requests
// that come at the same time run one after the other, in one transaction, on a
// connection that has them prepared: to begin and end a transaction costs as
// much as to read a row, and what a processor has just done it does faster
// again. A single one waits for nobody.
type Reads struct{ queue *queue[*reading] }

// A reading is one statement and the caller who waits for its row.
type reading struct {
	query   string
	args    []driver.NamedValue // texts
	found   string              // once there is an outcome
	outcome chan error
}

// NewReads starts the readers of an app, one for two processors.
func NewReads(app core.App) *Reads {
	holdPages()
	r := &Reads{queue: newQueue[*reading](app, maxQueued)}
	for range max(1, runtime.NumCPU()/2) {
		r.queue.workers.Go(func() { r.run(app) })
	}
	return r
}

// Row runs a statement and gives the first column of its first row, a text; see
// Packed for more of them. It returns sql.ErrNoRows where there is no row. What
// was committed before it was called is what it sees. It is for statements of
// microseconds whose text is one of a few: each is prepared and stays so, and
// everybody else's pages wait for it. The column has a name of its own, else its
// whole text is its name, and the driver copies that each time. So it takes no notice of a ctx that ends
// while it runs.
func (r *Reads) Row(ctx context.Context, query string, args []string) (string, error) {
	one := readings.Get().(*reading)
	defer one.putBack()
	one.query = query
	for i, arg := range args {
		one.args = append(one.args, driver.NamedValue{Ordinal: i + 1, Value: arg})
	}
	if err := r.queue.join(ctx, one); err != nil {
		return "", err
	}
	err := <-one.outcome
	return one.found, err
}

// readings are used again: every page needs two.
var readings = sync.Pool{New: func() any { return &reading{outcome: make(chan error, 1)} }}

// putBack leaves nothing of anybody in it.
func (o *reading) putBack() {
	clear(o.args)
	o.args, o.found = o.args[:0], ""
	readings.Put(o)
}

func (r *Reads) run(app core.App) {
	by := reader{app: app}
	defer by.disconnect()
	for first := range r.queue.waiting {
		by.read(r.queue.gather(first, maxGroup))
	}
}

// A reader is one connection and what is prepared on it. It speaks with the
// driver itself: what lies between is made for many connections and takes a
// quarter of the time.
type reader struct {
	app        core.App
	connection *sql.Conn // nil until it is needed
	prepared   map[string]driver.Stmt
}

// read answers each of a group. A connection on which anything failed is not
// used again.
func (r *reader) read(group []*reading) {
	answered := 0
	err := r.connect()
	if err == nil {
		err = r.connection.Raw(func(connection any) (err error) {
			answered, err = r.together(connection.(driver.Conn), group)
			return err
		})
	}
	for _, one := range group[answered:] {
		one.outcome <- err
	}
	if err != nil {
		r.disconnect()
	}
}

// together answers a group in one transaction, and says how many it answered
// before that could not be begun or ended. What one caller's statement did wrong
// ends the connection as well.
func (r *reader) together(on driver.Conn, group []*reading) (answered int, err error) {
	if len(group) > 1 {
		if err := r.exec(on, "BEGIN"); err != nil {
			return 0, err
		}
	}
	for _, one := range group {
		failed := r.row(on, one)
		if failed != nil && !errors.Is(failed, sql.ErrNoRows) {
			err = failed
		}
		one.outcome <- failed
	}
	if err == nil && len(group) > 1 {
		err = r.exec(on, "COMMIT")
	}
	return len(group), err
}

func (r *reader) exec(on driver.Conn, query string) error {
	statement, err := r.statement(on, query)
	if err == nil {
		_, err = statement.(driver.StmtExecContext).ExecContext(context.Background(), nil)
	}
	return err
}

func (r *reader) row(on driver.Conn, one *reading) error {
	statement, err := r.statement(on, one.query)
	if err != nil {
		return err
	}
	rows, err := statement.(driver.StmtQueryContext).QueryContext(context.Background(), one.args)
	if err != nil {
		return err
	}
	defer rows.Close()
	values := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(values); errors.Is(err, io.EOF) {
		return sql.ErrNoRows
	} else if err != nil {
		return err
	}
	one.found, _ = values[0].(string)
	return nil
}

func (r *reader) statement(on driver.Conn, query string) (driver.Stmt, error) {
	if statement, ok := r.prepared[query]; ok {
		return statement, nil
	}
	statement, err := on.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", query, err)
	}
	r.prepared[query] = statement
	return statement, nil
}

func (r *reader) connect() error {
	if r.connection != nil {
		return nil
	}
	db, ok := r.app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return errors.New("read: inside a transaction")
	}
	connection, err := db.DB().Conn(context.Background())
	if err != nil {
		return fmt.Errorf("connect to read: %w", err)
	}
	r.connection, r.prepared = connection, make(map[string]driver.Stmt)
	return nil
}

// disconnect gives the connection back, outside of any transaction.
func (r *reader) disconnect() {
	if r.connection == nil {
		return
	}
	_ = r.connection.Raw(func(connection any) error {
		for _, statement := range r.prepared {
			_ = statement.Close()
		}
		return nil
	})
	_, _ = r.connection.ExecContext(context.Background(), "ROLLBACK") // there is none, as a rule
	_ = r.connection.Close()
	r.connection, r.prepared = nil, nil
}
