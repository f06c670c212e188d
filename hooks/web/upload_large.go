package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// How long a form with a file may take to arrive, and stand still.
const (
	longestSending = 5 * time.Minute
	longestSilence = 30 * time.Second
)

// mostDiscarded bounds what is read and thrown away of a file that is too large,
// so that the browser that sends it comes to read why.
const mostDiscarded = 256 << 20

// TakesFiles lets a form bring more than forms do otherwise: its action reads it
// with FormWithLargeFile, and in no other way.
func (f FormRoute) TakesFiles() FormRoute {
	f.Unbind(apis.DefaultBodyLimitMiddlewareId)
	return f
}

// FormWithLargeFile reads a form that may bring one file, of at most so many bytes
// in all; the file is nil where none was chosen. It is read part by part into
// memory, and none of it is ever written to disk. It returns ErrTooLarge, and
// ErrBadForm for what was cut off or stood still, and like Form ErrAnothers.
func FormWithLargeFile(e *core.RequestEvent, field string, most int64) (url.Values, []byte, error) {
	body := &steady{body: e.Request.Body, line: http.NewResponseController(e.Response), until: time.Now().Add(longestSending)}
	defer body.release()
	bounded := &bounded{from: body, left: most}
	e.Request.Body = io.NopCloser(bounded)
	parts, err := e.Request.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		form, err := Form(e)
		return form, nil, err
	}
	if err != nil {
		return nil, nil, badForm(err)
	}
	form, file, err := readParts(parts, field)
	if errors.Is(err, errOver) {
		_, _ = io.CopyN(io.Discard, body, mostDiscarded)
		return nil, nil, ErrTooLarge
	}
	if err != nil {
		return nil, nil, badForm(err)
	}
	e.Request.PostForm = form
	if viewer := Current(e); viewer != nil && IsAnothers(form, viewer.ID) {
		return nil, nil, ErrAnothers
	}
	return form, file, nil
}

func badForm(err error) error {
	return &Fault{Status: http.StatusBadRequest, Key: ErrBadForm.Key, Err: err}
}

func readParts(parts *multipart.Reader, field string) (form url.Values, file []byte, err error) {
	form = url.Values{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, file, nil
		}
		if err != nil {
			return nil, nil, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, err
		}
		if part.FormName() == field {
			if len(content) > 0 {
				file = content
			}
			continue
		}
		form.Add(part.FormName(), string(content))
	}
}

var errOver = errors.New("more than may come")

// bounded gives errOver where more comes than may. What comes after is lost.
type bounded struct {
	from io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errOver
	}
	return n, err
}

// steady gives up on a line over which nothing comes any more.
type steady struct {
	body  io.Reader
	line  *http.ResponseController
	until time.Time
}

func (s *steady) Read(p []byte) (int, error) {
	next := time.Now().Add(longestSilence)
	if next.After(s.until) {
		next = s.until
	}
	_ = s.line.SetReadDeadline(next) // where there is no line there is none to wait for
	return s.body.Read(p)
}

// release leaves the line as it was before.
func (s *steady) release() { _ = s.line.SetReadDeadline(time.Time{}) }
