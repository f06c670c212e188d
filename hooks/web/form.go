package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// maxFormBytes bounds one form: a step with every text field full stays below.
const maxFormBytes = 1 << 20

// Form reads the posted fields of a form. It returns ErrTooLarge, ErrBadForm, or
// ErrAnothers where the page was somebody else's than who is signed in.
func Form(e *core.RequestEvent) (url.Values, error) {
	if err := e.Request.ParseForm(); err != nil {
		if isTooLarge(err) {
			return nil, ErrTooLarge
		}
		return nil, &Fault{Status: http.StatusBadRequest, Key: ErrBadForm.Key, Err: err}
	}
	form := e.Request.PostForm
	if viewer := Current(e); viewer != nil && IsAnothers(form, viewer.ID) {
		return nil, ErrAnothers
	}
	return form, nil
}

// isTooLarge knows both bounds that a body may meet: ours and PocketBase's.
func isTooLarge(err error) bool {
	var ours *http.MaxBytesError
	var theirs *router.ApiError
	return errors.As(err, &ours) || errors.As(err, &theirs) && theirs.Status == http.StatusRequestEntityTooLarge
}

// A FieldError is one thing to put right, in the summary and at its field.
type FieldError struct {
	Field string // id of the control
	Key   string // locale key under "problem-in-form."
	Max   int
	About string // what was asked, as plain text, where a page asks much
}

// LocalOr gives the address if it is a path on this site, else the other.
func LocalOr(address, other string) string {
	if isLocal(address) {
		return address
	}
	return other
}

// isLocal reports whether an address is a path on this site, so that a sign-in
// can send people back without ever sending them elsewhere. Browsers read "\\" as
// "/" and skip control characters, so neither may be there.
func isLocal(address string) bool {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, "\\") {
		return false
	}
	parsed, err := url.Parse(address) // refuses control characters
	return err == nil && parsed.Scheme == "" && parsed.Host == "" && parsed.User == nil
}
