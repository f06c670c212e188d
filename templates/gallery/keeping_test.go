package gallery

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"
)

func holdings() []people.Holding {
	return []people.Holding{
		{Kind: "profile", Count: 1},
		{Kind: "roles", Count: 2},
		{Kind: "sign-ins", Count: 48},
		{Kind: "answers", Count: 1204},
		{Kind: "reflections", Count: 31},
	}
}

func held() []people.HoldView {
	return []people.HoldView{
		{ID: "h1", Why: "safeguarding", Who: "Farida", Since: "2026-05-03T10:00:00Z", Until: "2026-11-03T00:00:00Z", Late: true},
		{ID: "h2", Why: "legal", Since: "2026-06-03T10:00:00Z", Until: "2027-06-03T00:00:00Z"},
	}
}

func clocks() []people.ClockView {
	return []people.ClockView{{Name: "copies", Days: 30}, {Name: "sign-ins", Days: 90}, {Name: "left", Days: 365}, {Name: "waiting", Days: 1}}
}

func actsOnMe() []people.ActView {
	return []people.ActView{
		{At: "2026-05-03T10:00:00Z", Says: "my-act.progress-viewed", Who: "Georgia-Alexandra Featherstonehaugh-Wojciechowska of the second floor"},
		{At: "2026-05-02T10:00:00Z", Says: "my-act.signed-in", Mine: true},
		{At: "2026-05-01T10:00:00Z", Says: "my-act.sign-in-refused"},
	}
}

func keepingScenes() []scene {
	return append([]scene{
		{"my-data", "people/my-data", func(b web.Base) any {
			return &people.MyDataPage{Base: b, Held: holdings(), Acts: actsOnMe(), Clocks: clocks(), Asks: "pin"}
		}},
		{"my-data-new", "people/my-data", func(b web.Base) any {
			return &people.MyDataPage{Base: b, Held: holdings()[:1], Clocks: clocks()}
		}},
		{"my-data-wrong", "people/my-data", func(b web.Base) any {
			return &people.MyDataPage{
				Base: b, Held: holdings(), Acts: actsOnMe(), Clocks: clocks(), Asks: "password", Done: actsOnMe(), Asked: "2026-05-03T10:00:00Z", Holds: held(),
				Errors: []web.FieldError{{Field: "secret", Key: "secret-wrong"}},
			}
		}},
		{"my-data-closed", "people/my-data", func(b web.Base) any {
			b.Viewer.Closed, b.Notice = true, "erasure-asked"
			return &people.MyDataPage{Base: b, Held: holdings(), Clocks: clocks(), Asks: "pin", Asked: "2026-05-03T10:00:00Z", Told: true, Wait: 4}
		}},
		{"erase-me", "people/erase-me", func(b web.Base) any {
			return &people.EraseMePage{Base: b, Held: holdings(), Copies: "2026-06-03"}
		}},
		{"erase-me-held", "people/erase-me", func(b web.Base) any {
			return &people.EraseMePage{Base: b, Held: holdings(), Holds: held(), Copies: "2026-06-03"}
		}},
		{"erase-me-proof", "people/erase-me", func(b web.Base) any {
			return &people.EraseMePage{
				Base: b, Held: holdings(), Copies: "2026-06-03", Proof: true, Asks: "pin", Errors: []web.FieldError{{Field: "secret", Key: "secret-wrong"}},
			}
		}},
		{"erase-me-staff", "people/erase-me", func(b web.Base) any {
			return &people.EraseMePage{Base: b, Held: holdings(), Copies: "2026-06-03", Proof: true}
		}},
		{"erase-me-back", "people/erase-me", func(b web.Base) any {
			return &people.EraseMePage{Base: b, Held: holdings(), Copies: "2026-06-03", Asked: true, Proof: true, Asks: "password"}
		}},
	}, keepingScenesOfManagers()...)
}

