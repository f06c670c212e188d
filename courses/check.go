package courses

import (
	"cmp"
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The codes of advice, with their values. None of them blocks publishing.
const (
	ReadingLevel      = "reading-level"      // step, grade, aim: of English
	SentencesLong     = "sentences-long"     // step, words, max, lang: words per sentence, of other languages
	SentenceLong      = "sentence-long"      // words, max, begins
	AltMissing        = "alt-missing"        // to
	TranscriptMissing = "transcript-missing" // to
	WaiverBare        = "waiver-bare"        // name: of the check; it says not why
	WaiverUnused      = "waiver-unused"      // name: of the check; there is nothing to waive
)

const (
	longSentence = 25 // words in one sentence
	longAverage  = 20 // words per sentence in a step
	enoughWords  = 40 // words from which a figure about a step means anything
)

// Check says everything that is wrong with a course: what Read found, and
// advice on how it reads and what it lacks. What an author waived, with a
// reason, is left out, but never an Error.
func Check(c *Course) []Problem {
	all := adviceOf(c.Problems)
	for _, m := range c.Modules {
		all = append(all, c.proofRead(m, nil)...)
		for _, t := range m.Translations {
			all = append(all, c.proofRead(t, m)...)
		}
	}
	for _, m := range c.Modules {
		all = waive(all, m)
		for _, t := range m.Translations {
			all = waive(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b Advice) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, rank(a.Problem)-rank(b.Problem), strings.Compare(a.Code, b.Code))
	})
	return problemsOf(all)
}

// proofRead gives advice on one module of a course; of is the one that it
// translates. A folder that was written for something else keeps its own form
// until somebody changes it, and so has no ids to write out.
func (c *Course) proofRead(m, of *Module) []Advice {
	src := Source{Path: m.Path, Slug: m.Slug, Lang: m.Lang, Text: c.data(m.Path), HashesInFences: c.HashesInFences, Of: of}
	weigh := func(to string) int64 { return int64(len(c.data(path.Join(path.Dir(m.Path), to)))) }
	all := proofOf(src, m).advise(c.Glossary, c.ReadingGrade, weigh)
	foreign := slices.ContainsFunc(c.Problems, func(p Problem) bool { return p.Code == CourseForeign })
	return slices.DeleteFunc(all, func(a Advice) bool { return foreign && a.Code == IDDerived })
}

// data is what stands in a file of the folder; nil where it is not there.
func (c *Course) data(file string) []byte {
	for _, f := range c.Files {
		if f.Path == file {
			return f.Data
		}
	}
	return nil
}

func adviceOf(problems []Problem) []Advice {
	all := make([]Advice, 0, len(problems))
	for _, p := range problems {
		all = append(all, Advice{Problem: p})
	}
	return all
}

func problemsOf(all []Advice) []Problem {
	problems := make([]Problem, 0, len(all))
	for _, a := range all {
		problems = append(problems, a.Problem)
	}
	return problems
}

// advise looks at one module as an experienced reader would.
func advise(m *Module, aim int) []Problem {
	a := &adviser{module: m, aim: cmp.Or(aim, AimGrade)}
	for _, step := range m.Steps {
		a.step(step)
	}
	return a.problems
}

type adviser struct {
	module   *Module
	aim      int
	problems []Problem
}

func (a *adviser) report(line int, level Level, code string, values ...string) {
	a.problems = append(a.problems, problem(a.module.Path, line, level, code, values...))
}

func (a *adviser) step(step *Step) {
	var sentences []string
	eachPart(step.Parts, func(p *Part) {
		said := sentencesOf(markupOf(p))
		sentences = append(sentences, said...)
		a.longSentences(p, said)
		a.pictures(p)
		a.media(p)
	})
	reading := readingOf(sentences, a.module.Lang)
	if reading.Words < enoughWords {
		return
	}
	switch average := reading.WordsPerSentence(); {
	case isEnglish(a.module.Lang) && int(reading.Grade) > a.aim:
		a.report(step.Line, Warn, ReadingLevel, "step", step.ID, "grade", tenths(reading.Grade), "aim", strconv.Itoa(a.aim))
	case !isEnglish(a.module.Lang) && average > longAverage:
		a.report(step.Line, Warn, SentencesLong, "step", step.ID, "words", tenths(average),
			"max", strconv.Itoa(longAverage), "lang", a.module.Lang)
	}
}

// markupOf is what is read of one part, without the parts in it.
func markupOf(p *Part) string {
	texts := []string{p.Label, p.HTML}
	if p.Activity != nil {
		texts = []string{p.Activity.Label, p.Activity.Prompt, strings.Join(p.Activity.Pieces, "…")}
		for _, item := range p.Activity.Items {
			texts = append(texts, item.HTML, item.Feedback)
		}
	}
	return strings.Join(texts, "<br>")
}

func (a *adviser) longSentences(p *Part, sentences []string) {
	for _, s := range sentences {
		if n := countWords(s); n > longSentence {
			begins := strings.Fields(s)
			a.report(p.Line, Notice, SentenceLong, "words", strconv.Itoa(n), "max", strconv.Itoa(longSentence),
				"begins", strings.Join(begins[:min(5, len(begins))], " "))
		}
	}
}

var withoutAlt = regexp.MustCompile(`<img src="([^"]*)" alt=""`)

func (a *adviser) pictures(p *Part) {
	if p.Kind == Figure && p.Media != nil && p.Media.Alt == "" {
		a.report(p.Line, Warn, AltMissing, "to", p.Media.Path)
	}
	for _, m := range withoutAlt.FindAllStringSubmatch(markupOf(p), -1) {
		a.report(p.Line, Warn, AltMissing, "to", html.UnescapeString(m[1]))
	}
}

func (a *adviser) media(p *Part) {
	if (p.Kind == Audio || p.Kind == Video) && p.Media != nil && p.Media.Transcript == "" {
		a.report(p.Line, Warn, TranscriptMissing, "to", p.Media.Path)
	}
}

func tenths(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }
