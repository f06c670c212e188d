package web

import (
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// hidden stands in an address where a secret was.
const hidden = "hidden"

// HideSecrets keeps secrets that stand in addresses out of the log, whatever
// becomes of the request. prefixes are paths that end in "/" and whose next
// segment is a secret. Handlers still find it by PathValue.
func HideSecrets(prefixes ...string) *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       "hideSecrets",
		Priority: pagePriority - 1,
		Func: func(e *core.RequestEvent) error {
			for _, prefix := range prefixes {
				hideSecret(e, prefix)
			}
			return e.Next()
		},
	}
}

func hideSecret(e *core.RequestEvent, prefix string) {
	r := e.Request
	if strings.Contains(r.Referer(), prefix) {
		r.Header.Del("Referer")
	}
	if strings.HasPrefix(r.URL.Path, prefix) {
		e.Set(pathKey, r.URL.Path)
		r.URL = &url.URL{Path: prefix + hidden}
		r.RequestURI = r.URL.Path
	}
}

const pathKey = "path"

// pathOf is the path that a browser asked for, also where a secret in it was
// hidden: the page may lead back to itself.
func pathOf(e *core.RequestEvent) string {
	if path, ok := e.Get(pathKey).(string); ok {
		return path
	}
	return e.Request.URL.Path
}

// SecretAddress sets what a page needs whose own address is a secret: no link
// on it tells where it came from. Unlike no-referrer it leaves the Origin of
// posts as it is.
func SecretAddress(e *core.RequestEvent) {
	e.Response.Header().Set("Referrer-Policy", "strict-origin")
}
