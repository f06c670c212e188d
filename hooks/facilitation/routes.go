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

	// to somebody else
	pages.GET("/facilitate/hand-over", people.Over(people.Accounts), f.showHandOver)
	pages.POST("/facilitate/hand-over", people.Over(people.Accounts), f.handOver)
}
