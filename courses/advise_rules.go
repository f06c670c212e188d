package courses

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// The codes of advice that needs the text and not only what was compiled of it.
// None of them blocks publishing.
const (
	Idiom        = "idiom"         // words, plainer
	HeadingOrder = "heading-order" // have, want: as they are written
	LinkText     = "link-text"     // words
	StepLong     = "step-long"     // step, words, max
	StepHeavy    = "step-heavy"    // step, kb, max
	ModuleHeavy  = "module-heavy"  // kb, max
	IDDerived    = "id-derived"    // id
	NotFilledIn  = "not-filled-in" // begins
)

const (
	longStep    = 700       // words that somebody reads on one page without stopping
	heavyStep   = 500 << 10 // bytes of the pictures of one page: about ten seconds on a slow phone
	heavyModule = 2 << 20   // bytes of the pictures of a module
)

// ToFillIn stands before what a template asks of an author, and is gone when they
// have written it.
const ToFillIn = "✎"

// advise gives advice on a text: of its compiled module, then of its words.
func (p *proof) advise(glossary []Term, aim int, weigh func(path string) int64) []Advice {
	var all []Advice
	for _, one := range advise(p.module, aim) {
		a := Advice{Problem: one}
		a.From, a.To = p.stretchOf(one.Line)
		if one.Code == SentenceLong {
			p.findSentence(&a)
		}
		all = append(all, a)
	}
	if !p.read {
		return all
	}
	rules := []func() []Advice{
		p.underivedIDs, p.headingOrder, p.linkTexts, p.longSteps, p.notFilledIn,
		func() []Advice { return p.idioms(glossary) },
		func() []Advice { return p.weights(weigh) },
	}
	for _, rule := range rules {
		all = append(all, rule()...)
	}
	return all
}

// at makes an advice on a stretch of the text that was parsed.
func (p *proof) at(from, to int, level Level, code string, values ...string) Advice {
	return Advice{
		Problem: problem(p.module.Path, p.line(from), level, code, values...),
		From:    p.inSource(from), To: p.inSource(to),
	}
}

// sentenceWithin is how far behind the beginning of a part its sentences are looked
// for, in bytes.
const sentenceWithin = 32 << 10

// findSentence finds a sentence by the words that it begins with.
func (p *proof) findSentence(a *Advice) {
	words := strings.FieldsFunc(a.Values["begins"], func(r rune) bool { return !isWordPart(r) })
	if len(words) == 0 || a.Line < 1 || a.Line > len(p.lines) || !p.read {
		return
	}
	at := p.lines[a.Line-1]
	for within := min(len(p.said), at+sentenceWithin); at < within; at++ {
		next := bytes.Index(p.said[at:within], []byte(words[0]))
		if next < 0 {
			return
		}
		at += next
		if stop, ok := p.saysAt(at, words); ok {
			a.Line, a.From, a.To = p.line(at), p.inSource(at), p.inSource(p.sentenceStop(stop))
			return
		}
	}
}

// saysAt reports whether words stand one behind the other from a place on, with
// whatever signs between them.
func (p *proof) saysAt(at int, words []string) (stop int, ok bool) {
	if at > 0 && isLetterBefore(p.said, at) {
		return 0, false
	}
	for i, word := range words {
		for i > 0 && at < len(p.said) && !isLetterAt(p.said, at) {
			_, size := utf8.DecodeRune(p.said[at:])
			at += size
		}
		end := at + len(word)
		if end > len(p.said) || string(p.said[at:end]) != word || isLetterAt(p.said, end) {
			return 0, false
		}
		at = end
	}
	return at, true
}

func isLetterAt(text []byte, at int) bool {
	r, _ := utf8.DecodeRune(text[min(at, len(text)):])
	return isWordPart(r)
}

func isLetterBefore(text []byte, at int) bool {
	r, _ := utf8.DecodeLastRune(text[:at])
	return isWordPart(r)
}

