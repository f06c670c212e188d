package people

import (
	"net/http"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// showHub is where a manager begins.
func (o *Office) showHub(e *core.RequestEvent) error {
	return web.Show(e, http.StatusOK, "people/hub", &HubPage{})
}
