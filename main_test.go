package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests run the program itself, as `go build` makes it: also under the
// race detector, where it would be slow and shows what other tests show.
var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "alongside-test-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(folder, "alongside")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

func program(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	// Not the test's own context: that ends before the clean-up which stops a server.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	command := exec.CommandContext(ctx, binary, args...)
	command.Dir = dir
	return command
}

// run runs a command to its end.
func run(t *testing.T, dir string, args ...string) (code int, said string) {
	t.Helper()
	command := program(t, dir, args...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), out.String()
}

// A server is a running `serve`.
type server struct {
	said    string // until it was ready
	address string
	process *exec.Cmd
}

// serve starts a server on a free port and waits until it is ready.
func serve(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	s := &server{process: program(t, dir, append([]string{"serve", "--http", "127.0.0.1:0"}, args...)...)}
	s.process.Stderr = os.Stderr
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stop(t) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.said += lines.Text() + "\n"
		if _, address, ok := strings.Cut(lines.Text(), "The site is at "); ok {
			s.address = address
		}
		if lines.Text() == "ready" {
			go io.Copy(io.Discard, out)
			return s
		}
	}
	t.Fatalf("never ready:\n%s", s.said)
	return nil
}

func (s *server) stop(t *testing.T) {
	if s.process.ProcessState != nil {
		return
	}
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := s.process.Wait(); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func TestTheExitCodeSaysWhetherItWasCalledWrongly(t *testing.T) {
	dir := t.TempDir()
	for call, want := range map[string]int{
		"--help":                 0,
		"--version":              0,
		"serve --help":           0,
		"":                       2,
		"bogus":                  2,
		"keys":                   2,
		"keys bogus":             2,
		"serve --bogus":          2,
		"check":                  2,
		"export one":             2,
		"check nowhere":          3,
		"export nothing ./there": 3,
	} {
		if code, said := run(t, dir, strings.Fields(call)...); code != want {
			t.Errorf("%q: exit code %d, want %d\n%s", call, code, want, said)
		}
	}
}

func TestWrongCallsAndChecksLeaveNoDataFolder(t *testing.T) {
	dir := t.TempDir()
	course := filepath.Join(dir, "course")
	if err := os.Mkdir(course, 0o755); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "bogus")
	run(t, dir, "check", course)
	run(t, dir, "fmt", course)
	run(t, dir, "serve", "--http", "0.0.0.0:0")
	run(t, dir, "--help")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("made: %v", entries)
	}
}

func TestACourseWithABrokenBlockIsAProblemAndAFormattedOneStaysAsItIs(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("course.md", "---\ntitle: Tea\nsummary: How to make tea.\nlanguage: en\n---\nWe make tea.\n")
	write("01-tea.md", "---\ntitle: Tea\nsummary: Make a cup.\n---\nHello.\n\n## Boil the water\n\n:::question[Is it hot?]\n- [x] Yes\n- [ ] No\n:::\n")

	if code, said := run(t, dir, "fmt", "."); code != 0 || said != "01-tea.md\n" {
		t.Errorf("fmt: exit code %d\n%s", code, said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "01-tea.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "## Boil the water {#boil-the-water}\n") {
		t.Errorf("formatted:\n%s", text)
	}
	if code, said := run(t, dir, "fmt", "."); code != 0 || said != "" {
		t.Errorf("fmt again: exit code %d\n%s", code, said)
	}
	write("02-cake.md", "---\ntitle: Cake\n---\n## Bake\n\n:::question[What now?]\nNo choices at all.\n:::\n")
	code, said := run(t, dir, "check", ".")
	if code != 1 || !strings.Contains(said, "02-cake.md:") {
		t.Errorf("check: exit code %d\n%s", code, said)
	}
}

func TestServingInTheOpenIsRefusedWithWhatToDo(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"serve", "--http", "0.0.0.0:0"},
		{"serve", "--http", ":0"},
		{"serve", "--http", "192.0.2.1:80"},
		{"serve", "--demo", "--http", "0.0.0.0:0", "--behind-proxy"},
		{"serve", "--demo", "learn.example"},
	} {
		if code, said := run(t, dir, args...); code != 2 || strings.TrimSpace(said) == "" {
			t.Errorf("%v: exit code %d\n%s", args, code, said)
		}
	}
}

