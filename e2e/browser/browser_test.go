package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const frame = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1>%s</main></body></html>`

// pages serves one page a path, each under a policy like the product's.
func pages(t *testing.T, bodies map[string]string) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, there := bodies[r.URL.Path]
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; form-action 'self'")
		if script, is := strings.CutPrefix(body, "js:"); is {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if !there {
			w.WriteHeader(http.StatusNotFound)
		}
		if strings.HasPrefix(body, "500") {
			w.WriteHeader(http.StatusInternalServerError)
		}
		fmt.Fprintf(w, frame, body)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// A recorder is a test that is meant to fail.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Errorf(format string, values ...any) {
	r.said = append(r.said, fmt.Sprintf(format, values...))
}

func (r *recorder) Fatalf(format string, values ...any) {
	r.Errorf(format, values...)
	r.SkipNow()
}

func shared(t *testing.T) *Browser {
	b, err := Start("../testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func TestWhatIsWrongWithAPageFailsTheTestThatOpensIt(t *testing.T) {
	b := shared(t)
	home := pages(t, map[string]string{
		"/nesting":  "<p>one<div>two</div></p>",
		"/ids":      "<i id=a></i><i id=a></i>",
		"/policy":   "<script>window.x = 1</script>",
		"/host":     `<img alt="" src="http://example.org/x.png">`,
		"/console":  `<script src="/console.js"></script>`,
		"/throws":   `<script src="/throws.js"></script>`,
		"/moved":    `<script src="/moved.js"></script>`,
		"/ours":     "500",
		"/gone":     `<img alt="" src="/nothing.png">`,
		"/label":    "<input>",
		"/contrast": `<p><font color="#bbbbbb">pale</font></p>`,

		"/console.js": "js:console.error('what the script says')",
		"/throws.js":  "js:nothing.at.all()",
		"/moved.js":   "js:document.addEventListener('DOMContentLoaded', () => document.body.insertAdjacentHTML('beforeend', '<i id=a></i><i id=a></i>'))",
	})
	for _, c := range []struct{ path, want string }{
		{"/nesting", "<div> is a block inside <p>"},
		{"/ids", `the id "a" is here twice`},
		{"/policy", "policy was broken: script-src"},
		{"/host", "a request left the host: http://example.org/x.png"},
		{"/console", "what the script says"},
		{"/throws", "a script failed"},
		{"/moved", `as it stands: line`},
		{"/ours", "500 for "},
		{"/gone", "404 for "},
		{"/label", "axe: label"},
		{"/contrast", "axe: color-contrast"},
	} {
		t.Run(c.path[1:], func(t *testing.T) {
			heard := &recorder{TB: t}
			p := b.Open(heard, home, Options{})
			p.Visit(c.path)
			if all := strings.Join(heard.said, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("reported %q, want %q in it", all, c.want)
			}
		})
	}
}

func TestWithoutScriptsPagesAreWatchedTheSame(t *testing.T) {
	b := shared(t)
	home := pages(t, map[string]string{"/": `<input><script src="/x.js"></script>`, "/x.js": "js:document.title = 'ran'"})
	heard := &recorder{TB: t}
	p := b.Open(heard, home, Options{NoScript: true})
	p.Visit("/")
	if all := strings.Join(heard.said, "\n"); !strings.Contains(all, "axe: label") {
		t.Errorf("axe saw nothing: %q", all)
	}
	if title := p.Ask("document.title"); title != `"A page"` {
		t.Errorf("the page's script ran: the title is %s", title)
	}
}

func TestAPersonFindsThingsByTheirWords(t *testing.T) {
	b := shared(t)
	home := pages(t, map[string]string{
		"/": `<form action="/next"><label for="a">Your name</label> <input id="a" name="a">
			<fieldset><legend>Tea?</legend><label><input type="radio" name="b" value="1"> Yes</label> <label><input type="radio" name="b" value="2"> No</label></fieldset>
			<fieldset><legend>Cake?</legend><label><input type="radio" name="c" value="1"> Yes</label> <label><input type="radio" name="c" value="2"> No</label></fieldset>
			<label for="s">Day</label> <select id="s" name="s"><option>Monday</option><option>Tuesday</option></select>
			<button>Go on</button></form>`,
		"/next": `<p>There.</p><a href="/">Return to the start</a>`,
	})
	for _, noScript := range []bool{false, true} {
		p := b.Open(t, home, Options{NoScript: noScript})
		p.Visit("/")
		p.Fill("Your name", "Ada")
		p.Within("Cake?").Choose("Yes")
		p.Pick("Day", "Tuesday")
		p.Press("Go on")
		p.See("There.")
		if got := p.Path(); got != "/next?a=Ada&c=1&s=Tuesday" {
			t.Errorf("sent %s", got)
		}
		p.Press("Return to the start")
		p.Back()
		p.See("There.")
	}
}
