package notify_test

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
)

// An office is a mail server on loopback. It speaks as much SMTP as a message
// needs, and does with it what a test tells it to.
type office struct {
	t       *testing.T
	address string
	came    chan string // each mail that was taken, whole
	called  chan bool   // each line that was opened

	mu       sync.Mutex
	listener net.Listener
	lines    []net.Conn
	hangs    bool              // it listens, and says nothing
	refuses  map[string]string // what it says to an address; "" is everybody's
	taken    []string
}

func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, address: "127.0.0.1:0", came: make(chan string, 1000), called: make(chan bool, 1000), refuses: map[string]string{}}
	o.up()
	t.Cleanup(o.down)
	return o
}

// up opens it, where it was before.
func (o *office) up() {
	o.t.Helper()
	listener, err := net.Listen("tcp", o.address)
	if err != nil {
		o.t.Fatal(err)
	}
	o.mu.Lock()
	o.listener, o.address = listener, listener.Addr().String()
	o.mu.Unlock()
	go func() {
		for {
			line, err := listener.Accept()
			if err != nil {
				return
			}
			o.mu.Lock()
			o.lines = append(o.lines, line)
			hangs := o.hangs
			o.mu.Unlock()
			o.called <- true
			if !hangs {
				go o.serve(line)
			}
		}
	}()
}

// down closes it, and every line to it.
func (o *office) down() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.listener.Close()
	for _, line := range o.lines {
		line.Close()
	}
	o.lines = nil
}

func (o *office) hang(yes bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hangs = yes
}

// refuse lets it say this to whoever writes to an address; "" for to anybody.
func (o *office) refuse(address, says string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refuses[address] = says
}

func (o *office) takeAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.refuses)
}

func (o *office) port() int { return o.listener.Addr().(*net.TCPAddr).Port }

func (o *office) answer(to string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for address, says := range o.refuses {
		if address == "" || strings.Contains(to, "<"+address+">") {
			return says
		}
	}
	return "250 fine"
}

func (o *office) serve(line net.Conn) {
	defer line.Close()
	say := func(what string) { fmt.Fprint(line, what+"\r\n") }
	say("220 post office")
	lines := bufio.NewReader(line)
	for {
		said, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		switch said = strings.TrimRight(said, "\r\n"); {
		case strings.HasPrefix(said, "RCPT"):
			say(o.answer(said))
		case said == "DATA":
			say("354 go on")
			o.take(readMail(lines))
			say("250 taken")
		case said == "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func readMail(lines *bufio.Reader) string {
	var whole strings.Builder
	for {
		said, err := lines.ReadString('\n')
		if err != nil || said == ".\r\n" {
			return whole.String()
		}
		whole.WriteString(strings.TrimPrefix(said, "."))
	}
}

func (o *office) take(whole string) {
	o.mu.Lock()
	o.taken = append(o.taken, whole)
	o.mu.Unlock()
	o.came <- whole
}

// mails are all that were taken.
func (o *office) mails() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.taken...)
}

// A received mail is one as its reader's program has it.
type received struct {
	header     mail.Header
	subject    string
	text, html string
	everything string // of it, decoded
	off        string // the address that turns the daily mail off
}

func readReceived(t *testing.T, whole string) received {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(whole))
	if err != nil {
		t.Fatalf("%v in\n%s", err, whole)
	}
	r := received{header: message.Header}
	if r.subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	readParts(t, &r, message.Header.Get("Content-Type"), message.Body)
	r.off = strings.Trim(message.Header.Get("List-Unsubscribe"), "<>")
	r.everything = r.subject + "\n" + r.text + "\n" + r.html
	for name, values := range message.Header {
		r.everything += "\n" + name + ": " + strings.Join(values, " ")
	}
	return r
}

func readParts(t *testing.T, r *received, kind string, body io.Reader) {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatalf("%q: %v", kind, err)
	}
	if !strings.HasPrefix(media, "multipart/") {
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if media == "text/html" {
			r.html = string(text)
		} else {
			r.text = string(text)
		}
		return
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var content io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			content = quotedprintable.NewReader(part)
		}
		readParts(t, r, part.Header.Get("Content-Type"), content)
	}
}
