package authoring

import (
	"errors"
	"net/http"
	"strconv"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// mostPasted bounds a paste on its way, in bytes: what FromHTML takes, and a little.
const mostPasted = 5 << 20

// makePaste answers with Markdown of what somebody pasted from a word processor,
// sent as the file html. Nothing is stored: the page puts it where the caret is,
// and saves it like everything else. Left-Out says how many pictures did not come
// along.
func (a *Authoring) makePaste(e *core.RequestEvent) error {
	if _, err := a.writePlace(e); err != nil {
		return err
	}
	_, source, err := web.FormWithLargeFile(e, "html", mostPasted)
	if err != nil {
		return err
	}
	pasted, err := courses.FromHTML(source)
	if errors.Is(err, courses.ErrPasteTooLarge) {
		return web.ErrTooLarge
	}
	if err != nil {
		return err
	}
	e.Response.Header().Set("Left-Out", strconv.Itoa(pasted.Pictures))
	return e.String(http.StatusOK, pasted.Text)
}
