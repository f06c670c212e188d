package gallery

import (
	"slices"
	"strconv"
	"time"

	"alongside/courses"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/web"
	"alongside/templates"
)

// A scene is one page in one state.
type scene struct {
	file string // what it is saved as
	name string // of the template
	page func(web.Base) any
}

func helpNumbers() []web.HelpNumber {
	return []web.HelpNumber{
		{Kind: "emergency", Name: "Police, fire or ambulance", Number: "999", When: "day and night", Cost: "free, also without credit", About: "When someone is in danger now."},
		{Kind: "crisis", Name: "Samaritans", Number: "116 123", Address: "https://www.samaritans.org", When: "day and night", Cost: "free", About: "When life feels too much, and you want someone to listen."},
	}
}

// base is what web fills for a request: who is there, and the interface.
func base(lang, path string, signedIn bool) web.Base {
	tag, dir := templates.Match(lang)
	b := web.Base{
		Lang: tag, Dir: dir, Path: path,
		Site: &web.Site{Name: "Alongside", Languages: []string{"en"}, Help: helpNumbers()},
	}
	if signedIn {
		b.Viewer = &web.Viewer{ID: "u1", Username: "maple-48", Session: "s1"}
		b.IdleEnds = strconv.FormatInt(time.Date(2036, 1, 2, 3, 4, 5, 0, time.UTC).Unix(), 10)
	}
	return b
}

var (
	toModule = learning.Link{Title: "Listening", Lang: "en", Address: "/courses/walking-alongside/listening"}
	toCourse = learning.Link{Title: "Walking Alongside", Lang: "en", Address: "/courses/walking-alongside"}
)

func onward() *learning.Continue {
	return &learning.Continue{
		Course: toCourse, Module: toModule, Number: 5, Count: 14, Minutes: 36,
		Step: learning.Link{Title: "Four things that listeners do", Lang: "en", Address: "/courses/walking-alongside/listening/four-things"},
	}
}

func lines() []learning.Line {
	return []learning.Line{
		{Module: "Listening", Lang: "en", Question: "One line that I want to keep", Said: []string{"I can stop talking and it is still help."}, Date: "2026-05-03"},
		{Module: "What is a peer mentor?", Lang: "en", Question: "Who walked beside me", Said: []string{"My aunt.\nShe never asked why."}, Also: also(given{}), Date: "2026-04-17"},
		{Module: "Private, not secret", Lang: "en", Question: "What I will say first", Lock: reflections.NotNow, Date: "2026-04-01"},
	}
}

func row(done int, enrolled, reviewed bool) learning.CourseInList {
	return learning.CourseInList{
		Link: toCourse, Summary: "Learn to walk beside someone who is where you have been.",
		Modules: 12, Done: done, Enrolled: enrolled, Reviewed: reviewed,
	}
}

func modules() []learning.ModuleInList {
	return []learning.ModuleInList{
		{Link: learning.Link{Title: "What is a peer mentor?", Lang: "en", Address: "/courses/walking-alongside/what"}, Number: 1, Summary: "What you already have, and what it is for.", Minutes: 60, Steps: 12, Done: 12, State: learning.Finished, New: 2},
		{Link: toModule, Number: 3, Summary: "Help someone feel heard, without fixing them.", Minutes: 60, Steps: 14, Done: 4, State: learning.Begun},
		{Link: learning.Link{Title: "Private, not secret", Lang: "en", Address: "/courses/walking-alongside/private"}, Number: 6, Summary: "What you keep, what you cannot keep, and how to say so.", Minutes: 55, Steps: 13, State: learning.NotBegun},
	}
}

func stepPage(number int, g given) func(web.Base) any {
	return func(b web.Base) any {
		m := module()
		step := m.Steps[number]
		page := &learning.StepPage{
			Base: b, Address: "/courses/walking-alongside/listening/" + step.ID, Course: toCourse, Module: toModule,
			ContentLang: "en", ContentDir: "ltr", Title: step.Title, Number: number + 1, Count: 14, Minutes: step.Minutes,
			Revision: "rev123", Parts: parts(step.Parts, g), Terms: words, Guest: b.Viewer == nil,
			Last: number == 2, Asks: number > 0,
		}
		if number == 0 {
			page.Title, page.ContentNote = m.Title, m.ContentNote
		} else {
			page.Back = &learning.Link{Title: "Two minutes", Lang: "en", Address: "/courses/walking-alongside/listening/start"}
		}
		if g.wrong {
			page.Errors = []learning.FieldError{{Field: "f-a.really-heard.3", Key: "too-long", Max: 5000, About: "Now what will you do?"}, {Field: "step", Key: "cannot-be-kept"}}
		}
		if g.tried {
			page.Saved = "saved"
		}
		page.Kept = g.changed
		if g.looks {
			page.Ahead = toCourse.Address
		}
		return page
	}
}

