package courses

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// looksLikeMore are words that look like something else.
var looksLikeMore = []string{
	":::", "::help[crisis]", ":::question[a]", "## A step", "### a", "#", "- ", "* a", "+ a", "- [ ] a", "- [x] a", "[x]", "1. a", "12) b", "> a", ">", ">>>>",
	"|", "a|b", "|--|", "|:-|:-|", "---", "***", "===", "=", "```", "~~~", "`a`", "]]", "[[", "[[a|b]]", "[a](b)", "![a](b \"c\")", "[a]: b", "[^1]", "[^1]: a",
	"{#id}", "{", "}", "<b>", "</p>", "<!--", "-->", "<script>", "&amp;", "&", "&#65;", "\\", "\\\\", "\\[", "a\\", "*a*", "_a_", "a_b_c", "~~a~~", "__a__",
	"https://example.org", "http://a.b/c_d", "www.example.org", "a@b.org", "mailto:a@b.org", "ftp://a.b", "//a", ":a", ": a", "a:", "!", "![", "(", "](", ")",
	"سلام", "می\u200cخواهم", "؟", "\u200f", "\u202e", "слово", "好", "ไทย", "é", "e\u0301", "😀", "\u00a0", "\u00ad", "\u2028", "\u0085", "\x00", "\x1b", "\ufeff", "\xff",
	"    four", "\ttab", "\n", "\n\n", "\r\n", "\r", "  ", "  \n", "\\\n", "word", "Two words.", "a", "\"quoted\"", "'so'", "...", "--", "<<", "www", "1", ".", "+", "-", "=",
}

func typedWords(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(6) {
		b.WriteString(looksLikeMore[random.IntN(len(looksLikeMore))])
		b.WriteString([]string{"", " ", "\n", ""}[random.IntN(4)])
	}
	return b.String()
}

// saidOf is what of typed words a page says: the words, single blanks between them.
func saidOf(typed string) string {
	var lines []string
	for _, paragraph := range plainParagraphs(typed) {
		lines = append(lines, strings.Join(paragraph, " "))
	}
	return strings.Join(lines, " ")
}

// typedBlock fills a form with words, the fields that are needed always.
func typedBlock(random *rand.Rand, form BlockForm) map[string][]string {
	fill := func(f BlockField) string {
		switch f.Shape {
		case FilePath:
			return []string{"media/a.ogg", "media/a b.ogg", "media/عکس (1).jpg", "a.jpg"}[random.IntN(4)]
		case IDOf:
			return []string{"listening#really-heard", "#a", "a"}[random.IntN(3)]
		case HelpKind:
			return []string{"crisis", "advice", "مشاوره"}[random.IntN(3)]
		}
		for {
			typed := typedWords(random)
			if f.Shape == LineEach && f.Name == "fits" {
				typed = strings.ReplaceAll(typed, "|", "/")
				for strings.Contains(typed, "]]") {
					typed = strings.ReplaceAll(typed, "]]", "]x]")
				}
			}
			if saidOf(typed) != "" {
				return typed
			}
		}
	}
	values := map[string][]string{}
	for _, f := range form.Alone() {
		if f.Name != "again" && (f.Required || f.Name == "caption" || random.IntN(2) == 0) {
			values[f.Name] = []string{fill(f)}
		}
	}
	rows := max(form.Rows, 1) + random.IntN(4)
	for row := range rows {
		for _, f := range form.Rowed() {
			switch {
			case f.Name == "under" && row == 1: // two choices at least
			case f.Shape == Ticked && random.IntN(2) == 0:
				values[f.Name] = append(values[f.Name], strconv.Itoa(row+1))
			case f.Shape == Ticked:
			case f.Required || random.IntN(2) == 0:
				values[f.Name] = append(values[f.Name], fill(f))
			default:
				values[f.Name] = append(values[f.Name], []string{"", " \n\t"}[random.IntN(2)])
			}
		}
	}
	return values
}

// readBack is what a compiled part says, as the values of its form.
func readBack(p *Part, form BlockForm) map[string][]string {
	got := map[string][]string{"label": {plain(p.Label)}}
	switch {
	case p.Kind == Recall:
		got["of"] = []string{strings.TrimPrefix(p.Of.Module+"#"+p.Of.Activity, "#")}
	case p.Kind == Help:
		got["kind"] = []string{p.Help}
	case p.Media != nil:
		got["src"], got["transcript"], got["alt"], got["caption"] = []string{p.Media.Path}, []string{p.Media.Transcript}, []string{p.Media.Alt}, []string{p.Media.Caption}
	case p.Activity == nil:
		got["text"] = []string{plain(joinedHTML(p.Parts))}
	default:
		readActivity(p.Activity, got)
	}
	return got
}

