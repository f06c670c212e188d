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

// run makes the cards of a group, with everybody who is to have one: first all
// cards, which takes time, on all processors and outside any transaction; then
// all else in one. It returns at once, and goes on until it is done or stopped.
func (f *Facilitation) run(p *pending, cardsOf func(context.Context, *pending) ([]*signin.NewCard, error)) {
	ctx, stop := context.WithCancel(context.Background())
	if !p.begin(stop) {
		stop()
		return
	}
	f.imports.running.Go(func() {
		defer stop()
		cards, err := cardsOf(ctx, p)
		failed := ""
		switch {
		case errors.Is(err, context.Canceled):
			failed = "stopped"
		case errors.Is(err, errChanged):
			failed = "changed"
		case err != nil:
			failed = "failed"
			f.app.Logger().Error("make cards of a group", "cohort", p.group.ID, "error", err)
		}
		p.end(cards, failed, f.now())
	})
}

func (f *Facilitation) makeGroup(ctx context.Context, p *pending) ([]*signin.NewCard, error) {
	locked, err := people.Unknown(f.app)
	if err != nil {
		return nil, err
	}
	cards, err := f.prepareCards(ctx, p.counts().New, p.oneMore)
	if err != nil {
		return nil, err
	}
	err = f.app.RunInTransaction(func(tx core.App) error { return f.storeGroup(ctx, tx, p, cards, locked) })
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

// errChanged says that a list does not say what it said when somebody looked.
var errChanged = errors.New("the group has changed since the list was read")

// storeGroup makes all of them, or none. While their cards were made, others may
// have added the same people or a worker have left, so they are checked here too,
// where nobody comes between.
func (f *Facilitation) storeGroup(ctx context.Context, tx core.App, p *pending, cards []*signin.NewCard, locked string) error {
	around, err := p.surroundings(ctx, tx.DB(), f.now())
	if err != nil {
		return err
	}
	if !p.replaced(around.check(p.read)) {
		return errChanged
	}
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
		}, p.by)
		if err != nil {
			return err
		}
		n++
	}
	return f.audit.Record(tx, audit.Act{Kind: audit.CohortImported, Actor: p.by, Item: p.group.ID, Programme: p.group.Programme, Detail: strconv.Itoa(n)})
}
