package facilitation

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/signin"

	"github.com/pocketbase/pocketbase/core"
)

// run makes everybody of a group: first all cards, which takes time, on all
// processors and outside any transaction; then all people in one. It returns at
// once, and goes on until it is done or stopped.
func (f *Facilitation) run(p *pending, by string) {
	ctx, stop := context.WithCancel(context.Background())
	if !p.begin(stop) {
		stop()
		return
	}
	f.imports.running.Go(func() {
		defer stop()
		cards, err := f.makeGroup(ctx, p, by)
		failed := ""
		switch {
		case errors.Is(err, context.Canceled):
			failed = "stopped"
		case err != nil:
			failed = "failed"
			f.app.Logger().Error("add a group", "cohort", p.group.ID, "error", err)
		}
		p.end(cards, failed, f.now())
	})
}

func (f *Facilitation) makeGroup(ctx context.Context, p *pending, by string) ([]*signin.NewCard, error) {
	locked, err := people.Unknown(f.app)
	if err != nil {
		return nil, err
	}
	cards, err := f.prepareCards(ctx, p.counts().New, p.oneMore)
	if err != nil {
		return nil, err
	}
	err = f.app.RunInTransaction(func(tx core.App) error { return f.storeGroup(ctx, tx, p, cards, locked, by) })
	if err != nil {
		return nil, err
	}
	return cards, nil
}

// prepareCards draws and hashes cards with the processors there are.
func (f *Facilitation) prepareCards(ctx context.Context, count int, oneMore func()) ([]*signin.NewCard, error) {
	cards, errs := make([]*signin.NewCard, count), make([]error, count)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.NumCPU(), count) {
		workers.Go(func() {
			for i := range next {
				cards[i], errs[i] = f.desk.PrepareCard()
				oneMore()
			}
		})
	}
	for i := range count {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	return cards, errors.Join(append(errs, ctx.Err())...)
}

// storeGroup makes all of them, or none.
func (f *Facilitation) storeGroup(ctx context.Context, tx core.App, p *pending, cards []*signin.NewCard, locked, by string) error {
	n := 0
	for _, line := range p.lines {
		if line.here {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := f.make(tx, newLearner{
			id: idOf("import", p.key, p.group.ID, strconv.Itoa(line.number)), called: line.called, language: line.language, locked: locked,
			programme: p.group.Programme, cohort: p.group.ID, course: p.course.ID, beside: line.beside, card: cards[n],
		}, by)
		if err != nil {
			return err
		}
		n++
	}
	return f.audit.Record(tx, audit.Act{Kind: audit.CohortImported, Actor: by, Item: p.group.ID, Programme: p.group.Programme, Detail: strconv.Itoa(n)})
}
