package reflections

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// Routes binds the pages of what learners write and let others read.
func (r *Room) Routes(pages web.Pages) {
	// all of theirs, and one (list_show.go, one_show.go, one_delete.go)
	pages.GET("/reflections", people.To(people.Shared), r.showList)
	pages.GET("/reflections/{reflection}", people.To(people.Shared), r.showOne)
	pages.GET("/reflections/{reflection}/delete", people.To(people.Shared), r.showDelete)
	pages.POST("/reflections/{reflection}/delete", people.To(people.Shared), r.deleteOne)
	r.letHeldGoNightly()

	// who may read it (share_choose.go), and the thread (thread_show.go)
	pages.GET("/reflections/{reflection}/share", people.To(people.Shared), r.showShare)
	pages.POST("/reflections/{reflection}/share", people.To(people.Shared), r.share).Kept()
	pages.GET("/reflections/{reflection}/threads/{share}", people.To(people.Shared), r.showThread)
	pages.POST("/reflections/{reflection}/threads/{share}", people.To(people.Shared), r.answerBack).Kept()
	pages.GET("/reflections/{reflection}/threads/{share}/withdraw", people.To(people.Shared), r.showWithdraw)
	pages.POST("/reflections/{reflection}/threads/{share}/withdraw", people.To(people.Shared), r.takeBack)

	// what was said (recording_*.go)
	r.routesOfVoice(pages)

	// asking for somebody (call_*.go)
	pages.GET("/me/calls", people.To(people.Mine), r.showCalls)
	pages.GET("/me/calls/else", people.To(people.Mine), r.showElse)
	pages.POST("/me/calls/else", people.To(people.Mine), r.askForElse)
	pages.POST("/me/calls/{call}/back", people.To(people.Mine), r.takeCallBack)
	pages.POST("/help/now", people.To(people.Mine), r.askNow)
	pages.GET("/calls", people.To(people.Mine), r.showFlagged)
	pages.POST("/calls/{call}/on-it", people.To(people.Mine), r.onCall(r.take))
	pages.POST("/calls/{call}/instead", people.To(people.Mine), r.onCall(r.takeOver))
	pages.POST("/calls/{call}/let-go", people.To(people.Mine), r.onCall(r.letGo))
	pages.POST("/calls/{call}/done", people.To(people.Mine), r.onCall(r.finish))

	// concerns (concern_*.go)
	raising := people.Over(people.Raising)
	writing := raising.GivesBack()
	pages.GET("/concerns", raising, r.showConcerns)
	pages.GET("/concerns/new", raising, r.showConcernNew)
	pages.POST("/concerns/new", writing, r.save(saidScreen())).Kept()
	pages.GET("/concerns/{concern}", raising, r.showConcern)
	pages.GET("/concerns/{concern}/said", raising, r.showConcernSaid)
	pages.POST("/concerns/{concern}/said", writing, r.save(saidScreen())).Kept()
	pages.GET("/concerns/{concern}/done", raising, r.showConcernDone)
	pages.POST("/concerns/{concern}/done", writing, r.save(doneScreen())).Kept()
	pages.GET("/concerns/{concern}/wishes", raising, r.showConcernWishes)
	pages.POST("/concerns/{concern}/wishes", writing, r.save(wishesScreen())).Kept()
	pages.GET("/concerns/{concern}/check", raising, r.showConcernCheck)
	pages.POST("/concerns/{concern}/raise", raising, r.raiseConcern)
	pages.POST("/concerns/{concern}/delete", raising, r.deleteConcern)
	answering := people.Over(people.Concerns)
	pages.GET("/concerns/{concern}/acts", answering, r.showConcern)
	pages.POST("/concerns/{concern}/acts", answering, r.actOnConcern).Kept()
	pages.GET("/concerns/{concern}/share", answering, r.showConcern)
	pages.POST("/concerns/{concern}/share", answering, r.showShareOf).Kept()
	pages.GET("/concerns/{concern}/tell", answering, r.showConcernTell)
	pages.POST("/concerns/{concern}/tell", answering, r.tellOfConcern).Kept()
	pages.GET("/concerns/{concern}/add", raising, r.showConcern)
	pages.POST("/concerns/{concern}/add", raising, r.addToConcern).Kept()
	pages.GET("/me/told", people.To(people.Mine), r.showTold)
}
