package courses

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// An Advice is a problem beside the words that it speaks of, and a fix where there
// is one.
type Advice struct {
	Problem
	At       string // the address of the part, "look-back/3"; the id of a step of which it speaks as a whole; "" for the file
	From, To int    // bytes of the source that it speaks of; 0, 0 for the file
	Fix      *Fix   // what puts it right, nil where somebody has to think
}

// Advise says everything that there is to say of one text while it is written:
// what Compile finds, and advice on how it reads and what it lacks, in the order
// of the text. glossary holds the words that are explained and need no plainer
// one, aim the grade that its English aims for (0 for AimGrade). weigh gives the
// bytes of a picture by its path as the author wrote it, 0 where it is not known;
// nil weighs nothing. What the author waived, with a reason, is left out, but
// never an Error. It is pure, as Compile is.
func Advise(src Source, glossary []Term, aim int, weigh func(path string) int64) []Advice {
	m := Compile(src)
	p := proofOf(src, m)
	all := p.place(m.Problems)
	all = append(all, p.advise(glossary, aim, weigh)...)
	all = waive(all, m)
	slices.SortStableFunc(all, func(a, b Advice) int {
		return cmp.Or(a.Line-b.Line, rank(a.Problem)-rank(b.Problem), a.From-b.From, strings.Compare(a.Code, b.Code))
	})
	all = bounded(all, src.Path)
	for i := range all {
		if all[i].At == "" {
			all[i].At = p.addressAt(all[i].Line)
		}
	}
	return all
}

// bounded keeps what one hostile file can make a person read to maxProblems, the
// worst of them.
func bounded(all []Advice, file string) []Advice {
	if len(all) <= maxProblems {
		return all
	}
	kept := slices.Clone(all)
	slices.SortStableFunc(kept, func(a, b Advice) int { return rank(a.Problem) - rank(b.Problem) })
	kept = kept[:maxProblems]
	slices.SortStableFunc(kept, func(a, b Advice) int { return a.Line - b.Line })
	if slices.ContainsFunc(kept, func(a Advice) bool { return a.Code == TooManyProblems }) {
		return kept
	}
	return slices.Insert(kept, 0, Advice{Problem: problem(file, 0, Warn, TooManyProblems, "max", strconv.Itoa(maxProblems))})
}

// A proof is a text that is being proof-read: as it was compiled, with where its
// words stand in the source.
type proof struct {
	*compiler         // of the same source, up to its ids; refused texts have no more than lines
	module    *Module // what Compile made of it
	source    []byte
	starts    []int          // where each line of the source begins, and where the last ends
	ids       map[int]string // of the module, by the line on which they belong
	read      bool           // the text could be parsed
	said      []byte         // the text with 0 for every byte that nobody reads as words
}

func proofOf(src Source, m *Module) *proof {
	c, ok := outlined(src)
	p := &proof{compiler: c, module: m, source: src.Text, starts: []int{0}, ids: idsByLine(m), read: ok}
	at := 0
	for _, line := range linesOf(src.Text) {
		at += len(line)
		p.starts = append(p.starts, at)
	}
	if ok {
		p.said = c.said()
	}
	return p
}

// place puts problems beside their lines.
func (p *proof) place(problems []Problem) []Advice {
	all := make([]Advice, 0, len(problems))
	for _, one := range problems {
		a := Advice{Problem: one}
		a.From, a.To = p.stretchOf(one.Line)
		a.Fix = p.fix(one)
		all = append(all, a)
	}
	return all
}

// stretchOf is where a line stands in the source, without its ending.
func (p *proof) stretchOf(line int) (from, to int) {
	if line < 1 || line >= len(p.starts) {
		return 0, 0
	}
	from = p.starts[line-1]
	if line == 1 && strings.HasPrefix(string(p.source), "\ufeff") {
		from += len("\ufeff")
	}
	written := string(p.source[from:p.starts[line]])
	return from, from + len(strings.TrimRight(written, "\r\n"))
}

// lineText is a line of the source, without its ending.
func (p *proof) lineText(line int) string {
	from, to := p.stretchOf(line)
	return string(p.source[from:to])
}

// inSource says where a place of the text that was parsed stands in the source,
// whose lines may end otherwise.
func (p *proof) inSource(at int) int {
	line := p.line(at)
	from, to := p.stretchOf(line)
	return min(from+at-p.lines[line-1], to)
}

// addressAt is the address of the part in which a line stands.
func (p *proof) addressAt(line int) string {
	steps := p.module.Steps
	n := sort.Search(len(steps), func(i int) bool { return steps[i].Line > line })
	if n == 0 || line < 1 {
		return ""
	}
	step := steps[n-1]
	if part := partAt(step.Parts, line); part != nil {
		return part.At
	}
	return step.ID
}

// partAt is the innermost part that a line stands in, or behind.
func partAt(parts []Part, line int) *Part {
	var found *Part
	for i := range parts {
		if parts[i].Line <= line && (found == nil || parts[i].Line >= found.Line) {
			found = &parts[i]
		}
	}
	if found == nil {
		return nil
	}
	if inner := partAt(found.Parts, line); inner != nil {
		return inner
	}
	return found
}
