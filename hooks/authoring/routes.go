package authoring

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// writing are the pages on which a text is written.
func (a *Authoring) writing(pages web.Pages) {
	to := people.To(people.Writing)
	pages.GET("/write", to, a.showDesk)
	pages.GET("/write-new", to, a.showNew)
	pages.POST("/write-new", to, a.makeNew).Kept()
	pages.GET("/write-new-course", to, a.showNewCourse)
	pages.POST("/write-new-course", to, a.makeNewCourse).Kept()
	pages.GET("/write/{course}", to, a.showWriteCourse)

	// one text
	pages.GET("/write/{course}/{module}", to, a.showText)
	pages.POST("/write/{course}/{module}", to, a.saveText).Kept()
	pages.POST("/write/{course}/{module}/begin", to, a.beginText)
	pages.POST("/write/{course}/{module}/fix", to, a.fixText)
	pages.POST("/write/{course}/{module}/waive", to, a.waiveAdvice) // a form for each advice: none of them can be told from the others
	pages.GET("/write/{course}/{module}/add/{kind}", to, a.showAdd)
	pages.POST("/write/{course}/{module}/add/{kind}", to, a.addBlock).Kept()
	pages.POST("/write/{course}/{module}/paste", to, a.makePaste).TakesFiles()

	// pictures and recordings
	pages.GET("/write/{course}/{module}/media", to, a.showMedia)
	pages.POST("/write/{course}/{module}/media", to, a.putMedia).TakesFiles()
	pages.POST("/write/{course}/{module}/media/{media}", to, a.deleteMedia)
	pages.GET("/write/{course}/{module}/transcript/{media}", to, a.showWords)
	pages.POST("/write/{course}/{module}/transcript/{media}", to, a.saveWords).Kept()

	// what it looks like
	pages.GET("/write/{course}/{module}/preview", to, a.showPreview)
	pages.GET("/write/{course}/{module}/preview/{step}", to, a.showPreviewStep)
	pages.POST("/write/{course}/{module}/preview/{step}", to, a.tryPreviewStep)

	pages.GET("/write/{course}/{module}/about", to, a.showAbout)
	pages.POST("/write/{course}/{module}/about", to, a.saveAbout).Kept()
	pages.GET("/write/{course}/{module}/checks", to, a.showChecks)

	// what it was
	pages.GET("/write/{course}/{module}/history", to, a.showHistory)
	pages.GET("/write/{course}/{module}/history/{number}", to, a.showFormer)
	pages.POST("/write/{course}/{module}/history/{number}", to, a.restoreText)
	pages.POST("/write/{course}/{module}/versions", to, a.keepNamed)
	pages.POST("/write/{course}/{module}/coming", to, a.bringIn)

	// who writes it, and whether anybody does
	pages.GET("/write/{course}/{module}/writers", to, a.showWriters)
	pages.POST("/write/{course}/{module}/writers", to, a.saveWriters)
	pages.GET("/write/{course}/{module}/drop", to, a.showDrop)
	pages.POST("/write/{course}/{module}/drop", to, a.dropText)
	pages.POST("/write/{course}/{module}/pick-up", to, a.pickUpText)

	// what others say, and what is next
	pages.POST("/write/{course}/{module}/suggestions/{suggestion}", to, a.decideSuggestion)
	pages.GET("/write/{course}/{module}/next", to, a.showNext)
	pages.POST("/write/{course}/{module}/ask", to, a.askForReview)
	pages.POST("/write/{course}/{module}/publish", to, a.publishText(a.writersDoor()))
	pages.POST("/write/{course}/{module}/later", to, a.publishLater(a.writersDoor()))
}

// reviewing are the pages on which others read it.
func (a *Authoring) reviewing(pages web.Pages) {
	to := people.To(people.Reviewing)
	pages.GET("/review", to, a.showQueue)
	pages.GET("/review/{course}/{module}", to, a.showReview)
	pages.POST("/review/{course}/{module}/comments", to, a.addComment)
	pages.POST("/review/{course}/{module}/comments/{comment}/settle", to, a.settleComment)
	pages.POST("/review/{course}/{module}/suggest", to, a.suggestText)
	pages.POST("/review/{course}/{module}/verdict", to, a.sayVerdict)
	pages.POST("/review/{course}/{module}/verdicts/{review}/lift", to, a.liftVerdict)
	pages.POST("/review/{course}/{module}/take", to, a.takeReview)
	pages.GET("/review/{course}/{module}/{step}", to, a.showReviewStep)
	pages.POST("/review/{course}/{module}/{step}", to, a.showReviewStep)
}

