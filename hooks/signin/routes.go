package signin

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// SecretPaths are the addresses whose next segment is a secret.
func SecretPaths() []string { return []string{firstManagerPath, "/sign-in/card/"} }

// Routes binds the pages of getting in, staying and leaving.
func (d *Desk) Routes(pages web.Pages) {
	// In and out.
	pages.GET("/sign-in", web.Anyone, d.showSignIn)
	pages.POST("/sign-in", web.Anyone, d.signIn)
	pages.POST("/sign-in/stay", web.Anyone, d.stay)
	pages.POST("/sign-out", web.Anyone, d.signOut)
	pages.GET("/leave", web.Anyone, d.leave)

	// For anybody.
	pages.POST("/language", web.Anyone, d.chooseLanguage)

	// The first manager of a site that has nobody yet.
	pages.GET(firstManagerPath+"{secret}", web.Anyone, d.showFirstManager)
	pages.POST(firstManagerPath+"{secret}", web.Anyone, d.makeFirstManager)

	// Me.
	pages.GET("/me", people.To(people.Mine), d.showMe)
	pages.POST("/me/devices/{session}", people.To(people.Mine), d.signOutDevice)
	pages.GET("/me/password", people.To(people.Mine), d.showPassword)
	pages.POST("/me/password", people.To(people.Mine), d.changePassword)

	// The second factor of staff.
	pages.GET("/sign-in/second", web.Anyone, d.showSecond)
	pages.POST("/sign-in/second", web.Anyone, d.giveSecond)
	pages.GET("/me/second", people.To(people.Mine), d.showMySecond)
	pages.POST("/me/second", people.To(people.Mine), d.setUpSecond)
	pages.POST("/me/second/change", people.To(people.Mine), d.changeSecond)
	pages.GET("/me/second/codes", people.To(people.Mine), d.showRecovery)
	pages.POST("/me/second/codes", people.To(people.Mine), d.wroteRecovery)
	pages.POST("/manage/programmes/{programme}/people/{person}/second-reset", people.Over(people.Managing), d.resetSecond)
}
