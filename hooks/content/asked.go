package content

import (
	"context"

	"alongside/courses"
)

// Asked is what stood under a name in a revision, as it read there, and the
// outline of that revision. Both are empty where nothing of it is known any more.
func (c *Content) Asked(ctx context.Context, revision, name string) (*Outline, *courses.Activity, error) {
	outline, err := c.Outline(ctx, revision)
	if err != nil {
		return nil, nil, err
	}
	carrier, err := c.Carrier(ctx, revision, revision)
	if err != nil {
		return nil, nil, err
	}
	as, _ := carrier.Activity(name)
	activity, err := c.Activity(ctx, revision, as.ID)
	return outline, activity, err
}
