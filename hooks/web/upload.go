package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/pocketbase/pocketbase/core"
)

// FormWithFile reads the posted fields of a form that may bring a file, and the
// file; nil where none was chosen. All of it is in memory: nothing that somebody
// sends is ever written to disk. Its errors are those of Form.
func FormWithFile(e *core.RequestEvent, field string) (url.Values, []byte, error) {
	err := e.Request.ParseMultipartForm(2 * maxFormBytes) // more than may come, so that none of it goes into a file
	if errors.Is(err, http.ErrNotMultipart) {
		form, err := Form(e)
		return form, nil, err
	}
	if isTooLarge(err) {
		return nil, nil, ErrTooLarge
	}
	if err != nil {
		return nil, nil, &Fault{Status: http.StatusBadRequest, Key: ErrBadForm.Key, Err: err}
	}
	form, err := Form(e)
	if err != nil {
		return nil, nil, err
	}
	file, _, err := e.Request.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) {
		return form, nil, nil
	}
	if err != nil {
		return nil, nil, &Fault{Status: http.StatusBadRequest, Key: ErrBadForm.Key, Err: err}
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	return form, text, err
}
