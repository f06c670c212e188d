package learning

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Routes binds the pages of taking a course.
func (l *Learning) Routes(pages *router.RouterGroup[*core.RequestEvent]) {
	// what there is
	pages.GET("/{$}", l.showHome)
	pages.GET("/courses", l.showCatalogue)
	pages.GET("/courses/{course}", l.showCourse)
	pages.POST("/courses/{course}", l.saveEnrolment)
	pages.GET("/courses/{course}/{module}", l.showModule)

	// one step
	pages.GET("/courses/{course}/{module}/{step}", l.showStep)
	pages.POST("/courses/{course}/{module}/{step}", l.saveStep)

	// what is theirs to keep
	pages.GET("/me/lines", l.showLines)
	pages.GET("/me/record/{course}", l.showRecord)
}
