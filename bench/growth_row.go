package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// growth compares the cost of a request with few and with many learners, and
// with few and many modules. What is large is also what memory and opening are
// measured on.
func (b *bench) growth() error {
	small, err := b.folder("small", active+20, b.answers)
	if err != nil {
		return err
	}
	began := time.Now()
	large, err := b.folder("large", b.learners, b.answers)
	if err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(large, "data.db"))
	if err != nil {
		return err
	}
	size := float64(info.Size()) / (1 << 30)
	say("  %d learners, %.2f GB, filled in %s", b.learners, size, time.Since(began).Round(time.Second))
	if err := b.opening(large, size); err != nil {
		return err
	}
	if err := b.learnersGrow(small, large); err != nil {
		return err
	}
	return b.modulesGrow()
}

// opening is the time until the server says that it is ready, and what it holds
// when nobody asks anything.
func (b *bench) opening(data string, size float64) error {
	s, err := b.serve(data)
	if err != nil {
		return err
	}
	defer s.stop()
	b.add(atMost("opening a data folder of 1 GB", 2, s.started.Seconds(), " s", fmt.Sprintf("%.2f GB, files in the system's memory", size)))
	if _, _, err := s.browse("/courses", 1); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	idle, _, err := s.memory()
	if err != nil {
		return err
	}
	b.add(atMost("memory, idle", 60, idle, " MB", "after a page and three quiet seconds"))
	return nil
}

func (b *bench) learnersGrow(small, large string) error {
	few, err := b.open(small, course, module)
	if err != nil {
		return err
	}
	defer few.stop()
	many, err := b.open(large, course, module)
	if err != nil {
		return err
	}
	defer many.stop()
	pages, err := b.compare(side{few.server, few.reads()}, side{many.server, many.reads()})
	if err != nil {
		return err
	}
	q, err := many.findQuestion()
	if err != nil {
		return err
	}
	saves, err := b.compare(side{few.server, q.writes(few.address)}, side{many.server, q.writes(many.address)})
	if err != nil {
		return err
	}
	_, most, err := many.memory()
	if err != nil {
		return err
	}
	b.add(
		atMost(fmt.Sprintf("step page, cost with %d learners, of %d", b.learners, active+20), 1.3, pages.ratio(result.perSecond), "", pages.detail()),
		atMost(fmt.Sprintf("answer, cost with %d learners, of %d", b.learners, active+20), 1.3, saves.ratio(result.perSecond), "", saves.detail()),
		atMost("memory, at most under load", 400, most, " MB", "32 connections reading, 64 writing, the large folder"),
	)
	return nil
}

func (b *bench) modulesGrow() error {
	few, err := b.withModules(10)
	if err != nil {
		return err
	}
	defer few.stop()
	many, err := b.withModules(200)
	if err != nil {
		return err
	}
	defer many.stop()
	c, err := b.compare(side{few.server, few.reads()}, side{many.server, many.reads()})
	if err != nil {
		return err
	}
	b.add(atMost("step page, cost with 200 modules, of 10", 1.3, c.ratio(result.perSecond), "", c.detail()))
	return nil
}

// withModules is a house whose learners are in a course of so many modules.
func (b *bench) withModules(count int) (*house, error) {
	data, err := b.folder(fmt.Sprintf("modules-%d", count), active+20, 5)
	if err != nil {
		return nil, err
	}
	folder, err := b.manyModules(count)
	if err != nil {
		return nil, err
	}
	if err := b.command("import", folder, "--publish", "--dir", data); err != nil {
		return nil, err
	}
	return b.open(data, filepath.Base(folder), "part-5")
}
