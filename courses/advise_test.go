package courses

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func adviceOn(text string) []Advice {
	return Advise(Source{Path: "03-listening.md", Slug: "listening", Lang: "en", Text: []byte(text)}, nil, 0, nil)
}

// spoken gives what each advice of a code speaks of, in the words of the source.
func spoken(text string, all []Advice, code string) []string {
	var said []string
	for _, a := range all {
		if a.Code == code {
			said = append(said, text[a.From:a.To])
		}
	}
	return said
}

func TestAnIdiomIsFoundWhereverItIsReadAndNowhereElse(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"## A {#a}\n\nWe were in the same boat.\n", []string{"in the same boat"}},
		{"## A piece of cake {#a}\n\nYes.\n", []string{"A piece of cake"}},
		{"## A {#a}\n\nIt was a **piece of** cake, a piece of\ncake.\n", []string{"a piece of\ncake"}},
		{"> It was a piece of\n> cake.\n", []string{"a piece of\n> cake"}},
		{":::question[Is it a piece of cake?]{#q}\n- [ ] Out of the blue\n  > By and large.\n- [x] No\n:::\n", []string{"a piece of cake", "Out of the blue", "By and large"}},
		{"Do not play devil's advocate.\n", []string{"devil's advocate"}},
		{"See `by and large` and [it](by-and-large.md \"by and large\").\n", nil},
		{"```\nby and large\n```\n", nil},
		{"---\ntitle: By and large\n---\n\n:::story[A]{#by-and-large}\nYes.\n:::\n", nil},
		{"Nearby and largely.\n", nil},
		{"By, and large.\n", nil},
		{"\ufeffOne.\r\n\r\nTwo, by and large.\r\n", []string{"by and large"}},
	} {
		if got := spoken(c.text, adviceOn(c.text), Idiom); !slices.Equal(got, c.want) {
			t.Errorf("%q: found %q, not %q", c.text, got, c.want)
		}
	}
}

func TestAnIdiomIsEnglishAndLeftAloneWhereTheGlossaryExplainsIt(t *testing.T) {
	text := []byte("Red tape everywhere.\n")
	if got := Advise(Source{Path: "a.md", Lang: "nl", Text: text}, nil, 0, nil); len(got) != 0 {
		t.Errorf("in Dutch: %v", got)
	}
	if got := Advise(Source{Path: "a.md", Lang: "en-GB", Text: text}, []Term{{Word: "red tape"}}, 0, nil); len(got) != 0 {
		t.Errorf("in the glossary: %v", got)
	}
	if got := spoken(string(text), adviceOn(string(text)), Idiom); len(got) != 1 {
		t.Errorf("otherwise: %v", got)
	}
}

func TestTheListOfIdiomsIsWhole(t *testing.T) {
	seen := map[string]bool{}
	entries := 0
	for line := range strings.Lines(strings.TrimSpace(idiomList)) {
		line = strings.TrimSpace(line)
		said, plainer, ok := strings.Cut(line, " = ")
		if !ok {
			said, plainer, ok = strings.Cut(line, " ~ ")
		}
		forms, plain := strings.Split(said, ", "), strings.Split(plainer, ", ")
		if !ok || len(forms) != len(plain) {
			t.Errorf("%q: %d forms, %d plainer", line, len(forms), len(plain))
			continue
		}
		entries++
		for _, one := range forms {
			if seen[one] || one != strings.ToLower(one) {
				t.Errorf("%q is there twice, or has capitals", one)
			}
			seen[one] = true
			if found, end, ok := idiomAt([]byte(one), 0); !ok || end != len(one) {
				t.Errorf("%q is not found: %v", one, found)
			}
		}
		for _, one := range plain {
			for at := 0; at < len(one); at = wordStop([]byte(one), at) + 1 {
				if found, _, ok := idiomAt([]byte(one), at); ok {
					t.Errorf("%q stands in the plainer %q", found.words, one)
				}
			}
		}
	}
	if entries < 150 {
		t.Errorf("%d entries", entries)
	}
}

func TestWhatIsPlainerIsOfferedToPutInItsPlaceButNotIntoAStory(t *testing.T) {
	text := "## A {#a}\n\nOut of the blue she came.\n\n:::story[B]{#b}\nOut of the blue he came.\n:::\n\nWe are in the same boat.\n"
	var fixes []string
	for _, a := range adviceOn(text) {
		if a.Code != Idiom {
			continue
		}
		with := ""
		if a.Fix != nil {
			with = a.Fix.With
		}
		fixes = append(fixes, a.At+": "+with)
	}
	if want := []string{"a/1: Suddenly", "a/2/1: ", "a/3: "}; !slices.Equal(fixes, want) {
		t.Errorf("offered %q", fixes)
	}
}

