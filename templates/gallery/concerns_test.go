package gallery

import (
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"
)

func statement() reflections.Statement {
	return reflections.Statement{
		Said: "He said he does not see the point any more.\nThen he said: forget it.", When: "Today at about 3 in the afternoon",
		Seen: "He had not slept. His bag was packed.", Think: strings.Repeat("I think that he needs somebody today. ", 12),
		Done: "I stayed until his sister came.", Told: []string{"on-call", "emergency"}, ToldElse: longName, ToldWhen: "Today at about four",
		Wishes: "That nobody rings his mother.", Knows: "against", Why: "His sister’s child lives in the same flat.",
	}
}

func concernAbout() []templates.Choice {
	return []templates.Choice{{Key: "concern.about.choose"}, {Value: "p:l", Text: "Dina (maple-48) · Willow", Chosen: true}, {Value: "p:", Text: "Nobody named · Willow"}}
}

func named() reflections.Named {
	return reflections.Named{About: "Dina", Staff: longName, Raiser: "Tom", Label: "Willow"}
}

func concernRows() []reflections.ConcernInList {
	return []reflections.ConcernInList{
		{ID: "c1", State: "raised", Since: "2026-05-03T10:00:00Z", For: reflections.Clock{Hours: 3}, Raiser: longName},
		{ID: "c2", State: "decided", Since: "2026-05-01T10:00:00Z", For: reflections.Clock{Days: 2}, Raiser: "Tom", Review: "2026-06-01"},
		{ID: "c4", State: "actions", Since: "2026-05-01T10:00:00Z", For: reflections.Clock{Days: 9}, Raiser: longName, Review: "2026-05-03", Due: reflections.DueToday, More: true},
		{ID: "c5", State: "decided", Since: "2026-05-01T10:00:00Z", For: reflections.Clock{Days: 9}, Raiser: "Tom", Review: "2026-05-02", Due: reflections.DueSince},
		{ID: "c3", State: "raised", Since: "2026-05-03T10:00:00Z", For: reflections.Clock{Minutes: 5}},
	}
}

func concernPage(b web.Base, state string, next ...string) *reflections.ConcernPage {
	return &reflections.ConcernPage{
		Base: lead(b), Concern: reflections.Concern{ID: "c1", About: "u1", Share: "s1", State: state, Raised: "2026-05-03 10:00:00.000Z"}, Who: named(),
		For: reflections.Clock{Hours: 3}, Statement: statement(), Lead: true, Next: next, ShareState: "there",
	}
}

// lead is a page of a safeguarding lead.
func lead(b web.Base) web.Base {
	b.Ways.Concerns, b.Ways.Learners = true, true
	return b
}

func concernActs() []reflections.ConcernAct {
	return []reflections.ConcernAct{
		{Kind: "acknowledged", At: "2026-05-03T12:00:00Z", Who: "Lea", Text: "I ring him at four."},
		{Kind: "viewed", At: "2026-05-03T12:05:00Z", Who: longName, Text: "To read his own words."},
		{Kind: "decided", At: "2026-05-03T13:00:00Z", Who: "Lea", What: "act", Text: "He is seen tonight.\nHis sister knows.", Review: "2026-05-10"},
		{Kind: "added", At: "2026-05-04T12:00:00Z", Who: "Tom", Text: "He rang me again.\nHe is at his sister's."},
		{Kind: "told", At: "2026-05-04T13:00:00Z", NotNow: true},
	}
}

