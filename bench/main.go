// Bench measures the budgets of the design on this machine: it builds the real
// binary, fills data folders, sends real load over loopback from a process of
// its own, and prints a table of what was asked for and what was measured.
//
// A machine's speed matters, so most rows are ratios of two things measured in
// turn, window by window, and the median of the ratios is what counts.
//
//	go run ./bench            everything, in about four minutes
//	go run ./bench wire step  some rows
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"
)

// The bench runs itself again as the process that sends load, and as the bare
// PocketBase that pages are compared with.
const (
	asLoad = "load-for-bench"
	asBare = "bare-for-bench"
)

func main() {
	err := run(os.Args[1:])
	switch {
	case errors.Is(err, errMissed):
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(3)
	}
}

func run(args []string) error {
	if len(args) > 0 && args[0] == asLoad {
		return sendLoad(os.Stdin, os.Stdout)
	}
	if len(args) > 0 && args[0] == asBare {
		return serveBare(args[1:])
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	window := flags.Duration("window", 2*time.Second, "how long one window of load lasts")
	rounds := flags.Int("rounds", 9, "how many windows each side of a comparison gets")
	learners := flags.Int("learners", 20_000, "how many learners the large data folder has")
	answers := flags.Int("answers", 25, "how many answers each of them has given")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b := &bench{window: *window, rounds: *rounds, learners: *learners, answers: *answers, wanted: flags.Args()}
	return b.all()
}

// A bench is one run: how long it measures, and the servers that it measures.
type bench struct {
	window   time.Duration
	rounds   int
	learners int // of the large data folder
	answers  int // of each of them
	wanted   []string

	dir    string // temporary; everything is in it
	binary string // the real one
	rows   []row
}

// parts are what can be asked for by name, in order.
func (b *bench) parts() []part {
	return []part{
		{"compile", b.compile},
		{"wire", b.wire},
		{"step", b.step},
		{"answer", b.answer},
		{"growth", b.growth},
		{"grid", b.grid},
		{"queue", b.queue},
	}
}

// A part measures one or several rows.
type part struct {
	name    string
	measure func() error
}

func (b *bench) all() error {
	var err error
	if b.dir, err = os.MkdirTemp("", "alongside-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	began := time.Now()
	if err := b.build(); err != nil {
		return err
	}
	for _, name := range b.wanted {
		if !slices.ContainsFunc(b.parts(), func(p part) bool { return p.name == name }) {
			return fmt.Errorf("there is no part %q", name)
		}
	}
	for _, p := range b.parts() {
		if len(b.wanted) > 0 && !slices.Contains(b.wanted, p.name) {
			continue
		}
		say("%s …", p.name)
		if err := p.measure(); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return b.report(os.Stdout, time.Since(began))
}

// say tells on standard error how far the bench is.
func say(format string, values ...any) { fmt.Fprintf(os.Stderr, format+"\n", values...) }