func scenes() []scene {
	return slices.Concat(stepScenes(), courseScenes(), roomScenes(), secondScenes(), cardScenes(), keepingScenes(), manageScenes(), auditScenes(), facilitationScenes(), answeringScenes(), closedScenes(), mailScenes(), concernScenes(), callScenes(), voiceScenes(), writingScenes(), sharingScenes(), awayScenes(), practiceScenes(), authoringScenes())
}

func stepScenes() []scene {
	const said = "I wait. Then I say back what I heard."
	return []scene{
		{"step-start", "learning/step", stepPage(0, given{})},
		{"step-try", "learning/step", stepPage(1, given{})},
		{"step-try-tried", "learning/step", stepPage(1, given{tried: true, text: said})},
		{"step-try-fits", "learning/step", stepPage(1, given{tried: true, text: said, right: true})},
		{"step-look", "learning/step", stepPage(2, given{})},
		{"step-look-said", "learning/step", stepPage(2, given{text: said})},
		{"step-look-wrong", "learning/step", stepPage(2, given{text: said, wrong: true})},
		{"step-look-sealed", "learning/step", stepPage(2, given{text: said, sealed: true})},
		{"step-look-shut", "learning/step", stepPage(2, given{shut: true})},
		{"step-look-changed", "learning/step", stepPage(2, given{text: said, changed: true})},
		{"guest-step", "learning/step", stepPage(0, given{looks: true})},
		{"guest-step-try", "learning/step", stepPage(1, given{looks: true})},
		{"guest-step-look", "learning/step", stepPage(2, given{looks: true})},
	}
}

func courseScenes() []scene {
	return []scene{
		{"guest-home", "learning/home", func(b web.Base) any {
			return &learning.HomePage{Base: b, Courses: []learning.CourseInList{row(0, false, false)}}
		}},
		{"home-new", "learning/home", func(b web.Base) any {
			return &learning.HomePage{Base: b, Courses: []learning.CourseInList{row(0, false, true)}}
		}},
		{"home-finished", "learning/home", func(b web.Base) any {
			return &learning.HomePage{
				Base:     b,
				Finished: []learning.Link{{Title: "Walking alongside", Lang: "en", Address: "/me/record/walking-alongside"}},
				Courses:  []learning.CourseInList{row(3, true, true)},
			}
		}},
		{"home-empty", "learning/home", func(b web.Base) any { return &learning.HomePage{Base: b} }},
		{"home", "learning/home", func(b web.Base) any {
			b.Notice = "language-changed"
			return &learning.HomePage{Base: b, Continue: onward(), Courses: []learning.CourseInList{row(1, true, false)}}
		}},
		{"catalogue", "learning/catalogue", func(b web.Base) any {
			return &learning.CataloguePage{Base: b, Courses: []learning.CourseInList{row(1, true, true), row(0, false, false)}}
		}},
		{"guest-catalogue-empty", "learning/catalogue", func(b web.Base) any { return &learning.CataloguePage{Base: b} }},
		{"course", "learning/course", func(b web.Base) any {
			return &learning.CoursePage{
				Base: b, Course: row(1, true, false), About: "<p>A course of twelve modules. The people in it are <strong>invented</strong>.</p>", AboutLang: "en", AboutDir: "ltr",
				Contributors: []courses.Contributor{{Name: "Keeper of bees", About: "Came out six years ago."}}, Credits: credits(), Modules: modules(), Next: onward(),
			}
		}},
		{"course-new", "learning/course", func(b web.Base) any {
			return &learning.CoursePage{Base: b, Course: row(0, false, true), Modules: modules()[2:]}
		}},
		{"course-finished", "learning/course", func(b web.Base) any {
			return &learning.CoursePage{Base: b, Course: row(12, true, true), Modules: modules()[:1], Finished: true, Record: "/me/record/walking-alongside"}
		}},
		{"module", "learning/module", func(b web.Base) any { return modulePage(b, learning.Begun) }},
		{"module-finished", "learning/module", func(b web.Base) any {
			p := modulePage(b, learning.Finished)
			p.Credits = credits()
			p.Lines, p.After, p.Gone = lines()[:1], &learning.Link{Title: "Private, not secret", Lang: "en", Address: "/courses/walking-alongside/private"}, lines()[1:2]
			p.Module.New, p.Thanks = 1, "/thanks/walking-alongside/listening"
			return p
		}},
		{"module-thanked", "learning/module", func(b web.Base) any {
			p := modulePage(b, learning.Finished)
			p.Thanks, p.Thanked = "/thanks/walking-alongside/listening", true
			return p
		}},
		{"lines", "learning/lines", func(b web.Base) any { return &learning.LinesPage{Base: b, Lines: lines()} }},
		{"lines-none", "learning/lines", func(b web.Base) any { return &learning.LinesPage{Base: b} }},
		{"record", "learning/record", func(b web.Base) any {
			return &learning.RecordPage{
				Base: b, Course: toCourse, Name: "maple-48", Finished: "2026-05-03", Lines: lines()[:2],
				Modules: []learning.RecordedModule{{Title: "What is a peer mentor?", Lang: "en", Finished: "2026-04-17"}, {Title: "Listening", Lang: "en", Finished: "2026-05-03"}, {Title: "Private, not secret", Lang: "en"}},
			}
		}},
	}
}

