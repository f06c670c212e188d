package gallery

import (
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"
)

// longName is as long as a name may be, without a place to break.
var longName = strings.Repeat("Wolfeschlegelstein", 5) + "hausenberg"

const rtlName = "گروه پنج\u200cشنبه"

// manager is a base as managers have it.
func manager(b web.Base) web.Base {
	b.Ways = web.Ways{Learners: true, Manage: true}
	return b
}

func head() people.ProgrammeHead {
	return people.ProgrammeHead{ID: "p1", Label: "Willow", Name: "A new start after prison"}
}

func inList(next string) people.ProgrammeInList {
	return people.ProgrammeInList{ID: "p1", Label: "Willow", Cohorts: 2, Learners: 14, Staff: 3, Next: next, Cohort: "c1"}
}

func roles() []people.RoleHeld {
	return []people.RoleHeld{
		{Membership: "m1", Role: web.Facilitator, Cohort: rtlName, First: "2026-01-12"},
		{Membership: "m2", Role: web.Learner, Cohort: "Thursday group", First: "2026-01-12", Last: "2026-12-18", Paused: "2026-05-03", Resumes: "2026-06-01"},
		{Membership: "m3", Role: web.Learner, Cohort: "Second group", First: "2026-02-12"},
	}
}

func offered() []templates.Choice {
	return []templates.Choice{{Key: "manage.no-cohort"}, {Value: "c1", Text: "Thursday group", Chosen: true}, {Value: "c2", Text: rtlName}, {Value: "c3", Text: longName}}
}

func problem(field, key string) []web.FieldError { return []web.FieldError{{Field: field, Key: key}} }

func manageScenes() []scene {
	return append(append(programmeScenes(), personScenes()...), siteScenes()...)
}

func programmeScenes() []scene {
	return []scene{
		{"manage-bare", "people/hub", func(b web.Base) any {
			return &people.HubPage{Base: manager(b), SiteManager: true, Bare: true}
		}},
		{"manage", "people/hub", func(b web.Base) any {
			over := inList("")
			over.Label, over.Over = longName, true
			return &people.HubPage{Base: manager(b), SiteManager: true, Programmes: []people.ProgrammeInList{inList("cohort"), inList("staff"), inList("learners"), over}, Erasures: people.Waiting{Count: 2, First: "2026-05-03T10:00:00Z"}, Holds: people.Waiting{Count: 1, First: "2026-05-01T00:00:00Z"}}
		}},
		{"manage-concerns", "people/hub", func(b web.Base) any {
			return &people.HubPage{Base: manager(b), Programmes: []people.ProgrammeInList{inList("")}, Concerns: &people.ConcernCounts{Year: 12, Open: 3, Waiting: 1, Longest: 5}}
		}},
		{"manage-concerns-uncounted", "people/hub", func(b web.Base) any {
			return &people.HubPage{Base: manager(b), Programmes: []people.ProgrammeInList{inList("")}, Concerns: &people.ConcernCounts{Unknown: true}}
		}},
		{"manage-none", "people/hub", func(b web.Base) any { return &people.HubPage{Base: manager(b)} }},
		{"start", "people/start", func(b web.Base) any {
			return &people.StartPage{Base: manager(b), SiteName: "Alongside", Walk: true}
		}},
		{"start-doubt", "people/start", func(b web.Base) any {
			return &people.StartPage{Base: manager(b), SiteName: "Alongside", Name: "Prison leavers", Label: "Prison leavers", Doubt: "Prison leavers", Cohort: "Thursday group", Errors: problem("label", "label-same")}
		}},
		{"programmes", "people/programmes", func(b web.Base) any {
			named := []people.ManagerInList{{Programme: "p1", Membership: "m1", Called: "Kofi", Username: "orchard-56", Me: true}, {Programme: "p1", Membership: "m2", Called: longName, Username: "maple-48"}}
			return &people.ProgrammesPage{Base: manager(b), Programmes: []people.ProgrammeManaged{{ID: "p1", Label: "Willow", Managers: named}, {ID: "p2", Label: rtlName, Over: true}}, Managers: []people.ManagerInList{{Membership: "m3", Called: "Ada", Username: "fern-11"}}, Who: "nobody-1", Wrong: "p1", Errors: problem("who", "who-unknown")}
		}},
		{"programmes-none", "people/programmes", func(b web.Base) any { return &people.ProgrammesPage{Base: manager(b), Wrong: "site"} }},
		{"programme-new", "people/programme-new", func(b web.Base) any {
			return &people.ProgrammeNewPage{Base: manager(b), Manager: "new", First: "2026-05-03", Last: "2026-05-01", Errors: problem("last", "date-order")}
		}},
		{"programme", "people/programme", func(b web.Base) any {
			return &people.ProgrammePage{
				Base: manager(b), Head: head(), First: "2026-01-12", Next: inList("learners"),
				Counts:  []people.RoleCount{{Role: web.Learner, Count: 14}, {Role: web.Mentor}, {Role: web.Facilitator, Count: 2}, {Role: web.Lead}, {Role: web.Manager, Count: 1}},
				Cohorts: []people.CohortInList{{ID: "c1", Name: "Thursday group", Place: "Quay House", First: "2026-01-12", Learners: 14}, {ID: "c2", Name: longName, Last: "2026-01-12", Over: true}, {ID: "c3", Name: rtlName}},
				Places:  []people.PlaceInList{{ID: "l1", Name: "Quay House", Address: "1 Quay Street", Hours: "Monday to Friday, 9 to 5"}, {ID: "l2", Name: longName, Over: true}},
			}
		}},
		{"programme-empty", "people/programme", func(b web.Base) any {
			empty := head()
			empty.Over = true
			return &people.ProgrammePage{Base: manager(b), Head: empty, Last: "2026-01-12"}
		}},
		{"programme-edit", "people/programme-edit", func(b web.Base) any {
			return &people.ProgrammeEditPage{Base: manager(b), Head: head(), Name: longName, Label: "Willow", First: "2026-01-12", Errors: problem("label", "label-taken")}
		}},
		{"cohort", "people/cohort", func(b web.Base) any {
			return &people.CohortPage{Base: manager(b), Head: head(), ID: "c1", Name: longName, Places: offered(), Last: "2026-01-12", Over: true, Errors: problem("name", "name-taken")}
		}},
		{"cohort-new", "people/cohort", func(b web.Base) any { return &people.CohortPage{Base: manager(b), Head: head(), Places: offered()[:1]} }},
		{"place", "people/place", func(b web.Base) any {
			return &people.PlacePage{Base: manager(b), Head: head(), ID: "l1", Name: rtlName, Over: true, Errors: []web.FieldError{{Field: "name", Key: "line-long", Max: 100}}}
		}},
		{"place-new", "people/place", func(b web.Base) any { return &people.PlacePage{Base: manager(b), Head: head()} }},
	}
}

