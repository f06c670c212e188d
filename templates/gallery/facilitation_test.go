package gallery

import (
	"time"

	"alongside/hooks/facilitation"
	"alongside/hooks/learning"
	"alongside/hooks/signin"
	"alongside/hooks/web"
)

// facilitationScenes are the pages of those who walk beside learners.
func facilitationScenes() []scene {
	return append(learnerScenes(), groupScenes()...)
}

func person(id, name string) facilitation.Person {
	return facilitation.Person{ID: id, Username: "harbour-17", Name: name}
}

func untitled(l learning.Link) learning.Link { return learning.Link{Title: l.Title, Lang: l.Lang} }

func workers() []facilitation.WorkerChoice {
	return []facilitation.WorkerChoice{
		{Person: person("w1", "Georgia"), Role: web.Facilitator, Chosen: true},
		{Person: person("w2", longName), Role: web.Mentor},
	}
}

func courseChoices() []facilitation.CourseChoice {
	return []facilitation.CourseChoice{{Link: untitled(toCourse), ID: "c1", Chosen: true}}
}

func group() *facilitation.GroupInList {
	return &facilitation.GroupInList{ID: "g1", Name: "Thursday group", Learners: 12}
}

func learnerScenes() []scene {
	return []scene{
		{"learners-none", "facilitation/home", func(b web.Base) any {
			return &facilitation.HomePage{Base: manager(b), Page: 1, MayAdd: true, Groups: []facilitation.GroupInList{*group()}}
		}},
		{"learners", "facilitation/home", func(b web.Base) any {
			return &facilitation.HomePage{
				Base: manager(b), Page: 2, Next: 3, MayAdd: true, MayHand: true, Alone: 3,
				Taken: []facilitation.Taken{{First: person("u1", "Dina"), Others: 2, Since: "2026-11-20"}, {First: person("u2", rtlName), Since: "2026-11-12"}}, Groups: []facilitation.GroupInList{*group()},
				Learners: []facilitation.LearnerInList{
					{Person: person("u1", "Dina"), Group: "Thursday group", Card: "active", Now: &facilitation.Now{Course: toCourse, Module: untitled(toModule), HasBegun: true, At: 5, Steps: 21, Done: 2, Of: 12}},
					{Person: person("u2", rtlName), Group: "Thursday group", Card: "locked", Paused: "2026-05-03"},
					{Person: person("u3", longName), Card: "none", Now: &facilitation.Now{Course: toCourse, Finished: true}},
					{Person: person("u4", ""), Now: &facilitation.Now{Course: toCourse, Done: 2, Of: 12}},
				},
			}
		}},
		{"learners-none-found", "facilitation/home", func(b web.Base) any {
			return &facilitation.HomePage{Base: manager(b), Page: 1, Search: "Dina"}
		}},
		{"learner-add", "facilitation/add", func(b web.Base) any {
			return &facilitation.AddPage{Base: b, Group: group(), Others: true, Key: "k", Courses: courseChoices(), Beside: workers()}
		}},
		{"learner-add-wrong", "facilitation/add", func(b web.Base) any {
			b.Site.Languages = []string{"en", "ar-XB"}
			return &facilitation.AddPage{
				Base: b, Group: group(), Key: "k", Called: longName, Courses: courseChoices(), Beside: workers(), Kept: true,
				Errors: []web.FieldError{{Field: "called", Key: "called-long", Max: 100}, {Field: "language", Key: "language-missing"}, {Field: "course", Key: "course-missing"}, {Field: "beside", Key: "beside-missing"}},
			}
		}},
		{"learner-add-which", "facilitation/add", func(b web.Base) any {
			return &facilitation.AddPage{Base: b, Groups: []facilitation.GroupInList{*group(), {ID: "g2", Name: rtlName}}}
		}},
		{"learners-none-no-group", "facilitation/home", func(b web.Base) any {
			return &facilitation.HomePage{Base: manager(b), Page: 1, MayAdd: true, AddGroup: "/manage"}
		}},
		{"learners-none-of-mentor", "facilitation/home", func(b web.Base) any {
			return &facilitation.HomePage{Base: manager(b), Page: 1, Groups: []facilitation.GroupInList{*group()}}
		}},
		{"learner-add-first-group", "facilitation/add", func(b web.Base) any { return &facilitation.AddPage{Base: b, AddGroup: "/manage"} }},
		{"learner-add-no-group", "facilitation/add", func(b web.Base) any { return &facilitation.AddPage{Base: b} }},
		{"learner", "facilitation/learner", func(b web.Base) any { return learnerPage(b) }},
		{"learner-locked", "facilitation/learner", func(b web.Base) any {
			p := learnerPage(b)
			p.Name, p.Card, p.Closed, p.MayOpen = longName, signin.CardState{State: "locked"}, "2026-11-20", true
			p.Groups[0].Paused, p.Groups[0].Resumes = "2026-11-01", "2026-12-24"
			p.Errors = []web.FieldError{{Field: "course", Key: "course-missing"}}
			return p
		}},
		{"learner-of-mentor", "facilitation/learner", func(b web.Base) any {
			p := learnerPage(b)
			p.Account, p.Progress, p.Others = false, "done", nil
			for i := range p.Courses[0].Modules {
				p.Courses[0].Modules[i].Far, p.Courses[0].Modules[i].Last = learning.Far{State: learning.NotBegun}, ""
			}
			return p
		}},
		{"learner-new", "facilitation/learner", func(b web.Base) any {
			return &facilitation.LearnerPage{
				Base: b, Person: person("u1", ""), Account: true, Card: signin.CardState{State: "none"}, Progress: "whole",
				Groups: []facilitation.GroupOfLearner{{Since: "2026-11-22"}},
			}
		}},
	}
}

