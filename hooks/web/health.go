package web

import (
	"fmt"
	"net/http"

	"github.com/pocketbase/pocketbase/core"
)

// checkHealth answers "ok" while the database answers.
func checkHealth(e *core.RequestEvent) error {
	var one int
	err := e.App.ConcurrentDB().NewQuery("SELECT 1").WithContext(e.Request.Context()).Row(&one)
	if err != nil {
		e.App.Logger().Error("health", "error", fmt.Errorf("ask the database: %w", err))
		return e.String(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	return e.String(http.StatusOK, "ok\n")
}
