package signin

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// SecretPaths are the addresses whose next segment is a secret.
func SecretPaths() []string { return []string{firstManagerPath, cardPath + "/", welcomePath} }

// Routes binds the pages of getting in, staying and leaving.
func (d *Desk) Routes(pages web.Pages) {
	// In and out.
	pages.GET("/sign-in", web.Anyone, d.showSignIn)
	pages.POST("/sign-in", web.Anyone, d.signIn)
	pages.POST("/sign-in/stay", web.Anyone, d.stay)
	pages.POST("/sign-out", web.Anyone, d.signOut)
	pages.GET("/leave", web.Anyone, d.leave)

	// In with a card, a code or a link.
	pages.GET(cardPath+"/{secret}", web.Anyone, d.takeCard)
	pages.GET(cardPath, web.Anyone, d.showCard)
	pages.POST(cardPath, web.Anyone, d.signInByCard)
	pages.GET(wordsPath, web.Anyone, d.showWords)
	pages.POST(wordsPath, web.Anyone, d.signInByWords)
	pages.GET(pinPath, web.Anyone, d.showFirstPIN)
	pages.POST(pinPath, web.Anyone, d.chooseFirstPIN)
	pages.GET("/sign-in/code", web.Anyone, d.showCodeSignIn)
	pages.POST("/sign-in/code", web.Anyone, d.signInByCode)
	pages.GET(welcomePath+"{secret}", web.Anyone, d.showWelcome)
	pages.POST(welcomePath+"{secret}", web.Anyone, d.takeWelcome)

	// Cards, codes and links that staff make.
	pages.POST("/facilitate/learners/{learner}/card", people.Over(people.Accounts), d.makeCard)
	pages.POST("/facilitate/learners/{learner}/card/void", people.Over(people.Accounts), d.voidCard)
	pages.POST("/facilitate/learners/{learner}/card/unlock", people.Over(people.Accounts), d.unlockCard)
	pages.POST("/facilitate/learners/{learner}/code", people.Over(people.Accounts), d.makeCode)
	pages.GET("/facilitate/learners/{learner}/code/{shown}", people.Over(people.Accounts), d.showCode)
	pages.GET("/facilitate/cards/{sheet}", people.Over(people.Accounts), d.showSheet)
	pages.POST("/manage/programmes/{programme}/people/{person}/link", people.Over(people.Managing), d.makeLink)
	pages.GET("/manage/programmes/{programme}/people/{person}/link/{shown}", people.Over(people.Managing), d.showLink)

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

	// Text that is closed, after staff made a new way in.
	pages.GET("/me/open", people.To(people.Mine), d.showOpen)
	pages.POST("/me/open", people.To(people.Mine), d.reopen)
	pages.GET("/facilitate/learners/{learner}/open", people.Over(people.Accounts), d.showOpenFor)
	pages.POST("/facilitate/learners/{learner}/open", people.Over(people.Accounts), d.openFor)

	pages.GET(myCardsPath, people.To(people.Mine), d.showMyCards)
	pages.GET("/me/pin", people.To(people.Mine), d.showPIN)
	pages.POST("/me/pin", people.To(people.Mine), d.changePIN)

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
