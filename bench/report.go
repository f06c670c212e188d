package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"
)

// errMissed says that a budget was missed. The table says which.
var errMissed = errors.New("a budget was missed")

// A row is one budget with what was measured.
type row struct {
	what     string
	budget   string // "" where the design sets none: told, not judged
	measured string
	ok       bool
	detail   string
}

// atLeast judges a figure that should be large.
func atLeast(what string, budget, measured float64, detail string) row {
	return row{what, fmt.Sprintf("≥ %.4g", budget), fmt.Sprintf("%.2f", measured), measured >= budget, detail}
}

// atMost judges a figure that should be small.
func atMost(what string, budget, measured float64, unit, detail string) row {
	return row{what, fmt.Sprintf("≤ %.4g%s", budget, unit), fmt.Sprintf("%.2f%s", measured, unit), measured <= budget, detail}
}

// told is a figure without a budget.
func told(what, measured, detail string) row { return row{what, "", measured, true, detail} }

// add keeps rows for the table, and tells them at once: what was measured is
// seen even if a later part fails.
func (b *bench) add(rows ...row) {
	for _, r := range rows {
		say("  %s: %s (%s) %s", r.what, r.measured, r.budget, r.detail)
	}
	b.rows = append(b.rows, rows...)
}

// report prints the table, and returns errMissed where a row misses.
func (b *bench) report(out io.Writer, took time.Duration) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "what\tbudget\tmeasured\t\tdetail")
	var missed error
	for _, r := range b.rows {
		verdict := "pass"
		if r.budget == "" {
			verdict = ""
		} else if !r.ok {
			verdict, missed = "MISS", errMissed
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.what, r.budget, r.measured, verdict, r.detail)
	}
	fmt.Fprintf(table, "\n%d processors, %s, %s in all\n", runtime.NumCPU(), runtime.Version(), took.Round(time.Second))
	if err := table.Flush(); err != nil {
		return err
	}
	return missed
}
