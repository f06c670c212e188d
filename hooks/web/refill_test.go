package web

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// refilled is the form of a page with something put back into it.
func refilled(t *testing.T, controls string, sent url.Values) string {
	t.Helper()
	page := `<!doctype html><title>t</title><main><form method="post" action="/elsewhere"></form><form method="post" action="/here">` + controls + `</form></main>`
	var out strings.Builder
	if err := refill(&out, []byte(page), "/here", sent, refillWords{here: "It is here again."}); err != nil {
		t.Fatal(err)
	}
	_, form, found := strings.Cut(out.String(), `<p class="notice" role="status"><span>It is here again.</span></p><form method="post" action="/here">`)
	if !found {
		t.Fatalf("nothing says that it is here again: %s", out.String())
	}
	form, _, _ = strings.Cut(form, "</form>")
	return form
}

func TestRefillPutsEachValueIntoItsControl(t *testing.T) {
	for _, c := range []struct {
		what, controls string
		sent           url.Values
		want           string
	}{
		{"a line", `<input name="a" value="x">`, url.Values{"a": {`"><script>`}}, `<input name="a" value="&#34;&gt;&lt;script&gt;"/>`},
		{"lines of one name", `<input name="a"><input name="a"><input name="a" value="3">`, url.Values{"a": {"1", "2"}}, `<input name="a" value="1"/><input name="a" value="2"/><input name="a" value="3"/>`},
		{"a text", "<textarea name=a>\nold</textarea>", url.Values{"a": {"\n</textarea><b>"}}, "<textarea name=\"a\">\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>"},
		{"a text that was emptied", `<textarea name=a>old</textarea>`, url.Values{"a": {""}}, `<textarea name="a"></textarea>`},
		{"boxes", `<input type=checkbox name=a value=1 checked><input type=checkbox name=a value=2>`, url.Values{"a": {"2"}}, `<input type="checkbox" name="a" value="1"/><input type="checkbox" name="a" value="2" checked=""/>`},
		{"a box that was unticked", `<input type=checkbox name=a checked>`, url.Values{}, `<input type="checkbox" name="a"/>`},
		{"a choice", `<select name=a><option value="" selected>none<option value=1>one</select>`, url.Values{"a": {"1"}}, `<select name="a"><option value="">none</option><option value="1" selected="">one</option></select>`},
		{"a choice that is gone", `<select name=a><option value=2 selected>two</select>`, url.Values{"a": {"1"}}, `<select name="a"><option value="2" selected="">two</option></select>`},
		{"what it was made from", `<input type=hidden name=stamp value=now>`, url.Values{"stamp": {"then"}}, `<input type="hidden" name="stamp" value="then"/>`},
		{"whose page it is", `<input type=hidden name=whose value=now>`, url.Values{"whose": {"then"}}, `<input type="hidden" name="whose" value="now"/>`},
		{"a password", `<input type=password name=a>`, url.Values{"a": {"secret"}}, `<input type="password" name="a"/>`},
	} {
		if got := refilled(t, c.controls, c.sent); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

func TestRefillLeavesAPageAsItIsThatHasNoSuchForm(t *testing.T) {
	const page = `<main>Nothing<form method="get" action="/here"></form></main>`
	var out strings.Builder
	if err := refill(&out, []byte(page), "/here", url.Values{"do": {"send"}}, refillWords{gone: "Here are your words."}); err != nil || out.String() != page {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestRefillGivesTextsBackWhoseFormIsNotThereAnyMore(t *testing.T) {
	const page = `<main id="main"><h1>Taken back</h1></main>`
	var out strings.Builder
	sent := url.Values{"reply": {"I read it <slowly>.\nThank you."}, "after": {"2"}, whose: {"a mark of theirs"}}
	if err := refill(&out, []byte(page), "/here", sent, refillWords{gone: "Here are your words."}); err != nil {
		t.Fatal(err)
	}
	want := `<main id="main"><p class="notice" role="status"><span>Here are your words.</span></p><blockquote class="as-typed" dir="auto">I read it &lt;slowly&gt;.` + "\nThank you.</blockquote><h1>Taken back</h1></main>"
	if !strings.Contains(out.String(), want) || strings.Contains(out.String(), "a mark of theirs") {
		t.Error(out.String())
	}
}

// Many languages have no spaces between words, and an answer may be one word.
func TestRefillGivesTextsBackThatHaveNoSpaces(t *testing.T) {
	for _, text := range []string{"昨日は友達と話して、とても安心しました。また会いたいです。", "ขอบคุณที่รับฟังฉันเมื่อวานนี้", "Listening."} {
		var out strings.Builder
		sent := url.Values{
			"reply": {text}, "seen": {text}, "after": {"2026-01-01T00:00:00.000Z.2"}, "do": {"send"}, "key": {"ab12cd34ef56gh7"}, "seen.said": {"choice-due.of-it"},
			"who": {"abcdefgh1jklmno"}, "secret": {"maple-river-stone"}, whose: {"a mark of theirs"},
		}
		if err := refill(&out, []byte(`<main id="main"><h1>Taken back</h1></main>`), "/here", sent, refillWords{gone: "Here are your words."}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "<blockquote"); n != 2 || strings.Count(out.String(), text) != 2 {
			t.Errorf("%q: %s", text, out.String())
		}
	}
}

// A name that a new form gives to what nobody types has to be known here.
func TestWhatNobodyTypesIsKnownByItsName(t *testing.T) {
	control := regexp.MustCompile(`<(input|button|textarea|select)\b[^>]*>`)
	name, kind := regexp.MustCompile(`\bname="([a-z_.-]+)`), regexp.MustCompile(`\btype="([a-z]+)"`)
	field := regexp.MustCompile(`"(?:text|area)-field" field "([a-z_.-]+)"`)
	typed, not := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir("../../templates", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		page, err := os.ReadFile(path)
		for _, found := range field.FindAllStringSubmatch(string(page), -1) {
			typed[found[1]] = true
		}
		for _, found := range control.FindAllStringSubmatch(string(page), -1) {
			named, typeOf := name.FindStringSubmatch(found[0]), kind.FindStringSubmatch(found[0])
			if named == nil {
				continue
			}
			into := not
			if found[1] == "textarea" || found[1] == "input" && (typeOf == nil || slices.Contains([]string{"text", "email", "search"}, typeOf[1])) {
				into = typed
			}
			into[named[1]] = true
		}
		return err
	})
	if err != nil || len(typed) == 0 || len(not) == 0 {
		t.Fatal(len(typed), len(not), err)
	}
	for name := range not {
		if one := strings.TrimSuffix(name, "."); !isChosen(one) && !isEither(one) && !isChosen(one+".x") {
			t.Errorf("%q is nobody's words", name)
		}
	}
	for name := range typed {
		if isChosen(name) && !isAmong(secrets, name) {
			t.Errorf("%q is somebody's words, and would be lost", name)
		}
	}
}
