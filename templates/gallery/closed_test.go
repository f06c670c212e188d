package gallery

import (
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/web"
)

// closedScenes are the pages of somebody whose texts are closed, and of whoever
// opens them.
func closedScenes() []scene {
	const since = "2026-05-03T09:00:00Z"
	open := func(ways signin.Openers, problem string) func(web.Base) any {
		return func(b web.Base) any {
			page := &signin.OpenPage{Base: b, Openers: ways}
			if problem != "" {
				page.Errors = []web.FieldError{{Field: "pin", Key: problem}}
			}
			return page
		}
	}
	openFor := func(page signin.OpenForPage) func(web.Base) any {
		return func(b web.Base) any {
			one := page
			one.Base, one.Called, one.Back, one.Since = b, "Amina-Maria Featherstonehaugh-Okonkwo", "/facilitate/learners/u2", since
			return &one
		}
	}
	return []scene{
		{"open", "signin/open", open(signin.Openers{Closed: true, Since: since, PIN: true, Password: true}, "")},
		{"open-wrong", "signin/open", open(signin.Openers{Closed: true, Since: since, PIN: true}, "open-pin-wrong")},
		{"open-code", "signin/open", open(signin.Openers{Closed: true, Since: since, PIN: true, CardPIN: true}, "")},
		{"open-tired", "signin/open", open(signin.Openers{Closed: true, Since: since, Tired: true}, "")},
		{"open-nothing", "signin/open", open(signin.Openers{}, "")},
		{"open-wait", "signin/open", func(b web.Base) any {
			return &signin.OpenPage{Base: b, Openers: signin.Openers{Closed: true, PIN: true}, Wait: 2}
		}},
		{"open-for", "signin/open-for", openFor(signin.OpenForPage{Closed: true})},
		{"open-for-same", "signin/open-for", openFor(signin.OpenForPage{Closed: true, Same: true})},
		{"open-for-nothing", "signin/open-for", openFor(signin.OpenForPage{})},
		{"home-closed", "learning/home", func(b web.Base) any {
			return &learning.HomePage{Base: b, Closed: true, Continue: onward(), Courses: []learning.CourseInList{row(1, true, true)}}
		}},
		{"home-reopened", "learning/home", func(b web.Base) any {
			return &learning.HomePage{Base: b, Reopened: []signin.Reopened{{With: "staff", By: "Tomasz", At: "2026-05-03 09:00:00.000Z"}, {With: "pin", By: "Dina", At: "2026-05-02 09:00:00.000Z"}}, Continue: onward()}
		}},
		{"lines-closed", "learning/lines", func(b web.Base) any {
			return &learning.LinesPage{Base: b, Lines: []learning.Line{{Module: "Listening", Lang: "en", Question: "One line that I want to keep", Lock: reflections.Shut, Date: "2026-05-03"}}}
		}},
	}
}