func personScenes() []scene {
	somebody := people.PersonInList{ID: "u2", Called: longName, Username: "maple-48", Roles: roles(), Here: true}
	return []scene{
		{"people", "people/people", func(b web.Base) any {
			later := people.PersonInList{ID: "u3", Called: rtlName, Username: "fern-11", Roles: []people.RoleHeld{{Membership: "m4", Role: web.Mentor, First: "2036-01-12", Later: true}}}
			return &people.PeoplePage{Base: manager(b), Head: head(), People: []people.PersonInList{somebody, later}, Roles: []web.Role{web.Learner, web.Mentor}, Role: web.Mentor, Before: "/manage", After: "/manage"}
		}},
		{"people-not-found", "people/people", func(b web.Base) any {
			return &people.PeoplePage{Base: manager(b), Head: head(), Search: "Ge", Anything: true}
		}},
		{"people-none", "people/people", func(b web.Base) any { return &people.PeoplePage{Base: manager(b), Head: head()} }},
		{"person", "people/person", func(b web.Base) any {
			return &people.PersonPage{
				Base: manager(b), Head: head(), Person: somebody, Email: "georgia@example.org", Staff: true, Learner: true,
				Workers: []people.WorkerInList{{Assignment: "a1", Worker: "u3", Role: web.Mentor, Called: rtlName, Since: "2026-05-03"}},
				Beside:  []templates.Choice{{Value: "facilitator:u4", Text: "Tom (fern-11)"}},
				Roles:   []templates.Choice{{Value: "learner", Key: "role.learner"}, {Value: "mentor", Key: "role.mentor", Chosen: true}}, Cohorts: offered(),
			}
		}},
		{"person-wrong", "people/person", func(b web.Base) any {
			return &people.PersonPage{
				Base: manager(b), Head: head(), Person: somebody, Learner: true, Roles: []templates.Choice{{Value: "learner", Key: "role.learner"}}, Cohorts: offered(),
				First: "2026-05-03", Last: "2026-05-01", Resumes: "2020-02-01", Errors: append(problem("last", "date-order"), problem("resumes-m3", "date-past")...),
			}
		}},
		{"role-end", "people/role-end", func(b web.Base) any {
			return &people.RoleEndPage{Base: manager(b), Head: head(), Person: somebody, Role: roles()[0], Learners: 7, Back: "/manage", Address: "/manage"}
		}},
		{"role-end-last", "people/role-end", func(b web.Base) any {
			return &people.RoleEndPage{Base: manager(b), Person: somebody, Role: people.RoleHeld{Role: web.Manager}, Back: "/manage", Address: "/manage", Errors: problem("last", "last-manager")}
		}},
		{"staff-new", "people/staff-new", func(b web.Base) any {
			return &people.StaffNewPage{Base: manager(b), Head: head(), Username: "maple-48", Roles: []templates.Choice{{Value: "mentor", Key: "role.mentor"}}, Cohorts: offered(), Languages: []templates.Choice{{Key: "manage.any-language"}, {Value: "en", Text: "English"}}, Errors: problem("email", "email-not-here")}
		}},
	}
}