func TestHeadingsThatLeaveALevelOutAreNamedWithTheOneThatIsMissing(t *testing.T) {
	text := "## A {#a}\n\n#### One\n\n##### Two\n\n##### Three\n\n### Four\n\n##### Five {#five}\n\n## B {#b}\n\n### Six\n\n#### Seven\n\n### Eight\n"
	all := adviceOn(text)
	want := []string{"#### One", "##### Two", "##### Three", "##### Five {#five}"}
	if got := spoken(text, all, HeadingOrder); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
	fixed := fixedBy(t, text, HeadingOrder)
	if want := "## A {#a}\n\n### One\n\n#### Two\n\n#### Three\n\n### Four\n\n#### Five {#five}\n\n## B {#b}\n\n### Six\n\n#### Seven\n\n### Eight\n"; fixed != want {
		t.Errorf("fixed: %q", fixed)
	}
}

func TestALinkSaysWhereItLeads(t *testing.T) {
	text := "Read [here](a.md), [Click here!](a.md), [this *page*](a.md), <https://example.org/a>, www.example.org " +
		"and [https://example.org](https://example.org).\n\nFine: [the opening times](a.md), [read about Dee](a.md), [here in Leeds](a.md), [here](a.md) mary@example.org.\n"
	want := []string{"here", "Click here!", "this *page", "https://example.org/a", "www.example.org", "https://example.org", "here"}
	if got := spoken(text, adviceOn(text), LinkText); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
}

func TestAPageThatIsLongOrWhosePicturesAreHeavyIsNamed(t *testing.T) {
	text := "## Long {#long}\n\n" + strings.Repeat("We sat and we talked. ", 150) + "\n\n## Heavy {#heavy}\n\n![A](big.jpg) ![B](big.jpg)\n\n![C](other.jpg \"C\")\n\n## Again {#again}\n\n![A](big.jpg)\n"
	weigh := func(path string) int64 { return map[string]int64{"big.jpg": 400 << 10, "other.jpg": 200 << 10}[path] }
	src := Source{Path: "a.md", Lang: "en", Text: []byte(text)}
	all := Advise(src, nil, 0, weigh)
	if got := spoken(text, all, StepLong); !slices.Equal(got, []string{"## Long {#long}"}) {
		t.Errorf("long: %q", got)
	}
	if got := spoken(text, all, StepHeavy); !slices.Equal(got, []string{"## Heavy {#heavy}"}) {
		t.Errorf("heavy: %q", got)
	}
	if got := spoken(text, all, ModuleHeavy); len(got) != 0 {
		t.Errorf("the module: %q", got)
	}
	heavier := Advise(src, nil, 0, func(path string) int64 { return 4 * weigh(path) })
	if got := seen(problemsOf(heavier), ModuleHeavy, "kb"); !slices.Equal(got, []string{"a.md:0 2400"}) {
		t.Errorf("the module, heavier: %q", got)
	}
	if got := seen(problemsOf(Advise(src, nil, 0, nil)), StepHeavy); len(got) != 0 {
		t.Errorf("weighed by nobody: %q", got)
	}
}

func TestIdsThatAreNotWrittenAreToldAndTheirFixWritesWhatFormatWrites(t *testing.T) {
	for _, text := range []string{
		"## A step\n\n:::reflection[What happened?]\n:::\n\n:::scale[How?]{again=\"x\"}\n1. a\n2. b\n:::\n\n## Two ##\n\n### Only a heading\n\n:::story[Bees]\nYes.\n:::\n",
		"\ufeff## A step\r\n\r\n:::practice[What\r\n:::\r\n",
	} {
		m := compileText(text)
		want := string(Format([]byte(text), m))
		if got := fixedBy(t, text, IDDerived); got != want {
			t.Errorf("fixed %q, not %q", got, want)
		}
	}
}

func TestWhatATemplateAsksIsToldUntilItIsWritten(t *testing.T) {
	text := "## A {#a}\n\n✎ Say what you know about this, please.\n\n:::question[✎ Ask]{#q}\n- [ ] No\n- [x] Yes\n:::\n"
	all := adviceOn(text)
	if got := seen(problemsOf(all), NotFilledIn, "begins"); !slices.Equal(got, []string{"03-listening.md:3 Say what you know about this,", "03-listening.md:5 Ask"}) {
		t.Errorf("found %q", got)
	}
	if got := spoken(text, all, NotFilledIn); !slices.Equal(got, []string{"✎ Say what you know about this, please.", "✎ Ask"}) {
		t.Errorf("of %q", got)
	}
}

