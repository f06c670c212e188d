package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// browse gets a page as an active learner's browser would, and its bytes.
func (s *server) browse(path string, learner int) (*goquery.Document, []byte, error) {
	request, err := http.NewRequest(http.MethodGet, "http://"+s.address+path, nil)
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Cookie", "session="+token(learner))
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("%s: status %d", path, response.StatusCode)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	return page, body, err
}

// steps are the addresses of a module's steps, from its page.
func (s *server) steps(course, module string) ([]string, error) {
	above := "/courses/" + course + "/" + module
	page, _, err := s.browse(above, 1)
	if err != nil {
		return nil, err
	}
	var all []string
	seen := map[string]bool{}
	page.Find("main a").Each(func(_ int, link *goquery.Selection) {
		address, _, _ := strings.Cut(link.AttrOr("href", ""), "#")
		if strings.HasPrefix(address, above+"/") && !seen[address] {
			seen[address] = true
			all = append(all, address)
		}
	})
	if len(all) < 3 {
		return nil, fmt.Errorf("%s names %d steps", above, len(all))
	}
	return all, nil
}

// modules are the addresses' last parts of a course's modules, from its page.
func (s *server) modules(course string) ([]string, error) {
	page, _, err := s.browse("/courses/"+course, 1)
	if err != nil {
		return nil, err
	}
	var all []string
	page.Find("main a").Each(func(_ int, link *goquery.Selection) {
		rest, ok := strings.CutPrefix(link.AttrOr("href", ""), "/courses/"+course+"/")
		if ok && !strings.Contains(rest, "/") && (len(all) == 0 || all[len(all)-1] != rest) {
			all = append(all, rest)
		}
	})
	return all, nil
}

// filledIn is the form of a step with something in every field.
func filledIn(page *goquery.Document) (url.Values, error) {
	form := page.Find("main form:has(input[name=revision])").First()
	if form.Length() == 0 {
		return nil, fmt.Errorf("no form of a step on the page")
	}
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, value := field.AttrOr("name", ""), field.AttrOr("value", "")
		switch {
		case goquery.NodeName(field) == "select":
			values.Set(name, field.Find("option[value!='']").First().AttrOr("value", ""))
		case field.Is("[type=radio]"):
			if !values.Has(name) {
				values.Set(name, value)
			}
		case field.Is("[type=hidden], [type=checkbox]"):
			values.Add(name, value)
		case !field.Is("[type=submit], [type=button]"):
			values.Set(name, "I sat with it for a while, and then I said what I had heard.")
		}
	})
	return values, nil
}

// get and post are whole requests of a learner, as they go over the wire.
func get(address, path string, learner int) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\n" + heads(address, learner) + "\r\n")
}

func post(address, path string, learner int, form url.Values) []byte {
	body := form.Encode()
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\n%sSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		path, heads(address, learner), len(body), body)
}

func heads(address string, learner int) string {
	return "Host: " + address + "\r\nCookie: session=" + token(learner) + "\r\nAccept: text/html\r\nAccept-Language: en\r\n"
}
