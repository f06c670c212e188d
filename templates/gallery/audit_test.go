package gallery

import (
	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// auditScenes are the record of acts, as managers see it.
func auditScenes() []scene {
	return []scene{
		{"acts", "people/audit", acts(func(p *people.ActsPage) {
			p.All, p.Whole, p.Checked = true, true, audit.Report{Rows: 48, Newest: 48, Until: "2026-05-03 10:00:00.000Z"}.Lines(p.Lang)
		})},
		{"acts-of-programmes", "people/audit", acts(func(p *people.ActsPage) { p.Kind = audit.CardMade })},
		{"acts-none", "people/audit", acts(func(p *people.ActsPage) { p.Days, p.Kinds = nil, nil })},
		{"acts-checking", "people/audit", acts(func(p *people.ActsPage) { p.All, p.Checking = true, 12000 })},
		{"acts-no-key", "people/audit", acts(func(p *people.ActsPage) { p.All, p.CannotCheck = true, true })},
		{"acts-not-whole", "people/audit", acts(func(p *people.ActsPage) {
			p.All, p.Checked = true, audit.Report{Rows: 48, Newest: 48, Until: "2026-05-03 10:00:00.000Z", Findings: []audit.Finding{
				{Fault: audit.Changed, From: 7, To: 7, Since: "2026-05-01 10:00:00.000Z"}, {Fault: audit.Removed, From: 9, To: 12},
			}}.Lines(p.Lang)
		})},
		{"acts-wrong-days", "people/audit", acts(func(p *people.ActsPage) {
			p.Days, p.From, p.Errors = nil, "yesterday", []web.FieldError{{Field: "from", Key: "date-wrong"}}
		})},
	}
}

func acts(change func(*people.ActsPage)) func(web.Base) any {
	return func(b web.Base) any {
		page := &people.ActsPage{
			Base: b, From: "2026-05-01", Until: "2026-05-03", Checking: -1, Export: "/manage/audit/acts.csv?from=2026-05-01&until=2026-05-03&kind=",
			Kinds: []audit.Kind{audit.CardMade, audit.SignedIn, audit.Unassigned},
			Days: []people.ActDay{
				{Day: "2026-05-03", Acts: []audit.DayCount{{Day: "2026-05-03", Kind: audit.SignedIn, Count: 41}, {Day: "2026-05-03", Kind: audit.CardMade, Count: 1}}},
				{Day: "2026-05-01", Acts: []audit.DayCount{{Day: "2026-05-01", Kind: audit.Unassigned, Count: 2}}},
			},
		}
		change(page)
		return page
	}
}
