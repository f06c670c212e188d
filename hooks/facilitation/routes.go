package facilitation

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// Routes binds the pages of those who walk beside learners. The card's own
// addresses below a learner are package signin's.
func (f *Facilitation) Routes(pages web.Pages) {
	// who is there
	pages.GET("/facilitate", people.Over(people.Progress), f.showHome)
	pages.GET("/facilitate/queue", people.Over(people.Shared), f.showQueue)
	pages.POST("/facilitate/calls/{call}/settle", people.Over(people.Calls), f.settleCall)
	pages.POST("/facilitate/calls/{call}/again", people.Over(people.Calls), f.helpAgain)

	// what somebody shared
	pages.GET("/facilitate/shares/{share}", people.Over(people.Shared), f.showShare)
	pages.POST("/facilitate/shares/{share}", people.Over(people.Shared).GivesBack(), f.answerShare).Kept()
	pages.GET("/facilitate/shares/{share}/beside", people.Over(people.Shared), f.showBeside)
	pages.POST("/facilitate/shares/{share}/leave", people.Over(people.Shared), f.leaveShare)

	// phrases to lean on
	pages.GET("/facilitate/phrases", people.Over(people.Phrases), f.showPhrases)
	pages.POST("/facilitate/phrases", people.Over(people.Phrases), f.addPhrase).Kept()
	pages.POST("/facilitate/phrases/{phrase}/end", people.Over(people.Phrases), f.endPhrase)

	// somebody new
	pages.GET("/facilitate/learners/new", people.Over(people.AddLearner), f.showAdd)
	pages.POST("/facilitate/learners/new", people.Over(people.AddLearner), f.addLearner).KeptByPage()

	// one learner
	pages.GET("/facilitate/learners/{learner}", people.Over(people.Progress), f.showLearner)
	pages.POST("/facilitate/learners/{learner}/courses", people.Over(people.Accounts), f.enrolLearner)
	pages.POST("/facilitate/learners/{learner}/pause", people.Over(people.Accounts), f.pauseLearner)
	pages.POST("/facilitate/learners/{learner}/resume", people.Over(people.Accounts), f.resumeLearner)

	// a group
	pages.GET("/facilitate/cohorts/{cohort}", people.To(people.Grid), f.showGrid)
	pages.GET("/facilitate/cohorts/{cohort}/grid.csv", people.To(people.Grid), f.sendGrid)
	pages.GET("/facilitate/cohorts/{cohort}/import", people.To(people.AddLearner), f.showImport)
	pages.POST("/facilitate/cohorts/{cohort}/import", people.To(people.AddLearner), f.takeImport)
	pages.GET("/facilitate/cohorts/{cohort}/cards", people.To(people.AddLearner), f.showNewCards)
	pages.POST("/facilitate/cohorts/{cohort}/cards", people.To(people.AddLearner), f.takeNewCards)
	pages.GET("/facilitate/cohorts/{cohort}/import/sample.csv", people.To(people.AddLearner), f.sendSample)

	// being away
	pages.GET("/facilitate/away", people.To(people.Absences), f.showAway)
	pages.POST("/facilitate/away", people.To(people.Absences), f.sayAway).Kept()
	pages.POST("/facilitate/away/{absence}/end", people.To(people.Absences), f.endAway)

	// to somebody else
	pages.GET("/facilitate/hand-over", people.Over(people.Accounts), f.showHandOver)
	pages.POST("/facilitate/hand-over", people.Over(people.Accounts), f.handOver)
}
