package people

import "alongside/hooks/web"

// Routes binds the pages of those who manage.
func (o *Office) Routes(pages web.Pages) {
	pages.GET("/manage", Over(Managing), o.showHub)

	// The site.
	pages.GET("/manage/start", To(Programmes), o.showStart)
	pages.POST("/manage/start", To(Programmes), o.start).Kept()
	pages.GET("/manage/settings", To(Settings), o.showSettings)
	pages.POST("/manage/settings", To(Settings), o.saveSettings).Kept()
	pages.GET("/manage/help", To(Settings), o.showHelp)
	pages.GET("/manage/help/new", To(Settings), o.showHelpEdit)
	pages.POST("/manage/help/new", To(Settings), o.saveHelp).Kept()
	pages.GET("/manage/help/{number}", To(Settings), o.showHelpEdit)
	pages.POST("/manage/help/{number}", To(Settings), o.saveHelp).Kept()
	pages.POST("/manage/help/{number}/move", To(Settings), o.moveHelp)
	pages.GET("/manage/mail", To(Settings), o.showMail)
	pages.POST("/manage/mail", To(Settings), o.saveMail)
	pages.POST("/manage/mail/test", To(Settings), o.tryMail)
	pages.POST("/manage/mail/again", To(Settings), o.mailAgain)
	pages.POST("/manage/mail/let-go", To(Settings), o.letMailGo)

	pages.GET("/me/mail", To(Mine), o.showMyMail)
	pages.POST("/me/mail", To(Mine), o.saveMyMail).Kept()

	// What was done.
	pages.GET("/manage/audit", Over(Acts), o.showActs)
	pages.GET("/manage/audit/acts.csv", Over(Acts), o.sendActs)

	// Programmes and who manages them.
	pages.GET("/manage/programmes", To(Programmes), o.showProgrammes)
	pages.GET("/manage/programmes/new", To(Programmes), o.showProgrammeNew)
	pages.POST("/manage/programmes/new", To(Programmes), o.newProgramme).Kept()
	pages.POST("/manage/managers", To(Programmes), o.nameManager)
	pages.GET("/manage/managers/{membership}", To(Programmes), o.showRoleEnd)
	pages.POST("/manage/managers/{membership}", To(Programmes), o.endRole).Kept()
	pages.POST("/manage/programmes/{programme}/managers", To(Programmes), o.nameManager)
	pages.GET("/manage/programmes/{programme}/managers/{membership}", To(Programmes), o.showRoleEnd)
	pages.POST("/manage/programmes/{programme}/managers/{membership}", To(Programmes), o.endRole).Kept()

	// One programme.
	pages.GET("/manage/programmes/{programme}", To(Groups), o.showProgramme)
	pages.GET("/manage/programmes/{programme}/edit", To(Groups), o.showProgrammeEdit)
	pages.POST("/manage/programmes/{programme}/edit", To(Groups), o.saveProgramme).Kept()
	pages.GET("/manage/programmes/{programme}/cohorts/new", To(Groups), o.showCohortNew)
	pages.POST("/manage/programmes/{programme}/cohorts/new", To(Groups), o.saveCohort).Kept()
	pages.GET("/manage/programmes/{programme}/cohorts/{cohort}", To(Groups), o.showCohortEdit)
	pages.POST("/manage/programmes/{programme}/cohorts/{cohort}", To(Groups), o.saveCohort).Kept()
	pages.GET("/manage/programmes/{programme}/places/new", To(Groups), o.showPlaceNew)
	pages.POST("/manage/programmes/{programme}/places/new", To(Groups), o.savePlace).Kept()
	pages.GET("/manage/programmes/{programme}/places/{place}", To(Groups), o.showPlaceEdit)
	pages.POST("/manage/programmes/{programme}/places/{place}", To(Groups), o.savePlace).Kept()

	// Its people.
	pages.GET("/manage/programmes/{programme}/people", To(Groups), o.showPeople)
	pages.GET("/manage/programmes/{programme}/staff/new", To(Groups), o.showStaffNew)
	pages.POST("/manage/programmes/{programme}/staff/new", To(Groups), o.addStaff).Kept()
	pages.GET("/manage/programmes/{programme}/people/{person}", To(Groups), o.showPerson)
	pages.POST("/manage/programmes/{programme}/people/{person}/roles", To(Groups), o.giveRole)
	pages.GET("/manage/programmes/{programme}/people/{person}/roles/{membership}", To(Groups), o.showRoleEnd)
	pages.POST("/manage/programmes/{programme}/people/{person}/roles/{membership}", To(Groups), o.endRole).Kept()
	pages.POST("/manage/programmes/{programme}/people/{person}/roles/{membership}/pause", To(Groups), o.pauseLearner)
	pages.POST("/manage/programmes/{programme}/people/{person}/roles/{membership}/resume", To(Groups), o.resumeLearner)
	pages.GET("/manage/programmes/{programme}/people/{person}/away", Over(Absences), o.showAway)
	pages.POST("/manage/programmes/{programme}/people/{person}/away", Over(Absences), o.sayAway).Kept()
	pages.POST("/manage/programmes/{programme}/people/{person}/away/{absence}/end", Over(Absences), o.endAway)
	pages.POST("/manage/programmes/{programme}/people/{person}/workers", To(Groups), o.assignWorker)
	pages.POST("/manage/programmes/{programme}/people/{person}/workers/{assignment}", To(Groups), o.endWorker)
}