func modulePage(b web.Base, state learning.ModuleState) *learning.ModulePage {
	p := &learning.ModulePage{Base: b, Course: toCourse, Module: modules()[1], ContentLang: "en", ContentDir: "ltr", Enrolled: true}
	p.Module.State = state
	for i, title := range []string{"Listening", "Who can read what you write", "Listen: a wall of bread", "What did Bernie do?", "When were you last heard, and what was it like for you?"} {
		p.Steps = append(p.Steps, learning.StepInList{Link: learning.Link{Title: title, Lang: "en", Address: "/courses/walking-alongside/listening/" + courses.Slug(title)}, Minutes: 3 + i, Done: state == learning.Finished && i < 4 || i < 2, New: state == learning.Finished && i == 4})
	}
	if state != learning.Finished {
		p.Next, p.ContentNote = onward(), "We talk about times when nobody listened."
	}
	return p
}

func roomScenes() []scene {
	wrong := []web.FieldError{{Field: "who", Key: "sign-in-wrong"}}
	return []scene{
		{"guest-sign-in", "signin/sign-in", func(b web.Base) any { return &signin.SignInPage{Base: b, Back: "/"} }},
		{"guest-sign-in-wrong", "signin/sign-in", func(b web.Base) any {
			b.Notice = "post-kept"
			return &signin.SignInPage{Base: b, Back: "/", Who: "maple-84", OwnDevice: true, Errors: wrong}
		}},
		{"guest-sign-in-wait", "signin/sign-in", func(b web.Base) any { return &signin.SignInPage{Base: b, Back: "/", Who: "maple-48", Wait: 4} }},
		{"guest-sign-in-idle", "signin/sign-in", func(b web.Base) any { return &signin.SignInPage{Base: b, Back: "/me", IdleMinutes: 15} }},
		{"guest-first-manager", "signin/first-manager", func(b web.Base) any {
			return &signin.FirstManagerPage{Base: b, Address: "/sign-in/first/x", Min: 12, Errors: []web.FieldError{{Field: "username", Key: "username-letters"}, {Field: "password", Key: "password-short"}}}
		}},
		{"guest-first-manager-gone", "signin/first-manager", func(b web.Base) any { return &signin.FirstManagerPage{Base: b, Gone: true} }},
		{"password", "signin/password", func(b web.Base) any {
			return &signin.PasswordPage{Base: b, Min: 12, Errors: []web.FieldError{{Field: "current", Key: "password-wrong"}}}
		}},
		{"me", "signin/me", func(b web.Base) any {
			return &signin.MePage{
				Second: "off",
				Base:   b, HasPassword: true, Email: "a-very-long-address-of-somebody@a-long-name-of-a-charity.example.org",
				Roles: []signin.RoleInList{{Role: web.Learner, Label: "Spring group"}, {Role: web.Manager}},
				Devices: []signin.DeviceInList{
					{Device: signin.Device{Browser: "Firefox", System: "Android"}, ID: "s1", This: true},
					{ID: "s2", OwnDevice: true, LastSeen: "2026-05-03T10:00:00Z"},
				},
			}
		}},
		{"help", "web/help", func(b web.Base) any {
			return &web.HelpPage{Base: b, Groups: []web.HelpGroup{{Kind: "emergency", Numbers: helpNumbers()[:1]}, {Kind: "crisis", Numbers: helpNumbers()[1:]}, {Kind: "something-of-theirs", Numbers: helpNumbers()[1:]}}}
		}},
		{"help-none", "web/help", func(b web.Base) any { return &web.HelpPage{Base: b} }},
		{"guest-not-found", "web/error", func(b web.Base) any { return &web.ErrorPage{Base: b, Status: 404, Key: "not-found"} }},
		{"error-ours", "web/error", func(b web.Base) any { return &web.ErrorPage{Base: b, Status: 500, Key: "ours"} }},
	}
}

func credits() []learning.Credit {
	return []learning.Credit{{Name: "سارا", What: "words"}, {Name: "Georgia-Alexandra Featherstonehaugh-Wojciechowska", What: "translation"}}
}