func isWordPart(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// sentenceStop is where the sentence ends that goes on at a place.
func (p *proof) sentenceStop(at int) int {
	end := at
	for end < len(p.said) && p.text[end] != '\n' || end+1 < len(p.said) && p.said[end] == ' ' {
		end++
	}
	if stop := sentenceEnd.FindIndex(p.said[at:end]); stop != nil {
		end = at + stop[1]
	}
	return at + len(bytes.TrimRight(p.said[at:end], " \t\n\x00"))
}

// underivedIDs tells of what carries no id yet: one made of its words changes with
// them, and what learners wrote would be lost from sight.
func (p *proof) underivedIDs() []Advice {
	if p.src.Of != nil {
		return nil // a translation's are its source's
	}
	var all []Advice
	for line := range len(p.lines) {
		was := p.lineText(line + 1)
		with := string(withID([]byte(was), p.ids[line+1]))
		if with == was {
			continue
		}
		a := p.at(p.lines[line], p.lines[line]+len(was), Notice, IDDerived, "id", p.ids[line+1])
		a.Fix = fixOf(IDDerived, a.From, was, with)
		all = append(all, a)
	}
	return all
}

// A heading as it stands, and the level that it should have.
type levelled struct{ have, want int }

// headingOrder tells of headings that leave a level out: who listens to a page
// goes through it by its headings, and looks for the one that is not there.
func (p *proof) headingOrder() []Advice {
	var all []Advice
	var in *section
	var above []levelled
	for _, h := range p.headings {
		s := p.sectionOf(h)
		if s == nil {
			continue
		}
		if s != in {
			in, above = s, nil
		}
		for len(above) > 0 && above[len(above)-1].have >= h.Level {
			above = above[:len(above)-1]
		}
		want := 3
		if len(above) > 0 {
			want = above[len(above)-1].want + 1
		}
		if h.Level > want {
			if a, ok := p.headingAdvice(h, want); ok {
				all = append(all, a)
			}
		}
		above = append(above, levelled{h.Level, min(h.Level, want)})
	}
	return all
}

func (p *proof) headingAdvice(h *ast.Heading, want int) (a Advice, ok bool) {
	from := h.Pos()
	if from < 0 || from >= len(p.text) || p.text[from] != '#' {
		return a, false
	}
	to := from + len(p.text[from:]) - len(bytes.TrimLeft(p.text[from:], "#"))
	have, should := string(p.text[from:to]), strings.Repeat("#", want)
	stop := p.lineEnd(from)
	a = p.at(from, stop, Warn, HeadingOrder, "have", have, "want", should)
	was := string(p.source[a.From:a.To])
	a.Fix = fixOf(HeadingOrder, a.From, was, should+was[len(have):])
	return a, true
}

func (p *proof) lineEnd(at int) int { return at + bytes.IndexByte(p.text[at:], '\n') }

// vague says of English words for a link that they do not say where it leads.
var vague = regexp.MustCompile(`^(?:(?:please )?(?:click|tap|press|see|look|go|read|find out|learn|more info|more information)(?: (?:on|at|it|this|that|more|here|there|the|link|page|about))*|here|this|that|it|there|more|link|(?:this|the|that) (?:link|page|site|website|web site|one)|website|web page|details|info|information)$`)

var bareAddress = regexp.MustCompile(`^(?i:https?://|www\.)\S+$`)

// linkTexts tells of links whose words do not say where they lead. A screen reader
// lists the links of a page by their words alone.
func (p *proof) linkTexts() []Advice {
	var all []Advice
	_ = ast.Walk(p.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			if a, ok := p.linkAdvice(n); ok {
				all = append(all, a)
			}
		case *ast.AutoLink:
			label := string(n.Label(p.text))
			if n.AutoLinkType == ast.AutoLinkURL && bareAddress.MatchString(label) {
				from := p.find(label, n)
				all = append(all, p.at(from, from+len(label), Warn, LinkText, "words", label))
			}
		}
		return ast.WalkContinue, nil
	})
	return all
}

func (p *proof) linkAdvice(l *ast.Link) (a Advice, ok bool) {
	words := p.plainInline(l)
	bare := strings.Join(lowerWords(words), " ")
	if !bareAddress.MatchString(words) && !(isEnglish(p.module.Lang) && vague.MatchString(bare)) {
		return a, false
	}
	from, to := p.stretchOfNode(l)
	return p.at(from, to, Warn, LinkText, "words", words), true
}

// stretchOfNode is where the words in a node begin and end.
func (p *proof) stretchOfNode(n ast.Node) (from, to int) {
	from, to = -1, -1
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if text, ok := n.(*ast.Text); ok && entering {
			if from < 0 {
				from = text.Segment.Start
			}
			to = text.Segment.Stop
		}
		return ast.WalkContinue, nil
	})
	if from < 0 {
		from = p.lines[p.lineOf(n)-1]
		to = p.lineEnd(from)
	}
	return from, to
}

// find is where a label stands in the text, from the place of its node on.
func (p *proof) find(label string, n ast.Node) int {
	from := p.lines[p.lineOf(n)-1]
	if at := n.Pos(); at > from {
		from = at
	}
	if at := bytes.Index(p.text[from:], []byte(label)); at >= 0 {
		return from + at
	}
	return from
}

