package reflections

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// hearRecording is `/recordings/{recording}`: the sound, to whoever may hear it. No
// browser makes more of it than a sound, and none keeps it.
func (r *Room) hearRecording(e *core.RequestEvent) error {
	said, err := r.hear(e.Request.Context(), web.Current(e), e.Request.PathValue("recording"), goesOn(e.Request))
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Content-Type", said.Type)
	h.Set("Content-Disposition", "inline")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	http.ServeContent(e.Response, e.Request, "", time.Time{}, bytes.NewReader(said.data))
	return nil
}

// goesOn reports whether a browser asks for a part that is not the beginning.
func goesOn(request *http.Request) bool {
	wanted := request.Header.Get("Range")
	return wanted != "" && !strings.HasPrefix(strings.ReplaceAll(wanted, " ", ""), "bytes=0-")
}