func keepingScenesOfManagers() []scene {
	return []scene{
		{"erasures", "people/erasures", func(b web.Base) any {
			return &people.ErasuresPage{Base: b, Who: "mapel-48", Errors: []web.FieldError{{Field: "username", Key: "nobody-called-so"}}, Open: []people.OpenErasure{
				{Person: "p1", Username: "maple-48", Asked: "2026-05-03T10:00:00Z", Theirs: true},
				{Person: "p2", Username: "a-username-of-sixty-four-characters-is-the-longest-that-there-is", Asked: "2026-05-04T10:00:00Z", Held: true},
			}}
		}},
		{"erasures-none", "people/erasures", func(b web.Base) any { return &people.ErasuresPage{Base: b} }},
		{"erasure", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{
				Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Asked: "2026-05-03T10:00:00Z", Theirs: true, Held: holdings(), Copies: "2026-06-03",
				Errors: []web.FieldError{{Field: "username", Key: "username-other"}},
			}
		}},
		{"erasure-noted", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Asked: "2026-05-03T10:00:00Z", MayBack: true, Beyond: true, Held: holdings(), Copies: "2026-06-03"}
		}},
		{"erasure-alone", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Alone: true, Held: holdings(), Copies: "2026-06-03"}
		}},
		{"erasure-held", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Holds: held(), Held: holdings(), Copies: "2026-06-03"}
		}},
		{"erasure-begun", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Asked: "2026-05-03T10:00:00Z", Begun: true, Held: holdings(), Copies: "2026-06-03"}
		}},
		{"erasure-taken-back", "people/erasure", func(b web.Base) any {
			return &people.ErasurePage{Base: b, Address: "/manage/erasures/p1", Username: "maple-48", Unasked: true, Held: holdings(), Copies: "2026-06-03"}
		}},
		{"name-mine", "people/name", func(b web.Base) any {
			return &people.NamePage{
				Base: b, Address: "/me/name", Back: "/me", Mine: true, Username: "maple-48", Called: "Sam", Email: "taken@example.org", MayEmail: true, Asks: "pin",
				Errors: []web.FieldError{{Field: "email", Key: "email-not-here"}, {Field: "secret", Key: "secret-wrong"}},
			}
		}},
		{"name-mine-without-secret", "people/name", func(b web.Base) any {
			return &people.NamePage{Base: b, Address: "/me/name", Back: "/me", Mine: true, Username: "maple-48", Wait: 2}
		}},
		{"name-theirs", "people/name", func(b web.Base) any {
			return &people.NamePage{Base: b, Address: "/facilitate/learners/p1/name", Back: "/facilitate/learners/p1", Username: "maple-48", Called: longName, MayEmail: true}
		}},
		{"name-theirs-language", "people/name", func(b web.Base) any {
			return &people.NamePage{
				Base: b, Address: "/facilitate/learners/p1/name", Back: "/facilitate/learners/p1", Username: "maple-48", Called: "Sam",
				Languages: []templates.Choice{{Key: "manage.any-language"}, {Value: "en", Text: "English", Lang: "en"}, {Value: "fa", Text: "فارسی", Lang: "fa", Chosen: true}},
				Errors:    []web.FieldError{{Field: "language", Key: "language-missing"}},
			}
		}},
		{"holds", "people/holds", func(b web.Base) any {
			return &people.HoldsPage{Base: b, Holds: []people.PersonOnHold{{Person: "p1", Username: "maple-48", HoldView: held()[0]}, {Person: "p2", Username: "willow-63", HoldView: held()[1]}}}
		}},
		{"holds-none", "people/holds", func(b web.Base) any { return &people.HoldsPage{Base: b} }},
		{"person-holds", "people/person-holds", func(b web.Base) any {
			return &people.PersonHoldsPage{Base: b, Address: "/manage/holds/p1", Username: "maple-48", Holds: held(), Whys: []string{"safeguarding", "legal", "funder"}}
		}},
		{"person-holds-own", "people/person-holds", func(b web.Base) any {
			return &people.PersonHoldsPage{Base: b, Address: "/manage/holds/p1", Username: "maple-48", Mine: true, Holds: []people.HoldView{held()[0], {Elsewhere: true}}}
		}},
		{"person-holds-begun", "people/person-holds", func(b web.Base) any {
			return &people.PersonHoldsPage{Base: b, Address: "/manage/holds/p1", Username: "maple-48", Begun: true, Whys: []string{"safeguarding", "legal", "funder"}}
		}},
		{"person-holds-wrong", "people/person-holds", func(b web.Base) any {
			return &people.PersonHoldsPage{
				Base: b, Address: "/manage/holds/p1", Username: "maple-48", Whys: []string{"safeguarding", "legal", "funder"}, Until: "2020-01-01",
				Errors: []web.FieldError{{Field: "why", Key: "hold-why-missing"}, {Field: "until", Key: "hold-until"}},
			}
		}},
		{"retention", "people/retention", func(b web.Base) any {
			return &people.RetentionPage{Base: b, Ran: "2026-05-03T02:43:00Z", Gone: []people.Holding{{Kind: "sign-ins", Count: 12}}, Clocks: clockRows()}
		}},
		{"retention-sooner", "people/retention", func(b web.Base) any {
			return &people.RetentionPage{Base: b, Sooner: 1204, Clocks: clockRows()}
		}},
		{"retention-wrong", "people/retention", func(b web.Base) any {
			return &people.RetentionPage{Base: b, Ran: "2026-05-03T02:43:00Z", Clocks: clockRows(), Errors: []web.FieldError{{Field: "left", Key: "days-wrong", Max: 30}}}
		}},
	}
}

func clockRows() []people.ClockRow {
	return []people.ClockRow{
		{Name: "copies", Days: "30", Least: 1},
		{Name: "sign-ins", Days: "90", Least: 1, Due: 12, Ours: true},
		{Name: "left", Days: "a year", Least: 30, Ours: true},
		{Name: "waiting", Days: "1", Runs: 1, Least: 1, Fixed: true, Due: 1, Ours: true},
	}
}