func TestALongSentenceIsMarkedFromItsFirstWordToItsLast(t *testing.T) {
	long := "\"So it's\" long" + strings.Repeat(" and long", 13) + "."
	text := "## A {#a}\n\nShort. " + long + " Short.\n\n:::question[Which?]{#q}\n- [ ] Short\n  > Yes.\n- [x] " + long + "\n:::\n"
	want := strings.TrimPrefix(long, "\"")
	if got := spoken(text, adviceOn(text), SentenceLong); !slices.Equal(got, []string{want, want}) {
		t.Errorf("marked %q", got)
	}
}

func TestWhatTheCompilerFindsStandsAtItsLineAndAddress(t *testing.T) {
	text := "## A {#a}\r\n\r\nOne.\r\n\r\n:::note\r\nTwo.\r\n\r\n:::question[Which?]{#q}\r\n:::\r\n:::\r\n"
	for _, a := range adviceOn(text) {
		if a.Code == ListMissing && (a.At != "a/2/2" && a.At != "a/2/1" || text[a.From:a.To] != ":::question[Which?]{#q}") {
			t.Errorf("%+v: %q", a, text[a.From:a.To])
		}
	}
	if got := seen(problemsOf(adviceOn(text)), ListMissing); len(got) != 1 {
		t.Errorf("found %v", got)
	}
}

func TestAdviceIsWaivedAsItIsInACourse(t *testing.T) {
	text := "---\nwaive:\n  - {check: idiom, at: a, why: they say so there}\n---\n\n## A {#a}\n\nBy and large.\n\n## B {#b}\n\nBy and large.\n"
	all := adviceOn(text)
	if got := seen(problemsOf(all), Idiom); !slices.Equal(got, []string{"03-listening.md:12"}) {
		t.Errorf("found %v", got)
	}
}

func TestOneHostileTextGivesNoMoreThanAPersonCanRead(t *testing.T) {
	all := adviceOn("[No:::](\n:::question\n" + strings.Repeat("By and large.\n\n", 2000) + ":::question\n")
	if len(all) > maxProblems+1 || all[len(all)-1].Line < all[0].Line {
		t.Errorf("%d, the first at %d", len(all), all[0].Line)
	}
	if !slices.ContainsFunc(all, func(a Advice) bool { return a.Code == TooManyProblems }) || !slices.ContainsFunc(all, func(a Advice) bool { return a.Level == Error }) {
		t.Error("it does not say that there is more, or errors went before notices")
	}
}

func TestHostileTextsAreAdvisedInTime(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("By and large.\n\n", 16000), strings.Repeat("##\n", 80000), strings.Repeat("![](a)\n", 30000),
		strings.Repeat("a b c "+strings.Repeat("a ", 30)+".\n", 3000), strings.Repeat("a ", 120000),
		strings.Repeat("##### a\n", 30000), strings.Repeat(":::note\n", 30000), strings.Repeat(":::\n", 60000),
		strings.Repeat("## a {#a}\n", 25000), strings.Repeat("[here](a)\n", 25000), strings.Repeat("✎ a\n\n", 40000),
	} {
		began := time.Now()
		Advise(Source{Path: "a.md", Lang: "en", Text: []byte(text)}, []Term{{Word: "a b"}}, 0, func(string) int64 { return 1 })
		if took := time.Since(began); took > 20*time.Second { // nothing that is bounded comes near
			t.Errorf("%q… took %v", text[:20], took)
		} else {
			t.Logf("%q… %v", text[:20], took)
		}
	}
}

func TestOurOwnModulesNeedNoAdvice(t *testing.T) {
	folder, err := OpenDir("library/walking-alongside")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Check(folder.Read(nil)) {
		t.Errorf("%s:%d: %s %v", p.File, p.Line, p.Code, p.Values)
	}
}

func FuzzAdvise(f *testing.F) {
	for _, e := range examples(f) {
		f.Add([]byte(e.text))
	}
	if own, err := os.ReadFile("library/walking-alongside/01-what-is-a-peer-mentor.md"); err == nil {
		f.Add(own)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 20<<10 {
			return
		}
		for _, a := range Advise(Source{Path: "a.md", Lang: "en", Text: text}, []Term{{Word: "peer"}}, 0, func(string) int64 { return 1 << 20 }) {
			if a.From < 0 || a.To < a.From || a.To > len(text) {
				t.Fatalf("%+v speaks of what is not there", a)
			}
			if a.Fix == nil {
				continue
			}
			fixed, ok := ApplyFix(text, *a.Fix)
			if !ok || string(fixed) == string(text) {
				t.Fatalf("%+v does nothing: %+v", a, a.Fix)
			}
		}
	})
}
