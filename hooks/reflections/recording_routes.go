package reflections

import (
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/apis"
)

// routesOfVoice binds the places where somebody speaks, and where they are heard,
// and begins to sweep up after them.
func (r *Room) routesOfVoice(pages web.Pages) {
	for _, place := range []struct {
		address string
		rule    web.Rule
		find    finder
	}{
		{"/reflections/{reflection}", people.To(people.Mine), r.ofMine},
		{"/reflections/{reflection}/threads/{share}", people.To(people.Shared), r.ofLearner},
		{"/facilitate/shares/{share}", people.Over(people.Shared), r.ofReader},
	} {
		pages.GET(place.address+"/voice", place.rule, r.showVoice(place.find))
		pages.POST(place.address+"/voice", place.rule, r.keepVoice(place.find)).TakesFiles()
		pages.POST(place.address+"/voice/delete", place.rule, r.deleteVoice(place.find))
	}
	pages.GET("/recordings/{recording}", people.To(people.Shared), r.hearRecording).
		Unbind(apis.DefaultGzipMiddlewareId) // a part of what is compressed is none of the sound
	r.sweepRecordings()
}
