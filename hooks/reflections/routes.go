package reflections

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// Routes binds the pages of what learners write and let others read.
func (r *Room) Routes(pages web.Pages) {
	// all of theirs, and one (list_show.go, one_show.go)

	// who may read it (share_choose.go), and the thread (thread_show.go)

	// what was said (recording_*.go)

	// asking for somebody (call_*.go)
	pages.GET("/me/calls", people.To(people.Mine), r.showCalls)
	pages.POST("/me/calls/{call}/back", people.To(people.Mine), r.takeCallBack)
	pages.POST("/help/now", people.To(people.Mine), r.askNow)
	pages.GET("/calls", people.To(people.Mine), r.showFlagged)
	pages.POST("/calls/{call}/on-it", people.To(people.Mine), r.onCall(r.take, "call-on-it"))
	pages.POST("/calls/{call}/done", people.To(people.Mine), r.onCall(r.finish, "call-done"))

	// concerns (concern_*.go)
}