func TestOneServerUsesADataFolderAndCommandsRunBesideIt(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	code, said := run(t, dir, "serve", "--http", "127.0.0.1:0")
	if code != 3 || !strings.Contains(said, "pb_data") {
		t.Errorf("a second server: exit code %d\n%s", code, said)
	}
	if code, said := run(t, dir, "superuser", "upsert", "root@example.org", "apples in autumn"); code != 0 {
		t.Errorf("a command beside it: exit code %d\n%s", code, said)
	}
}

func TestAServerThatWasKilledDoesNotKeepTheDataFolder(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	if err := s.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s.process.Wait()
	serve(t, dir)
}

func TestANewSiteOffersALinkForItsFirstManagerUntilThereIsOne(t *testing.T) {
	dir := t.TempDir()
	first := serve(t, dir)
	at := strings.Index(first.said, first.address+"/sign-in/first/")
	if at < 0 {
		t.Fatalf("no link:\n%s", first.said)
	}
	link, _, _ := strings.Cut(first.said[at:], "\n")
	form := url.Values{"username": {"helen"}, "password": {"old stone bridge"}}
	if status := post(t, link, form); status != 303 {
		t.Fatalf("status %d", status)
	}
	first.stop(t)
	if second := serve(t, dir); strings.Contains(second.said, "/sign-in/first/") {
		t.Errorf("a link again:\n%s", second.said)
	}
}

func post(t *testing.T, address string, form url.Values) (status int) {
	t.Helper()
	jar, _ := cookiejar.New(nil) // with no options it cannot fail
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

// byCard signs in as somebody does who has a card, from its link on.
func byCard(t *testing.T, link, pin string) {
	t.Helper()
	jar, _ := cookiejar.New(nil) // with no options it cannot fail
	client := &http.Client{Jar: jar}
	r, err := client.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	r, err = client.PostForm(r.Request.URL.String(), url.Values{"pin": {pin}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != 200 || r.Request.URL.Path != "/" {
		t.Errorf("with a card: status %d at %s", r.StatusCode, r.Request.URL.Path)
	}
}

type credential struct {
	Role, Username, Password string
	CardURL                  *string `json:"card_url"`
	PIN                      *string `json:"pin"`
}

func TestADemoSaysWhoCanSignInAndTheyCan(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir, "--demo")
	path := filepath.Join(dir, "demo_data", "demo.json")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	var people []credential
	if err := json.Unmarshal(before, &people); err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	for _, p := range people {
		roles[p.Role]++
		if p.CardURL == nil || p.PIN == nil {
			t.Errorf("%s: card_url or pin is not there", p.Username)
		}
		if !strings.Contains(s.said, p.Username) {
			t.Errorf("%s is not printed", p.Username)
		}
		if *p.CardURL != "" {
			byCard(t, *p.CardURL, *p.PIN)
		}
		if p.Role == "superuser" {
			continue
		}
		if status := post(t, s.address+"/sign-in", url.Values{"who": {p.Username}, "password": {p.Password}}); status != 303 {
			t.Errorf("%s: status %d", p.Username, status)
		}
	}
	for role, n := range map[string]int{"learner": 3, "mentor": 2, "facilitator": 2, "manager": 2, "lead": 1, "superuser": 1} {
		if roles[role] < n {
			t.Errorf("%d with the role %s, want %d", roles[role], role, n)
		}
	}
	s.stop(t)
	again := serve(t, dir, "--demo")
	before = bytes.ReplaceAll(before, []byte(s.address), []byte(again.address)) // each start takes a free port
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("another start, other people: %v\n%s", err, after)
	}
}

func TestADemoLeavesAFolderWithRealPeopleAlone(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	at := strings.Index(s.said, s.address+"/sign-in/first/")
	link, _, _ := strings.Cut(s.said[at:], "\n")
	post(t, link, url.Values{"username": {"helen"}, "password": {"old stone bridge"}})
	s.stop(t)

	code, said := run(t, dir, "serve", "--demo", "--dir", "pb_data", "--http", "127.0.0.1:0")
	if code != 2 || !strings.Contains(said, "pb_data") {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "pb_data", "demo.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("demo.json: %v", err)
	}
}

func TestANewDataFolderIsTheOperatorsAlone(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir)
	info, err := os.Stat(filepath.Join(dir, "pb_data"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder: %v, mode %v", err, info.Mode())
	}
}
