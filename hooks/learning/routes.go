package learning

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// Routes binds the pages of taking a course.
func (l *Learning) Routes(pages web.Pages) {
	// what there is
	pages.GET("/{$}", web.Anyone, l.showHome)
	pages.GET("/courses", people.To(people.LiveCourses), l.showCatalogue)
	pages.GET("/courses/{course}", people.To(people.LiveCourses), l.showCourse)
	pages.POST("/courses/{course}", people.To(people.LiveCourses), l.saveEnrolment)
	pages.GET("/courses/{course}/{module}", people.To(people.LiveCourses), l.showModule)

	// one step
	pages.GET("/courses/{course}/{module}/{step}", people.To(people.LiveCourses), l.showStep)
	pages.POST("/courses/{course}/{module}/{step}", people.To(people.LiveCourses), l.saveStep).KeptByPage()

	// what is theirs to keep
	pages.GET("/me/lines", people.To(people.Mine), l.showLines)
	pages.GET("/me/record/{course}", people.To(people.Mine), l.showRecord)
}
