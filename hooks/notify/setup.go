package notify

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// nobodys is the address with which PocketBase begins: no site's own.
const nobodys = "http://localhost:8090"

// IsSetUp reports whether mail can go out by itself: a manager named a server for
// it, and the address of this site. app may be a transaction.
func IsSetUp(app core.App) bool { return app.Settings().SMTP.Enabled && SiteAddress(app) != "" }

// SiteAddress is where this site is, as its manager wrote it, without a slash at
// the end; "" where nobody did.
func SiteAddress(app core.App) string {
	if address := app.Settings().Meta.AppURL; address != nobodys {
		return strings.TrimRight(address, "/")
	}
	return ""
}