// publishing are the pages on which it goes live, and a course is cared for.
func (a *Authoring) publishing(pages web.Pages) {
	to := people.To(people.Caring)
	pages.GET("/course-settings", to, a.showCared)
	pages.GET("/course-settings/{course}", to, a.showSettings)
	pages.POST("/course-settings/{course}", to, a.saveSettings)
	pages.POST("/course-settings/{course}/hand-over", to, a.handOver)
	pages.GET("/course-settings/{course}/{module}", to, a.showLive)
	pages.POST("/course-settings/{course}/{module}/publish", to, a.publishText(a.carersDoor()))
	pages.POST("/course-settings/{course}/{module}/later", to, a.publishLater(a.carersDoor()))
	pages.POST("/course-settings/{course}/{module}/put-back", to, a.putBack)
	pages.POST("/course-settings/{course}/{module}/take-off", to, a.takeOff)
}

// crediting are the pages about whom a text is from, and what they agreed to.
func (a *Authoring) crediting(pages web.Pages) {
	pages.GET("/write/{course}/{module}/credit", people.To(people.Writing), a.showCredit)
	pages.POST("/write/{course}/{module}/credit", people.To(people.Writing), a.sayCredit) // several forms: none of them can be told from the others

	pages.GET("/me/credit", people.To(people.Credit), a.showMyCredit)
	pages.GET("/me/credit/{contribution}", people.To(people.Credit), a.showConsent)
	pages.POST("/me/credit/{contribution}", people.To(people.Credit), a.giveConsent).Kept()
	pages.GET("/me/credit/{contribution}/withdraw", people.To(people.Credit), a.showWithdraw)
	pages.POST("/me/credit/{contribution}/withdraw", people.To(people.Credit), a.withdrawMine)

	// paid work: those who care for a course offer it, whoever does it answers
	pages.GET("/course-offers/{course}", people.To(people.Caring), a.showOffers)
	pages.POST("/course-offers/{course}", people.To(people.Caring), a.makeOffer).Kept()
	pages.POST("/course-offers/{course}/{offer}", people.To(people.Caring), a.changeOffer)
	pages.GET("/me/offers", people.To(people.Credit), a.showMyOffers)
	pages.GET("/me/offers/{offer}", people.To(people.Credit), a.showMyOffer)
	pages.POST("/me/offers/{offer}", people.To(people.Credit), a.answerOffer)
	pages.GET("/me/paid", people.To(people.Credit), a.showPaid)
}

// hearing are the pages on which learners speak back.
func (a *Authoring) hearing(pages web.Pages) {
	mine := people.To(people.Remarks)
	pages.GET("/say/{course}/{module}/{step}", mine, a.showSay)
	pages.POST("/say/{course}/{module}/{step}", mine, a.say).Kept()
	pages.GET("/me/remarks", mine, a.showMyRemarks)
	pages.POST("/me/remarks/{remark}/take-back", mine, a.takeRemarkBack)
	pages.GET("/me/remarks/{remark}/name", mine, a.showRemarkName)
	pages.POST("/me/remarks/{remark}/name", mine, a.nameRemark).Kept()

	pages.POST("/thanks/{course}/{module}", mine, a.sayThanks)
	pages.GET("/write/{course}/{module}/figures", people.To(people.Writing), a.showFigures(a.writersHearing))
	pages.GET("/course-settings/{course}/{module}/figures", people.To(people.Caring), a.showFigures(a.carersCounting))
	a.remarksAt(pages, "/write/{course}/{module}/remarks", people.To(people.Writing), a.writersHearing)
	a.remarksAt(pages, "/course-settings/{course}/{module}/remarks", people.To(people.Caring), a.carersHearing)
}

// remarksAt are the pages of those who hear what was said of a text.
func (a *Authoring) remarksAt(pages web.Pages, at string, rule web.Rule, door hears) {
	pages.GET(at, rule, a.showRemarks(door))
	pages.GET(at+"/{remark}", rule, a.showRemark(door))
	pages.POST(at+"/{remark}", rule, a.answerRemark(door)).Kept()
}