func concernScenes() []scene {
	return []scene{
		{"concern-said", "reflections/concern-said", func(b web.Base) any {
			return &reflections.ConcernSaidPage{Base: b, Address: "/concerns/new", ID: "abc", About: concernAbout(), Staff: []templates.Choice{{Key: "concern.staff.nobody"}}}
		}},
		{"concern-said-wrong", "reflections/concern-said", func(b web.Base) any {
			return &reflections.ConcernSaidPage{
				Base: b, Address: "/concerns/c1/said", Share: "s1", About: concernAbout(), Staff: []templates.Choice{{Value: "p:x", Text: longName, Chosen: true}}, Statement: statement(),
				Errors: []web.FieldError{{Field: "about", Key: "concern-about-missing"}, {Field: "think", Key: "line-long", Max: 8000}, {Field: "concern", Key: "cannot-be-kept"}},
			}
		}},
		{"concern-said-other", "reflections/concern-said", func(b web.Base) any {
			page := &reflections.ConcernSaidPage{Base: b, Address: "/concerns/c1/said", About: concernAbout(), Statement: statement()}
			page.Draft = reflections.DraftTab{Screen: "said", Seen: "?abc", Other: web.OtherText(".said",
				web.OtherPart{Label: "concern.about", Said: longName + " · Willow"}, web.OtherPart{Label: "concern.think", Said: strings.Repeat("Somebody should ring him. ", 20)})}
			page.Errors = []web.FieldError{page.Draft.Other.Error}
			return page
		}},
		{"concern-lost", "reflections/concern-lost", func(b web.Base) any {
			return &reflections.ConcernLostPage{Base: b, Raised: "c1", Said: []web.OtherPart{{Label: "concern.done", Said: "I stayed until his sister came.\n" + longName}}}
		}},
		{"concern-refused", "reflections/concern-lost", func(b web.Base) any {
			return &reflections.ConcernLostPage{Base: b, Refused: true, Said: []web.OtherPart{{Label: "concern.said", Said: "He said that he sleeps outside.\n" + longName}}}
		}},
		{"concern-said-username", "reflections/concern-said", func(b web.Base) any {
			return &reflections.ConcernSaidPage{
				Base: b, Address: "/concerns/new", ID: "abc", About: concernAbout(), AboutLong: true, AboutTyped: "maple-84", Staff: []templates.Choice{{Key: "concern.staff.nobody"}}, StaffLong: true, Statement: statement(),
				Errors: []web.FieldError{{Field: "about_username", Key: "concern-about-unknown"}},
			}
		}},
		{"concern-said-unlinked", "reflections/concern-said", func(b web.Base) any {
			return &reflections.ConcernSaidPage{
				Base: b, Address: "/concerns/new", ID: "abc", Unlinked: true, About: concernAbout(), Staff: []templates.Choice{{Key: "concern.staff.nobody"}}, Statement: statement(),
				Errors: []web.FieldError{{Field: "about", Key: "concern-about-left"}},
			}
		}},
		{"concern-done", "reflections/concern-done", func(b web.Base) any {
			return &reflections.ConcernDonePage{Base: b, Concern: "c1", Statement: statement(), Whom: []templates.Choice{
				{Value: "emergency", Key: "concern.told.emergency", Chosen: true}, {Value: "nobody", Key: "concern.told.nobody"},
			}}
		}},
		{"concern-wishes", "reflections/concern-wishes", func(b web.Base) any {
			return &reflections.ConcernWishesPage{Base: b, Concern: "c1", Statement: statement(), Know: []templates.Choice{
				{Value: "against", Key: "concern.knows.against", Chosen: true}, {Value: "not-yet", Key: "concern.knows.not-yet"},
			}}
		}},
		{"concern-check", "reflections/concern-check", func(b web.Base) any {
			return &reflections.ConcernCheckPage{Base: b, Concern: "c1", Who: named(), Statement: statement(), Readers: []people.Member{{Called: "Leo"}, {Called: longName}}, Mine: true}
		}},
		{"concern-check-nobody", "reflections/concern-check", func(b web.Base) any {
			return &reflections.ConcernCheckPage{Base: b, Concern: "c1", Who: reflections.Named{Label: "Willow"}, Numbers: []web.HelpGroup{{Kind: "emergency", Numbers: helpNumbers()[:1]}}, Errors: []web.FieldError{{Field: "said", Key: "concern-says-nothing"}}}
		}},
		{"concerns-lead", "reflections/concerns", func(b web.Base) any {
			b.Ways.ConcernWaits = true
			return &reflections.ConcernsPage{Base: lead(b), Lead: true, Waiting: concernRows(), Open: concernRows()[1:4], Closed: concernRows()[1:2], Drafts: concernRows()[:1], Changed: 2}
		}},
		{"concerns-own", "reflections/concerns", func(b web.Base) any {
			return &reflections.ConcernsPage{Base: b, Own: concernRows()[4:], Drafts: concernRows()[:2]}
		}},
		{"concerns-none", "reflections/concerns", func(b web.Base) any { return &reflections.ConcernsPage{Base: b} }},
		{"concerns-cannot", "reflections/concerns", func(b web.Base) any { return &reflections.ConcernsPage{Base: b, CannotBe: true} }},
		{"concern-raised", "reflections/concern", func(b web.Base) any { return concernPage(b, "raised", "acknowledged") }},
		{"concern-acknowledged", "reflections/concern", func(b web.Base) any {
			p := concernPage(b, "acknowledged", "decided")
			p.Acts, p.MayTell, p.Typed = concernActs()[:2], true, reflections.ConcernTyped{Text: "Not sure.", Review: "soon"}
			p.Errors = []web.FieldError{{Field: "what", Key: "concern-decision-missing"}, {Field: "review", Key: "date-wrong"}}
			return p
		}},
		{"concern-actions", "reflections/concern", func(b web.Base) any {
			p := concernPage(b, "actions", "actions", "closed")
			p.Acts, p.MayTell, p.ShareState = concernActs(), true, "withdrawn"
			return p
		}},
		{"concern-own", "reflections/concern", func(b web.Base) any {
			p := concernPage(b, "decided")
			p.Lead, p.MayAdd, p.Acts = false, true, concernActs()[3:4]
			return p
		}},
		{"concern-own-closed", "reflections/concern", func(b web.Base) any {
			p := concernPage(b, "closed")
			p.Lead, p.Typed = false, reflections.ConcernTyped{More: "He rang me again."}
			p.Errors = []web.FieldError{{Field: "more", Key: "concern-closed"}}
			return p
		}},
		{"concern-closed", "reflections/concern", func(b web.Base) any {
			p := concernPage(b, "closed")
			p.Acts, p.MayTell = concernActs(), true
			return p
		}},
		{"concern-tell", "reflections/concern-tell", func(b web.Base) any {
			return &reflections.ConcernTellPage{Base: b, Concern: "c1", Person: longName, Errors: []web.FieldError{{Field: "text", Key: "concern-tell-missing"}}}
		}},
		{"concern-tell-check", "reflections/concern-tell", func(b web.Base) any {
			return &reflections.ConcernTellPage{Base: b, Concern: "c1", Person: "Dina", Check: true, Text: "We talked to the house.\nYou can move on Monday."}
		}},
		{"concern-not-now", "reflections/concern", func(b web.Base) any {
			return &reflections.ConcernPage{Base: b, NotNow: true, Typed: reflections.ConcernTyped{Text: "I ring him at four."}, Errors: []web.FieldError{{Field: "concern", Key: "cannot-be-kept"}}}
		}},
		{"concern-share", "reflections/concern-share", func(b web.Base) any {
			return &reflections.ConcernSharePage{Base: b, Concern: "c1", Shown: reflections.Shown{Module: "Listening", Lang: "en", Asked: "When were you really listened to?", Parts: []reflections.Part{{Said: "Once.\nOn a bridge."}}, Paper: true}, Turns: []reflections.ConcernTurn{
				{Who: "Tom", Reply: reflections.Reply{Text: "Thank you.\nWhat was it like?", Sent: "2026-05-03 10:00:00.000Z"}},
				{Who: longName, Reply: reflections.Reply{Text: rtlName, Sent: "2026-05-03 11:00:00.000Z"}},
				{Reply: reflections.Reply{Lock: reflections.NotNow, Sent: "2026-05-03 12:00:00.000Z"}},
			}}
		}},
		{"concern-share-not-now", "reflections/concern-share", func(b web.Base) any { return &reflections.ConcernSharePage{Base: b, Concern: "c1", NotNow: true} }},
		{"told", "reflections/told", func(b web.Base) any {
			return &reflections.ToldPage{Base: b, Told: []reflections.Told{{At: "2026-05-04T13:00:00Z", Text: "We talked to the house.\nYou can move on Monday."}, {At: "2026-05-03T13:00:00Z", NotNow: true}}}
		}},
		{"told-opened", "reflections/told", func(b web.Base) any {
			return &reflections.ToldPage{Base: b, Opened: []reflections.LeadOpened{{At: "2026-05-04T13:00:00Z", Who: longName, Address: "/reflections/r1"}, {At: "2026-05-03T13:00:00Z"}}}
		}},
		{"told-shut", "reflections/told", func(b web.Base) any { return &reflections.ToldPage{Base: b, Shut: true} }},
		{"told-none", "reflections/told", func(b web.Base) any { return &reflections.ToldPage{Base: b} }},
	}
}

