package markup

import (
	"strings"
	"testing"
)

const sound = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body>
<header><a href="#main">Skip</a><svg viewBox="0 0 1 1"><path d="M0 0"/><title>x</title></svg></header>
<main id="main"><h1>A page</h1>
<form method="post"><fieldset><legend><h2>Which?</h2></legend>
<label for="a">One</label> <input id="a" aria-describedby="hint"><span id="hint">hint</span>
<label><input type="radio"> two</label><button>Save</button></fieldset></form>
<ul><li>one<ul><li>two</li></ul></li></ul>
<dl><dt>word</dt><dd><p>text</p></dd></dl>
<details><summary>More</summary><p>text <a href="/x"><strong>y</strong></a></p></details>
<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<p>one<br>two<img src="/x" alt=""></p>
</main></body></html>`

func TestASoundPageHasNothingToReport(t *testing.T) {
	if problems := Page([]byte(sound)); len(problems) > 0 {
		t.Error(strings.Join(problems, "\n"))
	}
}

func TestWhatABrowserWouldMoveCloseOrDropIsReported(t *testing.T) {
	for _, c := range []struct{ name, part, want string }{
		{"crossed tags", "<div><b>a</div></b>", "</div> comes while <b> is open"},
		{"an unclosed tag", "<div>\n<p>a</p>", "<div> is never closed"},
		{"an unclosed paragraph", "<div><p>a</div>", "</div> comes while <p> is open"},
		{"a stray end", "<p>a</p></p>", "</p> ends nothing"},
		{"a list in a paragraph", "<p>a<ul><li>b</li></ul></p>", "<ul> is a block inside <p>"},
		{"a block in a span", "<span><div>a</div></span>", "<div> is a block inside <span>"},
		{"a paragraph in a label", "<label><p>a</p></label>", "<p> is a block inside <label>"},
		{"a paragraph in a legend", "<fieldset><legend><p>a</p></legend></fieldset>", "<p> is a block inside <legend>"},
		{"a form in a form", "<form><div><form></form></div></form>", "<form> stands inside <form>"},
		{"a link in a link", "<a href=/a><span><a href=/b>x</a></span></a>", "<a> stands inside <a>"},
		{"a button in a link", "<a href=/a><button>x</button></a>", "<button> stands inside <a>"},
		{"an item of no list", "<div><li>x</li></div>", "<li> stands in <div>"},
		{"text blocks in a list", "<ul><div>x</div></ul>", "<div> stands in <ul>"},
		{"a cell without a row", "<table><td>x</td></table>", "<td> stands in <table>"},
		{"a row without a body", "<table><tr><td>x</td></tr></table>", "<tr> stands in <table>"},
		{"a void's end", "<br></br>", "</br> ends nothing"},
		{"a slash that closes nothing", "<div/>", "<div/> closes nothing"},
		{"a doubled id", "<i id=a></i>\n<i id=a></i>", `line 2: the id "a" is here twice, first in line 1`},
		{"an empty id", "<i id=''></i>", "which is none"},
		{"a doubled attribute", "<i class=a class=b></i>", "has class twice"},
		{"a picture without words", "<img src=/x>", "<img> has no alt"},
		{"an inline style", "<i style='color:red'></i>", "inline style"},
		{"an inline script", "<i onclick='x()'></i>", "inline script"},
	} {
		t.Run(c.name, func(t *testing.T) { expect(t, Fragment([]byte(c.part)), c.want) })
	}
}

func TestWhatPointsToNothingIsReported(t *testing.T) {
	for _, c := range []struct{ name, part, want string }{
		{"a label of nothing", "<label for=nobody>x</label>", `for points to the id "nobody"`},
		{"a hint that is not there", "<input aria-describedby='a b'><i id=a></i>", `points to the id "b"`},
		{"a link to nothing", "<a href='#nowhere'>x</a>", `a link points to the id "nowhere"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := []byte(strings.Replace(sound, "<ul>", c.part+"<ul>", 1))
			expect(t, Page(page), c.want)
			expect(t, Standing(page), c.want)
		})
	}
}

func TestAnEmptyPointerIsReported(t *testing.T) {
	page := []byte(strings.Replace(sound, "<ul>", "<input aria-label=x aria-describedby=''><ul>", 1))
	expect(t, Page(page), "<input> has an empty aria-describedby")
}

func TestAPageThatStandsIsReportedForItsIdsOnly(t *testing.T) {
	page := strings.Replace(sound, "<ul>", "<i style='x' id=a></i><ul>", 1)
	problems := Standing([]byte(page))
	if len(problems) != 1 || !strings.Contains(problems[0], "twice") {
		t.Error(problems)
	}
}

func TestAPageThatIsNotWholeIsReported(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"no doctype", "<!doctype html>", "", "does not begin with"},
		{"no language", ` lang="en"`, "", "does not say its language"},
		{"no title", "A page</title>", "</title>", "has no title"},
		{"no heading", "<h1>A page</h1>", "", "0 <h1>"},
		{"two headings", "<h1>A page</h1>", "<h1>A</h1><h1>B</h1>", "2 <h1>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect(t, Page([]byte(strings.Replace(sound, c.old, c.new, 1))), c.want)
		})
	}
}

func expect(t *testing.T, problems []string, want string) {
	t.Helper()
	if all := strings.Join(problems, "\n"); !strings.Contains(all, want) {
		t.Errorf("reported %q, want %q in it", all, want)
	}
}
