package notify

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// every is how often the outbox is looked at by itself.
const every = time.Minute

// Begin starts what the post does by itself, until the app ends. A mail that is
// on its way then is not waited for: it stays due.
func (p *Post) Begin() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.work(ctx)
	}()
	p.app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		stop()
		<-done
		return e.Next()
	})
}

func (p *Post) work(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p.warn(ctx, p.makeIfDue(ctx))
		case <-p.wake:
		case <-ctx.Done():
			return
		}
		p.warn(ctx, p.SendDue(ctx))
	}
}

// makeIfDue makes the daily mails once a day, at their hour.
func (p *Post) makeIfDue(ctx context.Context) error {
	now := p.now().UTC()
	today := now.Format(time.DateOnly)
	if now.Hour() < hourOfDigest || now.Hour() >= lastCall || p.made == today {
		return nil
	}
	if err := p.MakeDigests(ctx); err != nil {
		return err
	}
	p.made = today
	return nil
}

func (p *Post) warn(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		p.app.Logger().Warn("post", "error", err)
	}
}
