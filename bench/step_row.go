package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// A house is a real server whose active learners have answered every step of a
// module, and the requests that they make.
type house struct {
	*server
	data  string
	steps []string // addresses
}

// open starts a server on a folder and lets its active learners take a module.
func (b *bench) open(data, course, module string) (*house, error) {
	s, err := b.serve(data)
	if err != nil {
		return nil, err
	}
	h := &house{server: s, data: data}
	if h.steps, err = s.steps(course, module); err == nil {
		err = h.takeModule()
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return h, nil
}

// takeModule answers everything, as every active learner.
func (h *house) takeModule() error {
	l := load{Address: h.address, Connections: 32, Once: true, Want: 303}
	for _, step := range h.steps {
		page, _, err := h.browse(step, 1)
		if err != nil {
			return err
		}
		form, err := filledIn(page)
		if err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
		form.Set("do", "continue")
		for learner := 1; learner <= active; learner++ {
			l.Requests = append(l.Requests, post(h.address, step, learner, form))
		}
	}
	_, err := send(l)
	return err
}

// reads are requests of every active learner in turn, each for the step where
// they are, as Continue would have led them there.
func (h *house) reads() load {
	l := load{Address: h.address, Connections: 32, Want: 200}
	for i := range active {
		l.Requests = append(l.Requests, get(h.address, h.steps[i%len(h.steps)], 1+i))
	}
	return l
}

// leaps are requests for every step by every active learner in turn, who come
// to each from another one: the place where they are is then to be remembered.
func (h *house) leaps() load {
	l := load{Address: h.address, Connections: 32, Want: 200}
	for i := range len(h.steps) * active {
		l.Requests = append(l.Requests, get(h.address, h.steps[(i/active+i)%len(h.steps)], 1+i%active))
	}
	return l
}

// bareOf starts bare PocketBase with the very pages of a house, on a copy of
// its data. It comes with the requests for them.
func (b *bench) bareOf(h *house) (*server, load, error) {
	var pages [][]byte
	for _, step := range h.steps {
		_, page, err := h.browse(step, 1)
		if err != nil {
			return nil, load{}, err
		}
		pages = append(pages, page)
	}
	text, err := json.Marshal(pages)
	if err != nil {
		return nil, load{}, err
	}
	file := filepath.Join(b.dir, "pages.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, load{}, err
	}
	data, err := b.folder(filepath.Base(h.data)+"-bare", active+20, 5)
	if err != nil {
		return nil, load{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, load{}, err
	}
	s, err := start(self, func(address string) []string { return []string{asBare, address, data, file} })
	if err != nil {
		return nil, load{}, err
	}
	l := load{Address: s.address, Connections: 32, Want: 200}
	for i := range active {
		l.Requests = append(l.Requests, get(s.address, fmt.Sprintf("/page/%d", i%len(pages)), 1+i))
	}
	return s, l, nil
}

// step compares a signed-in learner's pages, all answered, with the same bytes
// from a bare route.
func (b *bench) step() error {
	data, err := b.folder("step", active+20, 5)
	if err != nil {
		return err
	}
	h, err := b.open(data, course, module)
	if err != nil {
		return err
	}
	defer h.stop()
	bare, reads, err := b.bareOf(h)
	if err != nil {
		return err
	}
	defer bare.stop()
	c, err := b.compare(side{h.server, h.reads()}, side{bare, reads})
	if err != nil {
		return err
	}
	b.add(
		atLeast("step page: requests a second, of a bare route's", 0.5, c.ratio(result.perSecond), c.detail()),
		atMost("step page: p99, of a bare route's", 3, c.ratio(p99), "", ""),
	)
	if c, err = b.compare(side{h.server, h.leaps()}, side{bare, reads}); err != nil {
		return err
	}
	b.add(told("step page, come to from elsewhere: requests a second", fmt.Sprintf("%.2f", c.ratio(result.perSecond)), c.detail()))
	return nil
}