func learnerPage(b web.Base) *facilitation.LearnerPage {
	return &facilitation.LearnerPage{
		Base: b, Person: person("u1", "Dina"), Language: "fa", Account: true, Progress: "whole",
		Groups: []facilitation.GroupOfLearner{{Name: "Thursday group", Place: "North Quay library", Label: "Willow", Since: "2026-04-03"}},
		Beside: []facilitation.Worker{{Called: "Georgia", Role: web.Facilitator, Since: "2026-04-03"}, {Called: longName, Role: web.Mentor, Since: "2026-05-01"}},
		Card:   signin.CardState{State: "active", Made: time.Now(), OwnPIN: true}, Made: "2026-04-03", Used: "2026-11-20", Expires: "2027-01-01",
		Courses: []facilitation.CourseOfLearner{{Link: toCourse, Done: 1, Modules: modulesOf()}},
		Others:  courseChoices(),
	}
}

func modulesOf() (all []facilitation.ModuleOfLearner) {
	for _, m := range modules() {
		all = append(all, facilitation.ModuleOfLearner{
			Link: untitled(m.Link), Far: learning.Far{State: m.State, Steps: m.Steps, Done: m.Done, New: m.New}, ID: "m" + m.Title[:1], Number: m.Number, Last: "2026-11-20",
		})
	}
	return all
}

