package authoring

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// writing are the pages on which a text is written.
func (a *Authoring) writing(pages web.Pages) {
	pages.POST("/write/{course}/{module}/paste", people.To(people.Writing), a.makePaste).TakesFiles()
}

// reviewing are the pages on which others read it.
func (a *Authoring) reviewing(pages web.Pages) {}

// publishing are the pages on which it goes live, and a course is cared for.
func (a *Authoring) publishing(pages web.Pages) {}

// crediting are the pages about whom a text is from, and what they agreed to.
func (a *Authoring) crediting(pages web.Pages) {
	pages.GET("/write/{course}/{module}/credit", people.To(people.Writing), a.showCredit)
	pages.POST("/write/{course}/{module}/credit", people.To(people.Writing), a.sayCredit).Kept()

	pages.GET("/me/credit", people.To(people.Credit), a.showMyCredit)
	pages.GET("/me/credit/{contribution}", people.To(people.Credit), a.showConsent)
	pages.POST("/me/credit/{contribution}", people.To(people.Credit), a.giveConsent).Kept()
	pages.GET("/me/credit/{contribution}/withdraw", people.To(people.Credit), a.showWithdraw)
	pages.POST("/me/credit/{contribution}/withdraw", people.To(people.Credit), a.withdrawMine)
}

// hearing are the pages on which learners speak back.
func (a *Authoring) hearing(pages web.Pages) {}
