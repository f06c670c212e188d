package courses

import (
	"slices"
	"strings"
	"testing"
)

const hard = "The organisational implementation of institutional safeguarding responsibilities necessitates comprehensive interdisciplinary collaboration between representatives of participating authorities. " +
	"Consequently, administrative prioritisation frequently determines the accessibility of individualised rehabilitation opportunities.  " +
	"Furthermore, contemporary methodologies increasingly emphasise collaborative decision-making, participatory evaluation, continuous professional development and systematic documentation throughout organisations."

const easy = "Sit down with them. Put your phone away. Ask how the week was. Then wait. Do not fill the quiet. " +
	"They may need time to find the words. When they stop, say back what you heard. Ask if you got it right. That is all. It is a lot."

func TestAStepThatIsHardToReadIsNamedWithItsGrade(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\n---\n", "01-a.md", "# A\n\n"+easy+"\n\n## Hard\n\n"+hard+"\n")
	var got []Problem
	for _, p := range Check(c) {
		if p.Code == ReadingLevel {
			got = append(got, p)
		}
	}
	if len(got) != 1 || got[0].Values["step"] != "hard" || got[0].Line != 5 || got[0].Values["aim"] != "6" || got[0].Level != Warn {
		t.Errorf("got %+v", got)
	}
}

func TestACourseCanAimHigher(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\nreading_grade: 18\n---\n", "01-a.md", "# A\n\n"+strings.ReplaceAll(hard, "interdisciplinary", "")+"\n\n"+easy+"\n")
	if got := seen(Check(c), ReadingLevel); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestOtherLanguagesAreMeasuredByWordsPerSentenceOnly(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("слово ", 45)) + ".\n"
	c := read(t, "course.md", "---\ntitle: A\nlanguage: uk\n---\n", "01-a.md", "# A\n\n"+long)
	problems := Check(c)
	if got := seen(problems, SentencesLong, "words", "lang"); !slices.Equal(got, []string{"01-a.md:3 45.0 uk"}) && !slices.Equal(got, []string{"01-a.md:1 45.0 uk"}) {
		t.Errorf("got %v", got)
	}
	if got := seen(problems, ReadingLevel); len(got) != 0 {
		t.Errorf("a grade for Ukrainian: %v", got)
	}
}

func TestALongSentenceIsQuotedByItsBeginning(t *testing.T) {
	c := read(t, "01-a.md", "# A\n\nShort one.\n\nThis one goes on"+strings.Repeat(" and on", 12)+".\n")
	if got := seen(Check(c), SentenceLong, "words", "begins"); !slices.Equal(got, []string{"01-a.md:5 28 This one goes on and"}) {
		t.Errorf("got %v", got)
	}
}

func TestPicturesAndRecordingsThatShutPeopleOutAreNamed(t *testing.T) {
	c := read(t, "01-a.md", "# A\n\n![](a.png) and ![A door](a.png)\n\n![](a.png \"The door\")\n\n::audio[Listen]{src=\"a.ogg\"}\n", "a.png", "x", "a.ogg", "x")
	problems := Check(c)
	if got := seen(problems, AltMissing, "to"); !slices.Equal(got, []string{"01-a.md:3 a.png", "01-a.md:5 a.png"}) {
		t.Errorf("alt: %v", got)
	}
	if got := seen(problems, TranscriptMissing, "to"); !slices.Equal(got, []string{"01-a.md:7 a.ogg"}) {
		t.Errorf("transcript: %v", got)
	}
}

func TestAdviceCanBeWaivedWithAReasonAndErrorsCannot(t *testing.T) {
	text := func(waive string) string {
		return "---\ntitle: A\nwaive:\n" + waive + "---\n\n![](a.png)\n\n## Two\n\n![](a.png)\n\n:::question[Which?]\n:::\n"
	}
	check := func(waive string) []Problem {
		return Check(read(t, "01-a.md", text(waive), "a.png", "x"))
	}
	all := check("")
	var broken string
	for _, p := range all {
		if p.Level == Error {
			broken = p.Code
		}
	}
	if len(seen(all, AltMissing)) != 2 || broken == "" {
		t.Fatalf("before: %v", all)
	}
	if got := seen(check("  - {check: alt-missing, at: two, why: it is for show}\n"), AltMissing); len(got) != 1 {
		t.Errorf("waived at one step: %v", got)
	}
	if got := seen(check("  - {check: alt-missing, why: it is for show}\n"), AltMissing); len(got) != 0 {
		t.Errorf("waived everywhere: %v", got)
	}
	if got := check("  - {check: alt-missing}\n"); len(seen(got, AltMissing)) != 2 || len(seen(got, WaiverBare)) != 1 {
		t.Errorf("waived without a reason: %v", got)
	}
	if got := check("  - {check: " + broken + ", why: no}\n"); len(seen(got, broken)) == 0 || len(seen(got, WaiverUnused)) != 1 {
		t.Errorf("an error was waived: %v", got)
	}
}

func TestReadingGradesAreThoseOfTheFormula(t *testing.T) {
	// 0.39 * 6 + 11.8 * (6/6) - 15.59
	if got := readingOf([]string{"The cat sat on the mat."}, "en").Grade; tenths(got) != "-1.4" {
		t.Errorf("grade %v", got)
	}
	for word, want := range map[string]int{
		"cat": 1, "listen": 2, "make": 1, "table": 2, "wanted": 2, "asked": 1, "people": 2,
		"safeguarding": 4, "see": 1, "the": 1, "reflection": 3, "boxes": 2, "quiet": 1,
	} {
		if got := syllablesOf(word); got != want {
			t.Errorf("%q has %d syllables, want %d", word, got, want)
		}
	}
}

func TestSentencesEndWhereAReaderStops(t *testing.T) {
	for markup, want := range map[string]int{
		"<p>One. Two! Three?</p>":                   3,
		"<p>See e.g. this one,\nwhich goes on.</p>": 1,
		"<ul>\n<li>One</li>\n<li>Two</li>\n</ul>":   2,
		"<h3>No</h3><pre><code>a. B.</code></pre>":  0,
		"<p>He said “stop.” Then he went.</p>":      2,
		"<p>Version 1.5 is out.</p>":                1,
		"<p>چرا؟ نمیدانم.</p>":                      2,
		"<p>好。你呢？我也好。</p>":                          3,
		"<p>One<br>two</p>":                         2,
	} {
		if got := sentencesOf(markup); len(got) != want {
			t.Errorf("%q has %d sentences %q, want %d", markup, len(got), got, want)
		}
	}
}
