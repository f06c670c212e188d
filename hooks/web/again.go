package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// leftForThePage stands where the notice of what just happened would: that is for
// the page that somebody opens, and not for what a page asks for by itself.
const leftForThePage = "none"

// ShowAgain sends a part of a page to a page that looks again by itself, unless it
// has it as it is. Nothing of it may be kept by a browser, so the page remembers the
// tag, and brings it.
func ShowAgain(e *core.RequestEvent, tag, name, part string, page Page) error {
	page.base().Notice = leftForThePage
	h := e.Response.Header()
	h.Set("ETag", tag)
	h.Set("Vary", "HX-Request, Accept-Language, Cookie")
	for one := range strings.SplitSeq(e.Request.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
			return e.NoContent(http.StatusNotModified)
		}
	}
	return ShowFragment(e, http.StatusOK, name, part, page)
}

// TagOf is an ETag of what shows of something to this viewer.
func TagOf(e *core.RequestEvent, shown any) (string, error) {
	lang, _ := Language(e)
	text, err := json.Marshal([]any{Current(e).ID, lang, shown})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, nil
}