func joinedHTML(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.HTML + "\n")
	}
	return b.String()
}

func readActivity(a *Activity, got map[string][]string) {
	got["label"], got["help"] = []string{plain(a.Label)}, []string{plain(a.Prompt)}
	tick := func(field string, ticked bool, row int) {
		if ticked {
			got[field] = append(got[field], strconv.Itoa(row))
		}
	}
	for i, item := range a.Items {
		switch a.Kind {
		case Question, Scenario:
			got["choice"], got["feedback"] = append(got["choice"], item.Text), append(got["feedback"], plain(item.Feedback))
			tick("right", item.Right, i+1)
			tick("under", item.Parent != 0, i+1)
		case Sort:
			if item.Parent == 0 {
				got["group"], got["cards"] = append(got["group"], item.Text), append(got["cards"], "")
			} else {
				got["cards"][len(got["cards"])-1] += item.Text + "\n"
			}
		case Blanks:
			got["before"], got["fits"] = append(got["before"], plain(a.Pieces[i])), append(got["fits"], strings.Join(item.Accept, "\n"))
		case Order, Checklist:
			got["item"] = append(got["item"], item.Text)
		case Reflection:
			got["prompt"] = append(got["prompt"], item.Text)
		case Scale:
			got["point"] = append(got["point"], item.Text)
		}
	}
	if a.Kind == Blanks {
		got["end"] = []string{plain(a.Pieces[len(a.Pieces)-1])}
	}
}

// wanted is what of typed values should come back.
func wanted(form BlockForm, values map[string][]string) map[string][]string {
	want := map[string][]string{}
	for _, f := range form.Fields {
		for _, typed := range values[f.Name] {
			switch {
			case f.Shape == Ticked && f.Name == "under" && typed == "1": // nothing comes before the first
				continue
			case f.Shape == LineEach:
				var lines []string
				for _, paragraph := range plainParagraphs(typed) {
					lines = append(lines, paragraph...)
				}
				typed = strings.Join(lines, "\n")
			case f.Shape == IDOf:
				typed = strings.TrimPrefix(typed, "#")
			case f.Shape == OneLine:
				typed = plainLine(typed)
			case f.Shape != Ticked:
				typed = saidOf(typed)
			}
			want[f.Name] = append(want[f.Name], typed)
		}
	}
	return want
}

func TestWhateverIsTypedIntoAFormComesBackAsJustTheseWords(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	for _, form := range BlockForms() {
		for range 1500 {
			values := typedBlock(random, form)
			assertComesBack(t, form, values)
			if t.Failed() {
				return
			}
		}
	}
}

// assertComesBack writes a block between two paragraphs and reads the page.
func assertComesBack(t *testing.T, form BlockForm, values map[string][]string) {
	t.Helper()
	text, problems := WriteBlock(form.Kind, values)
	if len(problems) > 0 {
		t.Errorf("%s: %q: %v", form.Kind, values, problems)
		return
	}
	m := Compile(Source{Path: "a.md", Lang: "uk", Text: []byte("## A {#a}\n\nBefore.\n\n" + text + "\nAfter.\n")})
	for _, p := range m.Problems {
		if p.Code != ListFlat && p.Code != RecallUnknown {
			t.Errorf("%s: %v in\n%s", form.Kind, p, text)
		}
	}
	if len(m.Steps) != 1 || len(m.Steps[0].Parts) != 3 || m.Steps[0].Parts[1].Kind != form.Kind || m.Steps[0].Parts[2].Text != "After." {
		t.Errorf("%s: %d parts in\n%s", form.Kind, len(m.Steps[0].Parts), text)
		return
	}
	part := &m.Steps[0].Parts[1]
	for _, inner := range part.Parts {
		if inner.Kind != Prose || strings.Contains(inner.HTML, "<a ") {
			t.Errorf("%s: a %s in it: %s", form.Kind, inner.Kind, text)
		}
	}
	got, want := readBack(part, form), wanted(form, values)
	for _, f := range form.Fields {
		have := got[f.Name]
		if len(want[f.Name]) == 0 && strings.TrimSpace(strings.Join(have, "")) == "" {
			continue
		}
		for i := range have {
			have[i] = strings.TrimSuffix(have[i], "\n")
		}
		if f.Name == "again" || !slices.Equal(have, want[f.Name]) {
			t.Errorf("%s %s: %q, not %q, of\n%s", form.Kind, f.Name, have, want[f.Name], text)
		}
	}
}

