package content

import (
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Routes binds what content serves itself: pictures and recordings.
func (c *Content) Routes(pages *router.RouterGroup[*core.RequestEvent]) {
	pages.GET("/media/{hash}/{name}", c.serveMedia).Unbind(apis.DefaultGzipMiddlewareId) // parts of a recording are asked for by byte
}
