package signin

import (
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// SecretPaths are the addresses whose next segment is a secret.
func SecretPaths() []string { return []string{firstManagerPath, "/sign-in/card/"} }

// Routes binds the pages of getting in, staying and leaving.
func (d *Desk) Routes(pages *router.RouterGroup[*core.RequestEvent]) {
	// In and out.
	pages.GET("/sign-in", d.showSignIn)
	pages.POST("/sign-in", d.signIn)
	pages.POST("/sign-in/stay", d.stay)
	pages.POST("/sign-out", d.signOut)
	pages.GET("/leave", d.leave)

	// For anybody.
	pages.POST("/language", d.chooseLanguage)

	// The first manager of a site that has nobody yet.
	pages.GET(firstManagerPath+"{secret}", d.showFirstManager)
	pages.POST(firstManagerPath+"{secret}", d.makeFirstManager)

	// Me.
	me := pages.Group("")
	me.BindFunc(web.SignedIn)
	me.GET("/me", d.showMe)
	me.POST("/me/devices/{session}", d.signOutDevice)
	me.GET("/me/password", d.showPassword)
	me.POST("/me/password", d.changePassword)
}
