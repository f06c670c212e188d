package main

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/PuerkitoBio/goquery"
)

// A question is a step with a question on it, and its form for each choice.
type question struct {
	step  string
	forms []url.Values
}

// findQuestion looks for the first question of a module with two choices or more.
func (h *house) findQuestion() (question, error) {
	for _, step := range h.steps {
		page, _, err := h.browse(step, 1)
		if err != nil {
			return question{}, err
		}
		radios := page.Find("main form input[type=radio]")
		name := radios.First().AttrOr("name", "")
		if name == "" {
			continue
		}
		form, err := filledIn(page)
		if err != nil {
			return question{}, err
		}
		q := question{step: step}
		radios.Each(func(_ int, radio *goquery.Selection) {
			if radio.AttrOr("name", "") == name {
				one := url.Values{"revision": form["revision"], "has": form["has"], "do": {"check"}, name: {radio.AttrOr("value", "")}}
				q.forms = append(q.forms, one)
			}
		})
		if len(q.forms) > 1 {
			return q, nil
		}
	}
	return question{}, errors.New("no step has a question with choices")
}

// writes are answers of every active learner in turn, each another one than
// their last.
func (q question) writes(address string) load {
	l := load{Address: address, Connections: 64, Want: 303}
	for _, form := range q.forms {
		for learner := 1; learner <= active; learner++ {
			l.Requests = append(l.Requests, post(address, q.step, learner, form))
		}
	}
	return l
}

// plainly are the same forms for the bare server.
func (q question) plainly(address string) load {
	l := q.writes(address)
	for i := range l.Requests {
		l.Requests[i] = post(address, "/save", 1+i%active, q.forms[i/active])
	}
	return l
}

// autosaved makes the forms what the page sends by itself while somebody types.
func (q question) autosaved() question {
	quiet := question{step: q.step}
	for n, form := range q.forms {
		quiet.forms = append(quiet.forms, url.Values{
			"revision": form["revision"], "has": form["has"], "do": {"save"}, "auto": {strconv.Itoa(n + 1)},
		})
		for name, value := range form {
			if !quiet.forms[n].Has(name) {
				quiet.forms[n][name] = value
			}
		}
	}
	return quiet
}

// answer compares saving an answer over HTTP with a plain app.Save of the same
// row over HTTP.
func (b *bench) answer() error {
	data, err := b.folder("answer", active+20, 5)
	if err != nil {
		return err
	}
	h, err := b.open(data, course, module)
	if err != nil {
		return err
	}
	defer h.stop()
	bare, _, err := b.bareOf(h)
	if err != nil {
		return err
	}
	defer bare.stop()
	q, err := h.findQuestion()
	if err != nil {
		return err
	}
	checked, err := b.compare(side{h.server, q.writes(h.address)}, side{bare, q.plainly(bare.address)})
	if err != nil {
		return err
	}
	b.add(atLeast("answer: saves a second, of plain app.Save", 3, checked.ratio(result.perSecond), checked.detail()))
	return b.autosave(h, bare, q)
}

func (b *bench) autosave(h *house, bare *server, q question) error {
	writes := q.autosaved().writes(h.address)
	writes.Want = 204
	c, err := b.compare(side{h.server, writes}, side{bare, q.plainly(bare.address)})
	if err != nil {
		return err
	}
	b.add(told("answer, as the page saves it by itself", strconv.FormatFloat(c.ratio(result.perSecond), 'f', 2, 64), c.detail()))
	return nil
}