// longSteps tells of steps that are a long page.
func (p *proof) longSteps() []Advice {
	var all []Advice
	for _, step := range p.module.Steps {
		if step.Words > longStep {
			all = append(all, p.ofStep(step, StepLong, "words", strconv.Itoa(step.Words), "max", strconv.Itoa(longStep)))
		}
	}
	return all
}

// ofStep makes an advice on a step as a whole.
func (p *proof) ofStep(step *Step, code string, values ...string) Advice {
	a := Advice{Problem: problem(p.module.Path, step.Line, Warn, code, append([]string{"step", step.ID}, values...)...), At: step.ID}
	a.From, a.To = p.stretchOf(step.Line)
	return a
}

// weights tells of pages whose pictures take long to come and cost people money.
// A picture counts once a page, and once in the module.
func (p *proof) weights(weigh func(path string) int64) []Advice {
	if weigh == nil {
		return nil
	}
	var all []Advice
	whole := map[string]int64{}
	heavy := map[string]int64{} // by the id of the step
	for s, paths := range p.picturesBySection() {
		page := int64(0)
		for path := range paths {
			whole[path] = weigh(path)
			page += whole[path]
		}
		if page > heavyStep {
			heavy[s.id] = page
		}
	}
	for _, step := range p.module.Steps {
		if page := heavy[step.ID]; page > 0 {
			all = append(all, p.ofStep(step, StepHeavy, "kb", kilobytes(page), "max", kilobytes(heavyStep)))
		}
	}
	sum := int64(0)
	for _, bytes := range whole {
		sum += bytes
	}
	if sum > heavyModule {
		all = append(all, Advice{Problem: problem(p.module.Path, 0, Warn, ModuleHeavy, "kb", kilobytes(sum), "max", kilobytes(heavyModule))})
	}
	return all
}

// picturesBySection are the paths of the pictures of each section, each once.
func (p *proof) picturesBySection() map[*section]map[string]bool {
	pages := map[*section]map[string]bool{}
	for picture, path := range p.pictures {
		s := p.sectionOf(picture)
		if s == nil {
			continue
		}
		if pages[s] == nil {
			pages[s] = map[string]bool{}
		}
		pages[s][path] = true
	}
	return pages
}

func kilobytes(n int64) string { return strconv.FormatInt((n+1023)>>10, 10) }

// idioms tells of sayings that cannot be understood word by word, and of words of
// offices and services. In a story they are somebody's own, and nothing is offered
// to put in their place.
func (p *proof) idioms(glossary []Term) []Advice {
	if !isEnglish(p.module.Lang) {
		return nil
	}
	said := bytes.Clone(p.said)
	hideTerms(said, glossary)
	var all []Advice
	for at := 0; at < len(said); {
		stop := wordStop(said, at)
		if stop == at {
			at++
			continue
		}
		found, end, ok := idiomAt(said, at)
		if !ok {
			at = stop
			continue
		}
		all = append(all, p.idiomAdvice(found, at, end))
		at = end
	}
	return all
}

func (p *proof) idiomAdvice(found form, from, to int) Advice {
	plainer := found.plainer
	if first, _ := utf8.DecodeRune(p.said[from:]); unicode.IsUpper(first) {
		initial, size := utf8.DecodeRuneInString(plainer)
		plainer = string(unicode.ToUpper(initial)) + plainer[size:]
	}
	a := p.at(from, to, Notice, Idiom, "words", strings.Join(strings.Fields(string(p.said[from:to])), " "), "plainer", plainer)
	if was := string(p.source[a.From:a.To]); found.fits && !p.inStory(from) && !strings.ContainsAny(was, "\r\n") {
		a.Fix = fixOf(Idiom, a.From, was, plainer)
	}
	return a
}

// inStory reports whether a place of the text stands in a story.
func (p *proof) inStory(at int) bool {
	return slices.ContainsFunc(p.outline.blocks, func(b *block) bool {
		return b.kind == Story && p.lines[b.line-1] <= at && at < b.end
	})
}

// notFilledIn tells of what a template asked and nobody has written yet.
func (p *proof) notFilledIn() []Advice {
	var all []Advice
	for at := 0; ; {
		next := bytes.Index(p.said[at:], []byte(ToFillIn))
		if next < 0 {
			return all
		}
		from, to := at+next, len(p.said)
		if end := bytes.IndexByte(p.said[from:], 0); end >= 0 {
			to = from + end
		}
		begins := strings.Fields(strings.TrimPrefix(string(p.said[from:to]), ToFillIn))
		all = append(all, p.at(from, to, Warn, NotFilledIn, "begins", strings.Join(begins[:min(6, len(begins))], " ")))
		at = to
	}
}
