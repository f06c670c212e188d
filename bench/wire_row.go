package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// A fetch is one answer as it came over the wire.
type fetch struct {
	bytes int    // all of it, heads too
	kept  bool   // a browser keeps it, and does not ask again
	kind  string // its media type
	body  []byte // unpacked
}

// wired gets an address over a connection of its own and counts what came.
func (s *server) wired(path string) (fetch, error) {
	var counted countedConn
	var dialer net.Dialer
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := dialer.DialContext(ctx, network, address)
		counted.Conn = connection
		return &counted, err
	}
	transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true, DialContext: dial}
	request, err := http.NewRequest(http.MethodGet, "http://"+s.address+path, nil)
	if err != nil {
		return fetch{}, err
	}
	request.Header.Set("Cookie", "session="+token(1))
	request.Header.Set("Accept-Encoding", "gzip, deflate, br")
	response, err := transport.RoundTrip(request)
	if err != nil {
		return fetch{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, response.StatusCode)
	}
	if err == nil && response.Header.Get("Content-Encoding") == "gzip" {
		body, err = unpack(body)
	}
	cache := response.Header.Get("Cache-Control")
	return fetch{
		bytes: counted.read, body: body, kind: response.Header.Get("Content-Type"),
		kept: strings.Contains(cache, "immutable") || strings.Contains(cache, "max-age") && !strings.Contains(cache, "max-age=0"),
	}, err
}

func unpack(body []byte) ([]byte, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

// A countedConn counts what is read from it.
type countedConn struct {
	net.Conn
	read int
}

func (c *countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read += n
	return n, err
}

// A visit is what a browser fetches for a page.
type visit struct {
	first, next                 int // bytes: with nothing kept, and with all that may be kept
	firstRequests, nextRequests int
}

// visit fetches a page and everything that it makes a browser fetch, but for
// what the author put into the course.
func (s *server) visit(path string) (visit, error) {
	page, err := s.wired(path)
	if err != nil {
		return visit{}, err
	}
	v := visit{first: page.bytes, next: page.bytes, firstRequests: 1, nextRequests: 1}
	wanted := needs(page.body)
	for i := 0; i < len(wanted); i++ {
		part, err := s.wired(wanted[i])
		if err != nil {
			return v, err
		}
		v.first, v.firstRequests = v.first+part.bytes, v.firstRequests+1
		if !part.kept {
			v.next, v.nextRequests = v.next+part.bytes, v.nextRequests+1
		}
		if strings.HasPrefix(part.kind, "text/css") {
			wanted = appendNew(wanted, inStyle(wanted[i], part.body)...)
		}
	}
	return v, nil
}

// needs are the addresses that a page makes a browser fetch.
func needs(body []byte) []string {
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil // bytes in memory always read
	}
	var all []string
	add := func(attribute string) func(int, *goquery.Selection) {
		return func(_ int, element *goquery.Selection) {
			address := element.AttrOr(attribute, "")
			if address != "" && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "/media/") {
				all = appendNew(all, address)
			}
		}
	}
	page.Find("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], link[rel~=modulepreload], link[rel~=manifest]").Each(add("href"))
	page.Find("script[src], img[src], iframe[src]").Each(add("src"))
	page.Find("object[data]").Each(add("data"))
	if page.Find("link[rel~=icon]").Length() == 0 {
		all = appendNew(all, "/favicon.ico") // browsers then ask for it by themselves
	}
	return all
}

var inStyles = regexp.MustCompile(`url\(["']?([^"')]+)["']?\)`)

func inStyle(from string, style []byte) []string {
	base, err := url.Parse(from)
	if err != nil {
		return nil
	}
	var all []string
	for _, found := range inStyles.FindAllSubmatch(style, -1) {
		address, err := base.Parse(string(found[1]))
		if err == nil && address.Scheme == "" {
			all = append(all, address.String())
		}
	}
	return all
}

func appendNew(all []string, more ...string) []string {
	for _, one := range more {
		if !strings.Contains("\n"+strings.Join(all, "\n")+"\n", "\n"+one+"\n") {
			all = append(all, one)
		}
	}
	return all
}

// wire looks at every step of the course that ships, and reports the heaviest.
func (b *bench) wire() error {
	data, err := b.folder("wire", active+20, 0)
	if err != nil {
		return err
	}
	s, err := b.serve(data)
	if err != nil {
		return err
	}
	defer s.stop()
	modules, err := s.modules(course)
	if err != nil {
		return err
	}
	var worst visit
	count, heaviest := 0, ""
	for _, module := range modules {
		steps, err := s.steps(course, module)
		if err != nil {
			return err
		}
		for _, step := range steps {
			v, err := s.visit(step)
			if err != nil {
				return err
			}
			if count++; v.next > worst.next {
				heaviest = step
			}
			worst = visit{max(worst.first, v.first), max(worst.next, v.next), max(worst.firstRequests, v.firstRequests), max(worst.nextRequests, v.nextRequests)}
		}
	}
	detail := fmt.Sprintf("the heaviest of %d steps, heads counted", count)
	b.add(
		atMost("step page on the wire: first visit", 60, kilobytes(worst.first), " KB", detail),
		atMost("step page on the wire: first visit, requests", 6, float64(worst.firstRequests), "", ""),
		atMost("step page on the wire: next step", 12, kilobytes(worst.next), " KB", heaviest),
		atMost("step page on the wire: next step, requests", 1, float64(worst.nextRequests), "", ""),
	)
	return nil
}

func kilobytes(bytes int) float64 { return float64(bytes) / 1024 }