func call(kind string) reflections.Call {
	return reflections.Call{
		ID: "k1", Kind: kind, Made: "2026-05-03 22:00:00.000Z", Called: longName, Username: "maple-48",
		ModuleTitle: "Listening", StepTitle: "Four things that listeners do", Lang: "en", Address: "/courses/walking-alongside/listening/four-things",
	}
}

func callScenes() []scene {
	taken := call(reflections.CallNow)
	taken.Taken, taken.OnIt = "2026-05-03 22:05:00.000Z", longName
	numbers := []web.HelpGroup{{Kind: "emergency", Numbers: helpNumbers()[:1]}}
	return []scene{
		{"calls", "reflections/calls", func(b web.Base) any {
			b.Notice = "call-now"
			return &reflections.CallsPage{Base: b, Numbers: numbers, Calls: []reflections.MyCall{{Call: call(reflections.CallNow), Told: []reflections.Reached{{Called: "Lea"}}}, {Call: call(reflections.CallStuck), Told: []reflections.Reached{{Called: "Tom"}, {Called: longName, Away: "2026-11-30"}}}, {Call: call(reflections.CallStuck)}}}
		}},
		{"calls-again", "reflections/calls", func(b web.Base) any {
			return &reflections.CallsPage{Base: b, Numbers: numbers, Calls: []reflections.MyCall{{Call: call(reflections.CallNow), Again: true, Told: []reflections.Reached{{Called: longName}}}}}
		}},
		{"calls-taken", "reflections/calls", func(b web.Base) any {
			return &reflections.CallsPage{Base: b, Numbers: numbers, Calls: []reflections.MyCall{{Call: taken, Told: []reflections.Reached{{Called: longName}}}}}
		}},
		{"calls-none", "reflections/calls", func(b web.Base) any { return &reflections.CallsPage{Base: b} }},
		{"calls-ended", "reflections/calls", func(b web.Base) any {
			settled, back := call(reflections.CallStuck), call(reflections.CallNow)
			settled.Ended, settled.OnIt, back.Ended = "2026-05-04 08:00:00.000Z", longName, "2026-05-04 09:00:00.000Z"
			return &reflections.CallsPage{Base: b, Ended: []reflections.MyCall{{Call: settled}, {Call: back}}}
		}},
		{"flagged", "reflections/flagged", func(b web.Base) any {
			b.Ways.Called = web.CalledNow
			return &reflections.FlaggedPage{Base: lead(b), Numbers: numbers, Calls: []reflections.FlaggedCall{
				{Call: call(reflections.CallNow), MayRaise: true, Others: []people.Worker{{Called: "Tom", Role: web.Facilitator}, {Called: longName, Role: web.Mentor}}},
				{Call: taken, Leads: []people.Member{{Called: "Lea"}, {Called: longName}}},
				{Call: taken, Mine: true},
			}}
		}},
		{"flagged-none", "reflections/flagged", func(b web.Base) any {
			b.Ways.Called = web.OnACall
			return &reflections.FlaggedPage{Base: b}
		}},
		{"help-now", "web/help", func(b web.Base) any {
			b.Ways.MayAsk = true
			return &web.HelpPage{Base: b, Groups: numbers, Helpers: []web.Helper{{Called: "Tom"}, {Called: longName, Away: "2026-11-30"}}}
		}},
		{"help-now-asked", "web/help", func(b web.Base) any {
			b.Ways.MayAsk, b.Ways.Asked = true, true
			return &web.HelpPage{Base: b, Groups: numbers}
		}},
	}
}
