package content

import (
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
)

// Routes binds what content serves itself: pictures and recordings.
func (c *Content) Routes(pages web.Pages) {
	pages.GET("/media/{hash}/{name}", web.Anyone, c.serveMedia).Unbind(apis.DefaultGzipMiddlewareId) // parts of a recording are asked for by byte
}
