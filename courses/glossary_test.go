package courses

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestAGlossaryIsADefinitionList(t *testing.T) {
	got, problems := Glossary([]byte("# Words\n\nSome words.\n\nPeer *mentor*\n: Walks **beside** you.\n\nlicence\nparole\n: Rules to keep to. [More](https://x.example) or [here](a.md).\n\n: And more.\n\nparole\n: Again.\n\n<b>x</b>\n"))
	want := []Term{
		{"Peer mentor", "Walks <strong>beside</strong> you."},
		{"licence", `Rules to keep to. <a href="https://x.example" rel="noopener noreferrer">More</a> or here.`},
		{"parole", `Rules to keep to. <a href="https://x.example" rel="noopener noreferrer">More</a> or here.`},
	}
	for i := range got {
		got[i].Meaning, _, _ = strings.Cut(got[i].Meaning, " And more")
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("terms %+v", got)
	}
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	if !slices.Equal(codes, []string{LinkUnknown, TermTwice, HTMLDropped}) {
		t.Errorf("problems %v", problems)
	}
	if terms, problems := Glossary(nil); len(terms) != 0 || len(problems) != 1 || problems[0].Code != GlossaryEmpty {
		t.Errorf("empty: %v, %v", terms, problems)
	}
	if _, problems := Glossary([]byte(strings.Repeat(">", 50<<20))); len(problems) != 1 || problems[0].Code != FileTooBig {
		t.Errorf("too big: %v", problems)
	}
}

func TestTheGlossaryOfTheDescriptionIsRead(t *testing.T) {
	doc, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)````markdown glossary\n(.*?)````").FindSubmatch(doc)
	if m == nil {
		t.Fatal("docs/format.md shows no glossary")
	}
	if terms, problems := Glossary(m[1]); len(terms) != 2 || len(problems) > 0 {
		t.Errorf("terms %v, problems %v", terms, problems)
	}
}

func TestTheFirstOccurrenceOfAWordInAStepIsExplained(t *testing.T) {
	terms := []Term{{"mentor", "M"}, {"peer mentor", "P"}, {"licence", "L"}, {"دوست", "D"}, {"R&D", "R"}}
	for _, c := range []struct {
		text, want string
		words      []string
	}{
		{"A Mentor, a mentor.", `<p>A <a class="term" href="#c-term-1">Mentor</a>, a mentor.</p>`, []string{"mentor"}},
		{"Peer mentors and mentors.", `<p><a class="term" href="#c-term-1">Peer mentors</a> and <a class="term" href="#c-term-2">mentors</a>.</p>`, []string{"peer mentor", "mentor"}},
		{"mentoring, tormentor, mentor's", `<p>mentoring, tormentor, <a class="term" href="#c-term-1">mentor</a>&rsquo;s</p>`, []string{"mentor"}},
		{"### Licence\n\n`licence` [licence](https://x) *licence*", `<h3 id="c-licence">Licence</h3><p><code>licence</code> <a href="https://x" rel="noopener noreferrer">licence</a> <em><a class="term" href="#c-term-1">licence</a></em></p>`, []string{"licence"}},
		{":::note\nlicence\n:::\n\nlicence", `<p><a class="term" href="#c-term-1">licence</a></p><p>licence</p>`, []string{"licence"}},
		{"این دوست است", `<p>این <a class="term" href="#c-term-1">دوست</a> است</p>`, []string{"دوست"}},
		{"A &copy; licence", `<p>A © <a class="term" href="#c-term-1">licence</a></p>`, []string{"licence"}},
	} {
		m := Compile(Source{Path: "a.md", Lang: "en", Text: []byte(c.text), Terms: terms})
		if got := strings.ReplaceAll(pageHTML(m), "&copy;", "©"); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
		var words []string
		for _, term := range m.Steps[0].Terms {
			words = append(words, term.Word)
		}
		if !slices.Equal(words, c.words) {
			t.Errorf("%q: terms %v", c.text, words)
		}
	}
	m := Compile(Source{Path: "a.md", Lang: "en", Text: []byte("licence\n\n## B\n\nlicence"), Terms: terms})
	if len(m.Steps[1].Terms) != 1 || TermID(1) != "c-term-1" {
		t.Error("a word is explained once in each step")
	}
}