func gridPage(b web.Base) *facilitation.GridPage {
	course := facilitation.GridCourse{Link: toCourse, ID: "c1", On: 3}
	for i := range 12 {
		m := modules()[i%3]
		course.Modules = append(course.Modules, facilitation.GridModule{Link: m.Link, ID: string(rune('a' + i)), Number: i + 1, Done: 2, Begun: 1})
		course.Modules[i].Address = "/courses/c1/m"
	}
	for i, name := range []string{"Dina", rtlName, longName} {
		row := facilitation.GridRow{GridLearner: facilitation.GridLearner{Person: person(name[:1], name), Mine: i != 1, Paused: i == 2}, Done: 1}
		for k := range course.Modules {
			cell := facilitation.GridCell{Module: &course.Modules[k], Word: facilitation.CellNot}
			switch k {
			case 0:
				cell.Word = facilitation.CellDone
			case 1:
				cell.Word, cell.New = facilitation.CellNew, 2
			case 2:
				cell.Word, cell.Far = facilitation.CellBegun, learning.Far{Steps: 14, Done: 4}
			}
			cell.Address = cell.Module.Address
			if row.Mine {
				cell.Address = "/facilitate/learners/" + row.ID + "#m-" + cell.Module.ID
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Closed, row.Open = row.Cells[:1], row.Cells[1:3]
		course.Rows = append(course.Rows, row)
	}
	return &facilitation.GridPage{
		Base: b, ID: "g1", Name: "Thursday group", Learners: 4, Shown: 4, Page: 1, Named: true, Steps: true, MayAdd: true, Unused: 2,
		Courses: []facilitation.GridCourse{course}, Without: []facilitation.GridLearner{{Person: person("u9", "Yusuf"), Mine: true}},
	}
}

func groupScenes() []scene {
	return []scene{
		{"grid", "facilitation/grid", func(b web.Base) any { return gridPage(b) }},
		{"grid-counts", "facilitation/grid", func(b web.Base) any {
			p := gridPage(b)
			p.Named, p.Steps, p.Without, p.Courses[0].Rows = false, false, nil, nil
			return p
		}},
		{"grid-large", "facilitation/grid", func(b web.Base) any {
			p := gridPage(b)
			p.Learners, p.Shown, p.Page, p.Next = 700, 300, 2, 3
			return p
		}},
		{"grid-no-courses", "facilitation/grid", func(b web.Base) any {
			return &facilitation.GridPage{Base: b, ID: "g1", Name: "Thursday group", Learners: 1, Shown: 1, Page: 1, Named: true, MayEnrol: true}
		}},
		{"grid-no-courses-mentor", "facilitation/grid", func(b web.Base) any {
			return &facilitation.GridPage{Base: b, ID: "g1", Name: "Thursday group", Learners: 1, Shown: 1, Page: 1, Named: true}
		}},
		{"grid-empty", "facilitation/grid", func(b web.Base) any {
			return &facilitation.GridPage{Base: b, ID: "g1", Name: longName, Named: true}
		}},
		{"hand-over-whose", "facilitation/hand-over", func(b web.Base) any {
			return &facilitation.HandOverPage{Base: b, Caseloads: []facilitation.Caseload{*aloneLoad(), *caseload(false), *caseload(true)}}
		}},
		{"hand-over-none", "facilitation/hand-over", func(b web.Base) any { return &facilitation.HandOverPage{Base: b} }},
		{"hand-over", "facilitation/hand-over", func(b web.Base) any {
			p := handOverPage(b)
			p.Errors = []web.FieldError{{Field: "to", Key: "to-missing"}, {Field: "learners", Key: "learners-missing"}}
			return p
		}},
		{"hand-over-nobody", "facilitation/hand-over", func(b web.Base) any {
			return &facilitation.HandOverPage{Base: b, From: caseload(true)}
		}},
		{"hand-over-alone", "facilitation/hand-over", func(b web.Base) any {
			p := handOverPage(b)
			p.From, p.To = aloneLoad(), workers()
			return p
		}},
		{"hand-over-alone-nobody", "facilitation/hand-over", func(b web.Base) any {
			return &facilitation.HandOverPage{Base: b, From: aloneLoad(), Learners: handOverPage(b).Learners}
		}},
		{"hand-over-alone-check", "facilitation/hand-over", func(b web.Base) any {
			p := handOverPage(b)
			p.From, p.Check, p.Receiver = aloneLoad(), true, &workers()[1]
			return p
		}},
		{"hand-over-check", "facilitation/hand-over", func(b web.Base) any {
			p := handOverPage(b)
			p.Check, p.Receiver = true, &p.To[0]
			return p
		}},
		{"many", "facilitation/import", func(b web.Base) any {
			p := importPage(b)
			p.Errors = []web.FieldError{{Field: "file", Key: "import-encoding"}}
			return p
		}},
		{"many-wrong", "facilitation/import", func(b web.Base) any {
			p := importPage(b)
			p.Wrong, p.Here, p.New, p.Pasted = 1, 1, 1, "Dina\n"
			p.Lines = []facilitation.ImportLine{
				{Line: 2, Called: "Dina", Language: "en", Beside: "Georgia"},
				{Line: 3, Called: rtlName, Here: true},
				{Line: 4, Called: longName, Problems: []facilitation.ImportProblem{{Key: "twice", Other: "2"}, {Key: "language", Other: "tlh"}}},
			}
			return p
		}},
		{"many-ready", "facilitation/import", func(b web.Base) any {
			p, course := importPage(b), toCourse
			p.New, p.Seconds, p.Course = 30, 3, &course
			p.Lines = []facilitation.ImportLine{{Line: 2, Called: "Dina", Beside: "Georgia"}}
			return p
		}},
		{"many-running", "facilitation/import", func(b web.Base) any {
			p := importPage(b)
			p.Running, p.New, p.Of, p.Made = true, 30, 30, 12
			return p
		}},
		{"cards-new", "facilitation/cards", func(b web.Base) any {
			return &facilitation.CardsPage{
				Base: b, ID: "g1", Name: "Thursday group", Seconds: 2, Learners: []facilitation.Person{person("u1", "Dina"), person("u2", rtlName)},
				Making: facilitation.Making{Address: "/facilitate/cohorts/g1/cards", What: "cards", Failed: "stopped"},
			}
		}},
		{"cards-new-running", "facilitation/cards", func(b web.Base) any {
			return &facilitation.CardsPage{Base: b, ID: "g1", Name: "Thursday group", Making: facilitation.Making{Address: "/facilitate/cohorts/g1/cards", What: "cards", Running: true, Made: 3, Of: 30}}
		}},
		{"cards-new-none", "facilitation/cards", func(b web.Base) any { return &facilitation.CardsPage{Base: b, ID: "g1", Name: "Thursday group"} }},
		{"many-stopped", "facilitation/import", func(b web.Base) any {
			p := importPage(b)
			p.Failed, p.New, p.Lines = "stopped", 1, []facilitation.ImportLine{{Line: 2, Called: "Dina"}}
			return p
		}},
	}
}

func caseload(mine bool) *facilitation.Caseload {
	return &facilitation.Caseload{Person: person("w1", "Tom"), Role: web.Facilitator, Programme: "p1", Label: "Willow", Learners: 4, Mine: mine}
}

func aloneLoad() *facilitation.Caseload {
	return &facilitation.Caseload{Person: facilitation.Person{ID: "nobody"}, Programme: "p1", Label: "Willow", Learners: 3}
}

func handOverPage(b web.Base) *facilitation.HandOverPage {
	return &facilitation.HandOverPage{
		Base: b, From: caseload(false), To: workers()[:1],
		Learners: []facilitation.LearnerChoice{{Person: person("u1", "Dina"), Chosen: true}, {Person: person("u2", longName)}},
	}
}

func importPage(b web.Base) *facilitation.ImportPage {
	return &facilitation.ImportPage{Base: b, ID: "g1", Name: "Thursday group", Most: 200, Courses: courseChoices(), Workers: workers(), Making: facilitation.Making{Address: "/facilitate/cohorts/g1/import", What: "people"}}
}
