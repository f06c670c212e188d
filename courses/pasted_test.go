package courses

import (
	"errors"
	"strings"
	"testing"
)

// What Word, Google Docs and a web page put on the clipboard, shortened.
const (
	fromWord = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} --></style></head><body>
<!--StartFragment--><h1>Your first day<o:p></o:p></h1>
<p class=MsoNormal>Bring your <b>letter</b> and <i>one</i> pen.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Say hello<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>o<span>&nbsp; </span></span></span><![endif]>to everyone<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>·<span>&nbsp; </span></span></span><![endif]>Sit down<o:p></o:p></p>
<p class=MsoNormal>Then wait.</p><!--EndFragment--></body></html>`

	fromGoogle = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400">A letter</span></h2>
<p dir="ltr"><span style="font-weight:400">I was </span><span style="font-weight:700">very</span><span style="font-style:italic;font-weight:400"> tired</span><span style="font-weight:400">.</span></p>
<ol><li dir="ltr"><p role="presentation"><span>First</span></p></li><li dir="ltr"><p role="presentation"><span>Second</span></p></li></ol></b>`

	hostile = `<p onclick="alert(1)" data-hx-post="/sign-out" data-hx-trigger="load">Hello</p><script>alert(2)</script>
<img src=x onerror=alert(3)><svg><script>alert(4)</script></svg><a href="javascript:alert(5)">press</a> <a href="https://example.org/a">a page</a>
<iframe src="https://example.org"></iframe><p>:::question[Fake]{#fake}</p><p>## not a step</p><p>[[a|b]] and {#id}</p>`
)

func TestAPasteFromAWordProcessorIsMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ html, want string }{
		"Word":        {fromWord, "## Your first day\n\nBring your **letter** and *one* pen.\n\n- Say hello\n  \n  - to everyone\n- Sit down\n\nThen wait."},
		"Google Docs": {fromGoogle, "### A letter\n\nI was **very** *tired*.\n\n1. First\n2. Second"},
		"nothing":     {"", ""},
		"Farsi":       {"<p dir=\"rtl\">می\u200cخواهم <b>کمک</b> کنم.</p>", "می\u200cخواهم **کمک** کنم."},
	} {
		got, err := FromHTML([]byte(c.html))
		if err != nil {
			t.Fatal(err)
		}
		want := spaceAtEnd.ReplaceAllString(c.want, "")
		if got.Text != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got.Text, want)
		}
	}
}

func TestNothingOfAPasteRunsOrBecomesABlock(t *testing.T) {
	got, err := FromHTML([]byte(hostile))
	if err != nil {
		t.Fatal(err)
	}
	if got.Pictures != 1 {
		t.Errorf("%d pictures did not come along, and not one", got.Pictures)
	}
	module := Compile(Source{Path: "01-a.md", Lang: "en", Text: []byte("---\ntitle: A\n---\n" + got.Text + "\n")})
	if len(module.Steps) != 1 || len(module.Steps[0].Activities) > 0 {
		t.Fatalf("%d steps: %+v\n%s", len(module.Steps), module.Steps, got.Text)
	}
	all := ""
	for _, part := range module.Steps[0].Parts {
		if part.Kind != Prose {
			t.Errorf("a %s came of %q", part.Kind, part.Text)
		}
		all += part.HTML + "\n"
	}
	for _, no := range []string{"alert", "onclick", "data-hx", "javascript", "<iframe", "<img", "<svg"} {
		if strings.Contains(all, no) {
			t.Errorf("%q came along:\n%s", no, all)
		}
	}
	for _, yes := range []string{"Hello", "press", `href="https://example.org/a"`, ":::question[Fake]{#fake}", "## not a step", "[[a|b]] and {#id}"} {
		if !strings.Contains(all, yes) {
			t.Errorf("%q is gone:\n%s", yes, all)
		}
	}
}

func TestMoreThanAnybodyPastesIsRefused(t *testing.T) {
	if _, err := FromHTML(make([]byte, maxPasteBytes+1)); !errors.Is(err, ErrPasteTooLarge) {
		t.Error(err)
	}
}

func FuzzFromHTML(f *testing.F) {
	for _, seed := range []string{fromWord, fromGoogle, hostile, "<p>:::", "<ul><li>::help[x]</ul>", "<pre>```\n## a</pre>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		got, err := FromHTML(source)
		if err != nil {
			return
		}
		module := Compile(Source{Path: "01-a.md", Lang: "en", Text: []byte(got.Text)})
		for _, step := range module.Steps {
			if len(step.Activities) > 0 {
				t.Errorf("%q became %q with an activity", source, got.Text)
			}
		}
	})
}
