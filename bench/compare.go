package main

import (
	"fmt"
	"slices"
	"time"
)

// A side is one of two things that are compared.
type side struct {
	server *server
	load   load
}

// A comparison is two loads measured in turn: one window of the one, one of the
// other, and again.
type comparison struct {
	ours, theirs []result
}

func (b *bench) compare(ours, theirs side) (comparison, error) {
	var c comparison
	for _, warm := range []side{ours, theirs} {
		if _, err := warm.measure(b.window / 2); err != nil {
			return c, err
		}
	}
	for range b.rounds {
		a, err := ours.measure(b.window)
		if err != nil {
			return c, err
		}
		z, err := theirs.measure(b.window)
		if err != nil {
			return c, err
		}
		c.ours, c.theirs = append(c.ours, a), append(c.theirs, z)
	}
	return c, nil
}

// measure is one window, with the processor time that the server used in it.
func (s side) measure(window time.Duration) (result, error) {
	s.load.For = window
	before, err := s.server.processor()
	if err != nil {
		return result{}, err
	}
	r, err := send(s.load)
	if err != nil {
		return r, err
	}
	after, err := s.server.processor()
	r.Processor = after - before
	return r, err
}

// ratio is the median, over the pairs of windows, of ours to theirs.
func (c comparison) ratio(of func(result) float64) float64 {
	ratios := make([]float64, len(c.ours))
	for i := range ratios {
		ratios[i] = of(c.ours[i]) / of(c.theirs[i])
	}
	return median(ratios)
}

// detail is how both did, in medians. What the server's processor did is the
// figure that says most on a machine that is busy with other things too.
func (c comparison) detail() string {
	return fmt.Sprintf("%.0f/s against %.0f/s; p99 %s against %s; processor %s against %s each",
		medianOf(c.ours, result.perSecond), medianOf(c.theirs, result.perSecond),
		short(medianOf(c.ours, p99)), short(medianOf(c.theirs, p99)),
		short(medianOf(c.ours, result.each)), short(medianOf(c.theirs, result.each)))
}

func p99(r result) float64 { return float64(r.P99) }

func short(d float64) string { return time.Duration(d).Round(10 * time.Microsecond).String() }

func medianOf(results []result, of func(result) float64) float64 {
	values := make([]float64, len(results))
	for i, r := range results {
		values[i] = of(r)
	}
	return median(values)
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