func TestNothingTypedIsEverMarkupOrALink(t *testing.T) {
	for _, typed := range looksLikeMore {
		if saidOf(typed) == "" {
			continue
		}
		text, _ := WriteBlock(Note, map[string][]string{"text": {typed + "\n" + typed}})
		m := compileText(text)
		for _, p := range m.Steps[0].Parts[0].Parts {
			bare := strings.NewReplacer("<p>", "", "</p>", "", "<br>", "").Replace(p.HTML)
			if p.Kind != Prose || strings.ContainsAny(bare, "<>") {
				t.Errorf("%q became %q", typed, p.HTML)
			}
		}
	}
}

func TestAFilledInFormReadsWellAsText(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		values map[string][]string
		want   string
	}{
		{
			Question,
			map[string][]string{"label": {"Which is open?"}, "help": {"Choose one.\nOr none."}, "choice": {"Did you sleep?", "", "How was it?"}, "feedback": {"Yes or no.", "", "Good.\n\nIt leaves room."}, "right": {"3"}},
			":::question[Which is open?]\nChoose one.\\\nOr none.\n\n- [ ] Did you sleep?\n  > Yes or no.\n- [x] How was it?\n  > Good.\n  >\n  > It leaves room.\n:::\n",
		},
		{
			Scenario,
			map[string][]string{"label": {"A message comes"}, "choice": {"Answer", "Say when", "Wait"}, "feedback": {"You are tired.", "Kind."}, "under": {"2"}},
			":::scenario[A message comes]\n- Answer\n  > You are tired.\n  - Say when\n    > Kind.\n- Wait\n:::\n",
		},
		{
			Blanks,
			map[string][]string{"before": {"Open questions start with", "or"}, "fits": {"what\nhow", "when"}, "end": {". So they say (often)."}},
			":::blanks\nOpen questions start with [[what|how]] or [[when]]. So they say (often).\n:::\n",
		},
		{
			Sort,
			map[string][]string{"label": {"Whose?"}, "group": {"Mentor", "Worker"}, "cards": {"Listens\nTells", "Books"}},
			":::sort[Whose?]\n- Mentor\n  - Listens\n  - Tells\n- Worker\n  - Books\n:::\n",
		},
		{
			Scale,
			map[string][]string{"label": {"How ready now?"}, "point": {"Not yet", "Ready"}, "again": {"ready"}},
			":::scale[How ready now?]{again=\"ready\"}\n1. Not yet\n2. Ready\n:::\n",
		},
		{Help, map[string][]string{"kind": {"crisis"}}, "::help[crisis]\n"},
		{Recall, map[string][]string{"of": {"listening#heard"}, "label": {"You wrote"}}, "::recall[You wrote]{of=\"listening#heard\"}\n"},
		{Audio, map[string][]string{"src": {"media/a.ogg"}, "label": {"A bell"}, "transcript": {"media/a.md"}}, "::audio[A bell]{src=\"media/a.ogg\" transcript=\"media/a.md\"}\n"},
		{Figure, map[string][]string{"src": {"media/a.jpg"}, "alt": {"Two people"}, "caption": {"\"So\""}}, "![Two people](media/a.jpg \"\\\"So\\\"\")\n"},
		{Tip, map[string][]string{"text": {"Email me. It costs 1.50 - or less."}}, ":::tip\nEmail me. It costs 1.50 - or less.\n:::\n"},
	} {
		if got, problems := WriteBlock(c.kind, c.values); got != c.want || len(problems) > 0 {
			t.Errorf("%s: %v\n%s, not\n%s", c.kind, problems, got, c.want)
		}
	}
}

func TestAPictureWithoutACaptionIsAPictureInTheText(t *testing.T) {
	text, problems := WriteBlock(Figure, map[string][]string{"src": {"media/a b.jpg"}, "alt": {"A [door]"}})
	m := compileText(text)
	if len(problems) > 0 || len(m.Problems) > 0 || m.Steps[0].Parts[0].HTML != `<p><img src="media/a%20b.jpg" alt="A [door]" loading="lazy"></p>` {
		t.Errorf("%v %v %+v", problems, m.Problems, m.Steps[0].Parts)
	}
}

