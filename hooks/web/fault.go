package web

import (
	"errors"
	"net/http"

	"github.com/pocketbase/pocketbase/tools/router"
)

// A Fault is an error whose words a person may read. Everything else that a
// handler returns shows as "something went wrong here" and goes to the log.
type Fault struct {
	Status int    // HTTP status
	Key    string // of its words: "fault.<key>.title" and "fault.<key>.text"
	Err    error  // for the log; nil where nothing more is known
}

// Error gives the operator's view of the fault.
func (f *Fault) Error() string {
	if f.Err != nil {
		return f.Key + ": " + f.Err.Error()
	}
	return f.Key
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// The faults that any room may return.
var (
	ErrNotFound  = &Fault{Status: http.StatusNotFound, Key: "not-found"}
	ErrForbidden = &Fault{Status: http.StatusForbidden, Key: "forbidden"}
	ErrCrossSite = &Fault{Status: http.StatusForbidden, Key: "cross-site"}
	ErrTooLarge  = &Fault{Status: http.StatusRequestEntityTooLarge, Key: "too-large"}
	ErrTooMany   = &Fault{Status: http.StatusTooManyRequests, Key: "too-many"}
	ErrBadForm   = &Fault{Status: http.StatusBadRequest, Key: "bad-form"}
	ErrAnothers  = &Fault{Status: http.StatusForbidden, Key: "anothers"} // Form alone returns it; it has no page, see leadOn
)

// faultOf finds what a person may read about any error: our own faults as they
// are, PocketBase's by their status. Whatever else a handler returns is ours to
// put right, so PocketBase's habit of calling it a bad request is not followed.
func faultOf(err error) *Fault {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	var theirs *router.ApiError
	if !errors.As(err, &theirs) {
		return ours(err)
	}
	switch theirs.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return ErrNotFound
	case http.StatusForbidden, http.StatusUnauthorized:
		return ErrForbidden
	case http.StatusRequestEntityTooLarge:
		return ErrTooLarge
	case http.StatusTooManyRequests:
		return ErrTooMany
	case http.StatusBadRequest:
		return ErrBadForm
	default:
		return ours(err)
	}
}

func ours(err error) *Fault {
	return &Fault{Status: http.StatusInternalServerError, Key: "ours", Err: err}
}
