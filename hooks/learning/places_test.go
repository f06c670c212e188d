package learning_test

import (
	"net/url"
	"strings"
	"testing"
)

const linked = `---
title: Places
---
Go to [the bees](#bees), [the question](#open), [a heading](#inside) and [a step](#later).

## Here {#here}

See [the wall](#wall), [how ready](#ready) and [this step](#here).

:::story[A wall]{#wall}
Bread.
:::

:::scale[Ready?]{#ready}
1. Not yet
2. Yes
:::

## Later {#later}

:::story[Keeper of bees]{#bees}
Hands.
:::

### Inside {#inside}

:::question[Which is open?]{#open}
- [ ] Did you sleep
- [x] How was it
:::
`

func TestALinkToAnythingInAModuleLandsOnIt(t *testing.T) {
	s, _, b := small(t)
	s.Publish(t, "places", map[string]string{
		"01-places.md": linked,
		"02-other.md":  "# Other\n\nBack to [the bees](01-places.md#bees), [the question](01-places.md#open) and [a heading](01-places.md#inside).\n",
	})
	for _, from := range []string{"/courses/places/places/start", "/courses/places/places/here", "/courses/places/other/start"} {
		links := b.Get(from).Page(t).Find(".text a")
		if links.Length() < 3 {
			t.Fatalf("%s has %d links", from, links.Length())
		}
		for _, link := range links.EachIter() {
			to := link.AttrOr("href", "")
			if strings.HasPrefix(to, "#") {
				to = from + to
			} else if r := b.Get(to); r.Status == 303 {
				to = r.Location
			}
			address, mark, _ := strings.Cut(to, "#")
			mark, _ = url.PathUnescape(mark)
			page := b.Get(address)
			if page.Status != 200 || mark == "" && !strings.HasSuffix(address, "/later") && !strings.HasSuffix(address, "/here") {
				t.Errorf("%s: %q leads to %s, status %d", from, link.Text(), to, page.Status)
			}
			if mark != "" && page.Page(t).Find(`[id="`+mark+`"]`).Length() != 1 {
				t.Errorf("%s: %q leads to %s, where nothing has this id", from, link.Text(), to)
			}
		}
	}
}