func TestAFormSaysWhatItLacksAndWhere(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		values map[string][]string
		want   string
	}{
		{Question, nil, "field-missing label, rows-few choice 2"},
		{Question, map[string][]string{"label": {"\x00 \u00a0"}, "choice": {"a", " ", "b"}}, "field-missing label"},
		{Question, map[string][]string{"label": {"a"}, "choice": {"a", "b", ""}, "feedback": {"", "", "Yes."}}, "field-missing choice row 3"},
		{Question, map[string][]string{"label": {"a"}, "choice": {"a"}, "right": {"2"}}, "rows-few choice 2"},
		{Scenario, map[string][]string{"label": {"a"}, "choice": {"a", "b"}, "under": {"2"}}, "rows-few choice 2"},
		{Sort, map[string][]string{"label": {"a"}, "group": {"a", "b"}, "cards": {"x"}}, "field-missing cards row 2"},
		{Blanks, map[string][]string{"before": {"a", "b", "c"}, "fits": {"a|b", "]]", strings.Repeat("word\n", 300)}}, "gap-mark fits row 1, gap-mark fits row 2, gap-long fits row 3"},
		{Recall, map[string][]string{"of": {"a b"}}, "field-broken of"},
		{Scale, map[string][]string{"label": {"a"}, "point": {"a", "b"}, "again": {"a\"}"}}, "field-broken again"},
		{Help, map[string][]string{"kind": {"A crisis!"}}, "field-broken kind"},
		{Audio, map[string][]string{"label": {"a"}, "src": {"https://example.org/a.ogg"}, "transcript": {"javascript:a"}}, "field-outside src, field-broken transcript"},
		{Figure, map[string][]string{"src": {"a\" onload=\"b"}}, "field-missing alt, field-broken src"},
		{Withdrawn, nil, "block-unknown"},
		{Kind("strange"), nil, "block-unknown"},
	} {
		text, problems := WriteBlock(c.kind, c.values)
		var got []string
		for _, p := range problems {
			one := strings.TrimSpace(p.Code + " " + p.Values["field"])
			if p.Values["row"] != "" {
				one += " row " + p.Values["row"]
			}
			if p.Values["min"] != "" {
				one += " " + p.Values["min"]
			}
			if p.Level != Error {
				t.Errorf("%s is no error", one)
			}
			got = append(got, one)
		}
		if strings.Join(got, ", ") != c.want || text != "" {
			t.Errorf("%s: %q %q, not %q", c.kind, text, got, c.want)
		}
	}
}

func TestEveryKindThatAnAuthorWritesHasAForm(t *testing.T) {
	for _, kind := range append(namedKinds(), Note, Tip, Warning, Recall, Help, Figure, Audio, Video) {
		form, ok := BlockFormOf(kind)
		if !ok || form.Kind != kind {
			t.Errorf("%s has none", kind)
		}
		for i, f := range form.Fields {
			if slices.ContainsFunc(form.Fields[:i], func(o BlockField) bool { return o.Name == f.Name }) {
				t.Errorf("%s asks twice for %s", kind, f.Name)
			}
		}
	}
	if got := len(BlockForms()); got != len(namedKinds())+8 {
		t.Errorf("%d forms", got)
	}
}

func FuzzWriteBlock(f *testing.F) {
	f.Add(uint64(1), "a", "b")
	f.Fuzz(func(t *testing.T, seed uint64, one, other string) {
		if saidOf(one) == "" || saidOf(other) == "" || len(one)+len(other) > 2000 || strings.ContainsRune(one+other, 0xfffd) {
			return
		}
		random := rand.New(rand.NewPCG(seed, 1))
		form := BlockForms()[random.IntN(len(BlockForms()))]
		values := typedBlock(random, form)
		for _, field := range form.Fields {
			for i := range values[field.Name] {
				if (field.Shape == OneLine || field.Shape == ManyLines) && random.IntN(2) == 0 {
					values[field.Name][i] = []string{one, other, one + other}[random.IntN(3)]
				}
			}
		}
		assertComesBack(t, form, values)
		if t.Failed() {
			fmt.Println(values)
		}
	})
}
