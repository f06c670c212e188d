package people

import (
	"context"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// Routes binds the pages about what is kept of people.
func (k *Keeping) Routes(pages web.Pages) {
	// One's own.
	pages.GET("/me/data", To(Mine), k.showMine)
	pages.POST("/me/data/download", To(Mine), k.download).Unbind(apis.DefaultGzipMiddlewareId) // a zip is compressed
	pages.GET("/me/data/erase", To(Erasures), k.showEraseMe)
	pages.POST("/me/data/erase", To(Erasures), k.askForMe)
	pages.POST("/me/data/erase/back", To(Erasures), k.takeBackMine)

	// What somebody is called, put right by themselves or by staff.
	pages.GET("/me/name", To(Mine), k.showMyName)
	pages.POST("/me/name", To(Mine), k.saveMyName) // never kept: a secret is on it
	pages.GET("/facilitate/learners/{learner}/name", Over(Accounts), k.showName(learnerNamed))
	pages.POST("/facilitate/learners/{learner}/name", Over(Accounts), k.saveName(learnerNamed)).Kept()
	pages.GET("/manage/programmes/{programme}/people/{person}/name", To(Groups), k.showName(personNamed))
	pages.POST("/manage/programmes/{programme}/people/{person}/name", To(Groups), k.saveName(personNamed)).Kept()

	// Erasing somebody.
	pages.GET("/manage/erasures", Over(Erasures), k.showErasures)
	pages.POST("/manage/erasures", Over(Erasures), k.findToErase)
	pages.GET("/manage/erasures/{person}", Over(Erasures), k.showErasure)
	pages.POST("/manage/erasures/{person}", Over(Erasures), k.carryOut)
	pages.POST("/manage/erasures/{person}/ask", Over(Erasures), k.askForThem)
	pages.POST("/manage/erasures/{person}/back", Over(Erasures), k.takeBackTheirs)

	// What holds it up.
	pages.GET("/manage/holds", Over(Holds), k.showHolds)
	pages.POST("/manage/holds", Over(Holds), k.findToHold)
	pages.GET("/manage/holds/{person}", Over(Holds), k.showPersonHolds)
	pages.POST("/manage/holds/{person}", Over(Holds), k.placeHold).Kept()
	pages.POST("/manage/holds/{person}/{hold}", Over(Holds), k.endHold)

	// How long things are kept.
	pages.GET("/manage/retention", To(Settings), k.showRetention)
	pages.POST("/manage/retention", To(Settings), k.saveRetention).Kept()
}

// mostActs is how many acts are in a list of the page; the download has all.
const mostActs = 50

func (k *Keeping) showMine(e *core.RequestEvent) error {
	return k.showMyData(e, http.StatusOK, &MyDataPage{})
}

func (k *Keeping) showMyData(e *core.RequestEvent, status int, page *MyDataPage) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	var err error
	if page.Held, err = k.heldFor(ctx, viewer); err != nil {
		return err
	}
	record := &acts{k.app, k.audit}
	if page.Acts, err = record.latestAbout(ctx, viewer, mostActs); err != nil {
		return err
	}
	if err := k.leadTo(ctx, viewer.ID, page.Acts); err != nil {
		return err
	}
	if page.Done, err = record.latestBy(ctx, viewer, mostActs); err != nil {
		return err
	}
	if page.Clocks, err = k.clockViews(ctx); err != nil {
		return err
	}
	if page.Asks, err = k.proofs.Asks(e); err != nil {
		return err
	}
	if page.Holds, err = k.holdViews(ctx, viewer); err != nil {
		return err
	}
	asked, err := openErasure(ctx, k.app, viewer.ID)
	if err != nil {
		return err
	}
	if asked != nil {
		page.Asked, page.Told = Moment(asked.Asked), asked.AskedBy != viewer.ID
	}
	return web.Show(e, status, "people/my-data", page)
}

func (k *Keeping) clockViews(ctx context.Context) ([]ClockView, error) {
	r, err := k.retention(ctx)
	if err != nil {
		return nil, err
	}
	var views []ClockView
	for _, parts := range k.clocks() {
		views = append(views, ClockView{Name: parts[0].Name, Days: r.days(parts[0])})
	}
	return views, nil
}

// heldFor is what is kept of the viewer, as far as they may read now that it is there.
func (k *Keeping) heldFor(ctx context.Context, viewer *web.Viewer) ([]Holding, error) {
	held, err := k.held(ctx, viewer.ID)
	return slices.DeleteFunc(held, func(h Holding) bool { return viewer.Closed && h.Private }), err
}

// holdViews are the viewer's own holds. Why is not said while their texts are closed:
// whoever made the session may be named in a concern.
func (k *Keeping) holdViews(ctx context.Context, viewer *web.Viewer) ([]HoldView, error) {
	holds, err := audit.HoldsOf(ctx, k.app, viewer.ID)
	if err != nil {
		return nil, err
	}
	views := make([]HoldView, len(holds))
	for i, hold := range holds {
		if views[i], err = k.holdView(ctx, hold); err != nil {
			return nil, err
		}
		if viewer.Closed {
			views[i].Why = ""
		}
	}
	return views, nil
}

func (k *Keeping) holdView(ctx context.Context, h audit.Hold) (HoldView, error) {
	who, err := calledBy(ctx, k.app, h.By)
	return HoldView{
		ID: h.ID, Why: h.Why, Who: who, Since: Moment(h.Starts), Until: dayBefore(h.Until), Late: h.Until <= Before(k.now()),
	}, err
}

// copiesGone is the day by which somebody who is erased today is in no copy of
// the data either.
func (k *Keeping) copiesGone(ctx context.Context) (string, error) {
	return CopiesGone(ctx, k.app, k.now())
}

// CopiesGone is the day by which what is deleted now is in no copy of the data
// either, as an ISO date.
func CopiesGone(ctx context.Context, app core.App, now time.Time) (string, error) {
	r, err := retentionOf(ctx, app)
	if err != nil {
		return "", err
	}
	return now.AddDate(0, 0, r.days(copies())).UTC().Format(time.DateOnly), nil
}
