package people

import (
	"context"
	"slices"

	"alongside/hooks/audit"
)

// Leads gives the addresses of pages of somebody's own about what acts were done to,
// by the ids of those things. What is not there any more is left out.
type Leads func(ctx context.Context, person string, things []string) (map[string]string, error)

// Lead registers who knows where things that were shared stand.
func (k *Keeping) Lead(leads Leads) { k.leads = leads }

// leadTo gives acts about something that somebody shared the way to it.
func (k *Keeping) leadTo(ctx context.Context, person string, acts []ActView) error {
	about := []audit.Kind{audit.ReflectionShared, audit.ReflectionWithdrawn, audit.ReflectionViewed, audit.ReflectionHeard, audit.ReplySent}
	var things []string
	for _, act := range acts {
		if slices.Contains(about, audit.Kind(act.Kind)) {
			things = append(things, act.item)
		}
	}
	if len(things) == 0 || k.leads == nil {
		return nil
	}
	addresses, err := k.leads(ctx, person, things)
	for i := range acts {
		if slices.Contains(about, audit.Kind(acts[i].Kind)) {
			acts[i].Address = addresses[acts[i].item]
		}
	}
	return err
}