func siteScenes() []scene {
	tongues := []people.LanguageToOffer{{Tag: "en", Name: "English", Dir: "ltr", Offered: true}}
	return []scene{
		{"settings", "people/settings", func(b web.Base) any {
			return &people.SettingsPage{Base: manager(b), Stamp: "s", SiteName: "Alongside", Leave: "https://www.bbc.co.uk/weather", Languages: tongues}
		}},
		{"settings-meanwhile", "people/settings", func(b web.Base) any {
			return &people.SettingsPage{Base: manager(b), SiteName: longName, Leave: "/", Languages: tongues, Stands: &people.SettingsStanding{SiteName: "Side by side", Leave: "https://example.org", Languages: "en"}, Errors: append(problem("stands", "changed-meanwhile"), problem("languages", "languages-missing")...)}
		}},
		{"help-list", "people/help-list", func(b web.Base) any {
			var numbers []people.HelpInList
			for i, h := range helpNumbers() {
				numbers = append(numbers, people.HelpInList{Number: i + 1, Help: h, Language: templates.LanguageOf("en"), First: i == 0, Last: i == 1})
			}
			numbers[1].Place, numbers[1].Help.Name = "Willow, Quay House", longName
			return &people.HelpListPage{Base: manager(b), Numbers: numbers, Lacks: []people.HelpLack{{Kind: "crisis"}, {Kind: "emergency", In: templates.LanguageOf("fa")}}, Sure: 1, SureOf: rtlName, Errors: problem("numbers", "changed-meanwhile")}
		}},
		{"help-list-none", "people/help-list", func(b web.Base) any {
			return &people.HelpListPage{Base: manager(b), Lacks: []people.HelpLack{{Kind: "emergency"}, {Kind: "crisis"}}}
		}},
		{"help-edit", "people/help-edit", func(b web.Base) any {
			return &people.HelpEditPage{Base: manager(b), Number: 1, Help: helpNumbers()[1], Kinds: offered(), Languages: offered(), Places: offered(), Sure: true, Errors: problem("sure", "help-needed")}
		}},
		{"help-edit-meanwhile", "people/help-edit", func(b web.Base) any {
			return &people.HelpEditPage{Base: manager(b), Number: 1, Help: helpNumbers()[1], Stands: &helpNumbers()[0], Errors: problem("stands", "changed-meanwhile")}
		}},
		{"help-edit-new", "people/help-edit", func(b web.Base) any {
			return &people.HelpEditPage{Base: manager(b), Kinds: offered(), Errors: problem("phone", "help-way-missing")}
		}},
		{"help-places", "web/help", func(b web.Base) any {
			return &web.HelpPage{Base: b, Places: []web.HelpPlace{{Name: "Quay House", Groups: []web.HelpGroup{{Kind: "advice", Numbers: helpNumbers()[1:]}}}}}
		}},
		{"mail", "people/mail", func(b web.Base) any {
			return &people.MailPage{Base: manager(b), On: true, Host: "smtp.example.org", Port: "587", TLS: "starttls", HasPassword: true, Sender: "Alongside", From: "a@example.org", To: "b@example.org", Tried: true, Failed: "535 5.7.8 Error: authentication failed: " + longName}
		}},
		{"mail-sent", "people/mail", func(b web.Base) any {
			return &people.MailPage{Base: manager(b), Port: "587", To: "b@example.org", Tried: true, Errors: problem("host", "host-wrong")}
		}},
		{"mail-slow", "people/mail", func(b web.Base) any { return &people.MailPage{Base: manager(b), TLS: "tls", Tried: true, Slow: true} }},
	}
}
