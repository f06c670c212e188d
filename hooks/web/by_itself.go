package web

import "github.com/pocketbase/pocketbase/core"

// IsByItself reports whether a page looks again by itself, without anybody having
// done anything: that keeps no session alive.
func IsByItself(e *core.RequestEvent) bool { return e.Request.Header.Get("By-Itself") != "" }
