package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/core"
)

// maxFormBytes bounds one form: a step with every text field full stays below.
const maxFormBytes = 1 << 20

// Form reads the posted fields of a form. It returns ErrTooLarge or ErrBadForm.
func Form(e *core.RequestEvent) (url.Values, error) {
	if err := e.Request.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, ErrTooLarge
		}
		return nil, &Fault{Status: http.StatusBadRequest, Key: ErrBadForm.Key, Err: err}
	}
	return e.Request.PostForm, nil
}

// LocalOr gives the address if it is a path on this site, else the other.
func LocalOr(address, other string) string {
	if isLocal(address) {
		return address
	}
	return other
}
