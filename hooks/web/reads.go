package web

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	args    []any // strings
	dest    []any // *string
	outcome chan error
}

// NewReads starts the readers of an app, one for two processors.
func NewReads(app core.App) *Reads {
	r := &Reads{queue: newQueue[*reading](app, maxQueued)}
	for range max(1, runtime.NumCPU()/2) {
		r.queue.workers.Go(func() { r.run(app) })
	}
	return r
}

// Row runs a statement and scans its first row, as sql.Row does: it returns
// sql.ErrNoRows where there is none. What was committed before it was called is
// what it sees. It is for statements of microseconds whose text is one of a few:
// each is prepared and stays so, and everybody else's pages wait for it. So it
// takes no notice of a ctx that ends while it runs. Values are texts, with which
// nothing in here can panic.
func (r *Reads) Row(ctx context.Context, query string, args []string, dest ...*string) error {
	one := readings.Get().(*reading)
	defer one.putBack()
	one.query, one.args, one.dest = query, anys(one.args, args), anys(one.dest, dest)
	if err := r.queue.join(ctx, one); err != nil {
		return err
	}
	return <-one.outcome
}

// readings are used again: every page needs two.
var readings = sync.Pool{New: func() any { return &reading{outcome: make(chan error, 1)} }}

// putBack leaves nothing of anybody in it.
func (o *reading) putBack() {
	clear(o.args)
	clear(o.dest)
	readings.Put(o)
}

func anys[T any](some []any, all []T) []any {
	some = some[:0]
	for _, one := range all {
		some = append(some, one)
	}
	return some
}

func (r *Reads) run(app core.App) {
	by := reader{app: app}
	defer by.disconnect()
	for first := range r.queue.waiting {
		by.read(r.queue.gather(first, maxGroup))
	}
}

// A reader is one connection and what is prepared on it.
type reader struct {
	app        core.App
	connection *sql.Conn // nil until it is needed
	prepared   map[string]*sql.Stmt
}

// read answers each of a group. A connection on which anything failed is not
// used again.
func (r *reader) read(group []*reading) {
	var begun error
	if len(group) > 1 {
		begun = r.exec("BEGIN")
	}
	failed := begun != nil
	for _, one := range group {
		err := begun
		if err == nil {
			err = r.row(one)
		}
		failed = failed || err != nil && !errors.Is(err, sql.ErrNoRows)
		one.outcome <- err
	}
	if !failed && len(group) > 1 {
		failed = r.exec("COMMIT") != nil
	}
	if failed {
		r.disconnect()
	}
}

func (r *reader) row(one *reading) error {
	statement, err := r.statement(one.query)
	if err != nil {
		return err
	}
	return statement.QueryRow(one.args...).Scan(one.dest...)
}

func (r *reader) exec(query string) error {
	statement, err := r.statement(query)
	if err == nil {
		_, err = statement.Exec()
	}
	return err
}

func (r *reader) statement(query string) (*sql.Stmt, error) {
	if err := r.connect(); err != nil {
		return nil, err
	}
	if statement, ok := r.prepared[query]; ok {
		return statement, nil
	}
	statement, err := r.connection.PrepareContext(context.Background(), query)
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
	r.connection, r.prepared = connection, make(map[string]*sql.Stmt)
	return nil
}

// disconnect gives the connection back, outside of any transaction.
func (r *reader) disconnect() {
	if r.connection == nil {
		return
	}
	for _, statement := range r.prepared {
		statement.Close()
	}
	_, _ = r.connection.ExecContext(context.Background(), "ROLLBACK") // there is none, as a rule
	r.connection.Close()
	r.connection, r.prepared = nil, nil
}
