package product

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// A Client is a browser without a screen: cookies, forms and no scripts.
type Client struct {
	home string
	http *http.Client
}

// SignIn opens a client for a person.
func (p *Product) SignIn(who Person) (*Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &Client{home: p.Address, http: &http.Client{Jar: jar, Timeout: patience}}
	answer, err := c.http.PostForm(p.Address+"/sign-in", url.Values{"who": {who.Username}, "password": {who.Password}, "back": {"/me"}})
	if err != nil {
		return nil, fmt.Errorf("sign %s in: %w", who.Username, err)
	}
	defer answer.Body.Close()
	if answer.Request.URL.Path != "/me" {
		return nil, fmt.Errorf("sign %s in: it leads to %s (%s)", who.Username, answer.Request.URL.Path, answer.Status)
	}
	return c, nil
}

// Get fetches a page. A status other than 200 is an error.
func (c *Client) Get(path string) ([]byte, error) {
	answer, err := c.http.Get(c.home + path)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", path, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s", answer.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", path, err)
	}
	return body, nil
}

// Post sends a form, the fields of which are given as name=value. It follows
// where the answer leads.
func (c *Client) Post(path string, fields url.Values) error {
	answer, err := c.http.PostForm(c.home+path, fields)
	if err != nil {
		return fmt.Errorf("post %s: %w", path, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("post %s: %s", path, answer.Status)
	}
	return nil
}

// Links finds where a page leads on the same site, without queries and fragments.
func Links(page []byte) []string {
	var found []string
	seen := map[string]bool{}
	each(page, "a", func(a *html.Node) {
		path := strings.FieldsFunc(attribute(a, "href"), func(r rune) bool { return r == '#' || r == '?' })
		if len(path) > 0 && strings.HasPrefix(path[0], "/") && !seen[path[0]] {
			seen[path[0]] = true
			found = append(found, path[0])
		}
	})
	return found
}

// Typed finds the texts that stand in the text fields of a page.
func Typed(page []byte) []string {
	var found []string
	each(page, "textarea", func(field *html.Node) {
		if field.FirstChild != nil && strings.TrimSpace(field.FirstChild.Data) != "" {
			found = append(found, strings.TrimSpace(field.FirstChild.Data))
		}
	})
	return found
}

func each(page []byte, name string, yield func(*html.Node)) {
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		return
	}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == name {
			yield(node)
		}
	}
}

func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
