package people_test

import (
	"bufio"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"alongside/hooks/hooktest"
)

// A postOffice speaks as much SMTP as one message needs.
type postOffice struct {
	port    string
	refuses bool
	mu      sync.Mutex
	heard   strings.Builder
}

func openPostOffice(t *testing.T, refuses bool) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	office := &postOffice{port: strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), refuses: refuses}
	go func() {
		for {
			line, err := listener.Accept()
			if err != nil {
				return
			}
			go office.serve(line)
		}
	}()
	return office
}

func (o *postOffice) serve(line net.Conn) {
	defer line.Close()
	fmt.Fprint(line, "220 post office\r\n")
	inData := false
	for lines := bufio.NewScanner(line); lines.Scan(); {
		said := lines.Text()
		o.mu.Lock()
		o.heard.WriteString(said + "\n")
		o.mu.Unlock()
		switch {
		case inData && said == ".":
			inData = false
			fmt.Fprint(line, "250 taken\r\n")
		case inData:
		case strings.HasPrefix(said, "RCPT") && o.refuses:
			fmt.Fprint(line, "550 5.7.1 <no> relaying here\r\n")
		case said == "DATA":
			inData = true
			fmt.Fprint(line, "354 go on\r\n")
		case said == "QUIT":
			fmt.Fprint(line, "221 bye\r\n")
			return
		default:
			fmt.Fprint(line, "250 fine\r\n")
		}
	}
}

func (o *postOffice) all() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.heard.String()
}

func mailForm(port string) url.Values {
	return url.Values{"on": {"true"}, "host": {"127.0.0.1"}, "port": {port}, "tls": {"starttls"}, "sender": {"Alongside"}, "from": {"site@example.org"}}
}

func TestATestMailArrivesAndSaysNothingOfWhatTheSiteIsFor(t *testing.T) {
	site := hooktest.Start(t)
	site.MustProgramme(t)
	office, boss := openPostOffice(t, false), site.SignIn(t, site.MustSiteManager(t))
	want(t, "before it is on", boss.Post("/manage/mail/test", url.Values{"to": {"kofi@example.org"}}).Status, 422)
	want(t, "save", boss.Post("/manage/mail", mailForm(office.port)).Status, 303)
	r := boss.Post("/manage/mail/test", url.Values{"to": {"kofi@example.org"}})
	if !strings.Contains(r.Body, "The mail server took the test") {
		t.Errorf("%d: %s", r.Status, r.Page(t).Find("main").Text())
	}
	heard := office.all()
	if !strings.Contains(heard, "Subject: A test from Alongside") || !strings.Contains(heard, "RCPT TO:<kofi@example.org>") {
		t.Errorf("heard %s", heard)
	}
	for _, word := range []string{"North Quay", "learn", "mentor", "programme", "peer"} {
		if strings.Contains(strings.ToLower(heard), strings.ToLower(word)) {
			t.Errorf("it says %q", word)
		}
	}
	want(t, "recorded", rowsOf(t, site, "audit WHERE kind = 'mail-tested' AND detail = 'sent'"), 1)
}

func TestATestMailThatIsRefusedShowsTheServersOwnWords(t *testing.T) {
	site := hooktest.Start(t)
	office, boss := openPostOffice(t, true), site.SignIn(t, site.MustSiteManager(t))
	want(t, "save", boss.Post("/manage/mail", mailForm(office.port)).Status, 303)
	r := boss.Post("/manage/mail/test", url.Values{"to": {"kofi@example.org"}})
	if !strings.Contains(r.Page(t).Find("#test").Text(), "5.7.1 <no> relaying here") {
		t.Errorf("%s", r.Page(t).Find("#test").Text())
	}
	want(t, "recorded", rowsOf(t, site, "audit WHERE kind = 'mail-tested' AND detail = 'failed'"), 1)
}

func TestThePasswordOfTheMailServerIsNeverShownAndGoesToNoOtherServerOrUsername(t *testing.T) {
	site := hooktest.Start(t)
	boss := site.SignIn(t, site.MustSiteManager(t))
	form := mailForm("587")
	form.Set("user", "sender")
	form.Set("password", "eleven purple lamps")
	want(t, "save", boss.Post("/manage/mail", form).Status, 303)
	want(t, "kept", site.App.Settings().SMTP.Password, "eleven purple lamps")
	form.Del("password")
	want(t, "save again", boss.Post("/manage/mail", form).Status, 303)
	want(t, "still kept", site.App.Settings().SMTP.Password, "eleven purple lamps")
	if strings.Contains(boss.Get("/manage/mail").Body, "purple") {
		t.Error("the page shows it")
	}
	form.Set("host", "mail.elsewhere.example")
	want(t, "another server", boss.Post("/manage/mail", form).Status, 303)
	want(t, "is not given it", site.App.Settings().SMTP.Password, "")
	form.Set("password", "eleven purple lamps")
	want(t, "typed again", boss.Post("/manage/mail", form).Status, 303)
	form.Set("user", "other")
	form.Del("password")
	want(t, "another username", boss.Post("/manage/mail", form).Status, 303)
	want(t, "does not take it over", site.App.Settings().SMTP.Password, "")
	want(t, "recorded without it", rowsOf(t, site, "audit WHERE detail LIKE '%purple%'"), 0)
}

func TestMailThatCannotWorkIsNotSaved(t *testing.T) {
	site := hooktest.Start(t)
	boss := site.SignIn(t, site.MustSiteManager(t))
	for field, value := range map[string]string{"host": "not a host", "port": "70000", "from": "nobody", "sender": ""} {
		form := mailForm("587")
		form.Set(field, value)
		r := boss.Post("/manage/mail", form)
		want(t, field, r.Status, 422)
		want(t, field+", at its field", r.Page(t).Find("#"+field+"-error").Length(), 1)
	}
	want(t, "on", site.App.Settings().SMTP.Enabled, false)
	want(t, "switching it off is always possible", boss.Post("/manage/mail", url.Values{"port": {"587"}}).Status, 303)
}
