package gallery

import (
	"strings"

	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// writtenRows are rows of the list of what somebody wrote, in every state.
func writtenRows() []reflections.ListedReflection {
	return []reflections.ListedReflection{
		{Address: "/reflections/r1", Asked: "When were you last really listened to?", First: "On the bus. She put her phone away and asked how my week was, and then she did not say anything for a…", Felt: reflections.Ticked([]string{"calm", "thankful"}), Shared: true, New: true, Date: "2026-05-03T09:00:00Z"},
		{Address: "/reflections/r2", Asked: "What in this do you know?", First: strings.Repeat("Donaudampfschifffahrt", 6) + "…", Shared: true, Replied: true, Date: "2026-05-02T09:00:00Z"},
		{Address: "/reflections/r3", Asked: "Who walked beside me?", Voice: true, Date: "2026-05-01T09:00:00Z"},
		{Address: "/reflections/r4", Asked: "My line", Paper: true, Felt: reflections.Ticked([]string{reflections.RatherNot}), Date: "2026-04-01T09:00:00Z"},
		{Address: "/reflections/r5", Asked: "What I will say first", Lock: reflections.Shut, Date: "2026-03-01T09:00:00Z"},
		{Address: "/reflections/r6", Asked: "What I keep", Lock: reflections.NotNow, Date: "2026-02-01T09:00:00Z"},
	}
}

// thread is one person who may read a reflection.
func thread(lock reflections.Lock) reflections.ThreadView {
	view := reflections.ThreadView{Called: longName, Reads: true, Lock: lock}
	view.Share = reflections.Share{ID: "s1", Reflection: "r1", Role: web.Facilitator, Shared: "2026-05-03 09:00:00.000Z", Promised: "2026-05-06 09:00:00.000Z", Waits: "2026-05-03 09:00:00.000Z"}
	view.Shown = reflections.Shown{Module: "Listening", Lang: "en", Asked: "When were you last really listened to?", Parts: []reflections.Part{{Asked: "What happened?", Said: "On the bus."}}}
	return view
}

// writingScenes are the pages of all that somebody wrote, of one of it, and of
// deleting that.
func writingScenes() []scene {
	one := func(change func(*reflections.OnePage)) func(web.Base) any {
		return func(b web.Base) any {
			page := &reflections.OnePage{
				Base: b, Address: "/reflections/r1", Title: "Listening", Lang: "en", Asked: "When were you last really listened to?",
				Step: "/courses/walking-alongside/listening/really-heard",
				Parts: []reflections.Part{
					{Asked: "What happened?", Said: "On the bus.\nShe put her phone away."},
					{Asked: "So what did it mean to you?", Said: strings.Repeat("Donaudampfschifffahrt", 6)},
					{Said: "هذا ما كتبته بلغتي."},
				},
				Felt: reflections.Ticked([]string{"calm", "thankful", reflections.RatherNot}),
			}
			if change != nil {
				change(page)
			}
			return page
		}
	}
	remove := func(page reflections.DeletePage) func(web.Base) any {
		return func(b web.Base) any {
			one := page
			one.Base, one.Address, one.Back, one.Title, one.Lang = b, "/reflections/r1/delete", "/reflections/r1", "Listening", "en"
			one.Asked, one.Copies = "When were you last really listened to?", "2026-06-03"
			return &one
		}
	}
	return []scene{
		{"written", "reflections/list", func(b web.Base) any {
			return &reflections.ListPage{Base: b, Newer: "/reflections?page=1", Older: "/reflections?page=3", Courses: []reflections.ListedCourse{
				{Title: "Walking Alongside", Lang: "en", Modules: []reflections.ListedModule{{Title: "Listening", Lang: "en", Rows: writtenRows()[:3]}, {Title: "Private, not secret", Lang: "en", Rows: writtenRows()[3:5]}}},
				{Modules: []reflections.ListedModule{{Title: "شنیدن", Lang: "fa", Rows: writtenRows()[5:]}}},
			}}
		}},
		{"written-none", "reflections/list", func(b web.Base) any { return &reflections.ListPage{Base: b} }},
		{"one", "reflections/one", one(nil)},
		{"one-shared", "reflections/one", one(func(p *reflections.OnePage) {
			p.Shared, p.Threads = true, []reflections.ThreadView{thread(reflections.Unlocked)}
		})},
		{"one-said", "reflections/one", one(func(p *reflections.OnePage) {
			p.Parts, p.Heard = nil, &reflections.Heard{ID: "a1", Seconds: 65, Bytes: 90_000, At: "2026-05-03 09:00:00.000Z"}
		})},
		{"one-paper", "reflections/one", one(func(p *reflections.OnePage) { p.Parts, p.Felt, p.Paper, p.Step = nil, reflections.Felt{}, true, "" })},
		{"one-nothing", "reflections/one", one(func(p *reflections.OnePage) { p.Parts, p.Felt = nil, reflections.Felt{} })},
		{"one-shut", "reflections/one", one(func(p *reflections.OnePage) {
			p.Parts, p.Felt, p.Lock, p.Shared = nil, reflections.Felt{}, reflections.Shut, true
			p.Threads = []reflections.ThreadView{thread(reflections.Shut)}
		})},
		{"delete", "reflections/delete", remove(reflections.DeletePage{})},
		{"delete-shared", "reflections/delete", remove(reflections.DeletePage{Shared: true, Spoken: true})},
		{"delete-held", "reflections/delete", remove(reflections.DeletePage{Shared: true, Whys: []string{"legal", "safeguarding"}})},
		{"delete-shut", "reflections/delete", remove(reflections.DeletePage{Lock: reflections.Shut})},
	}
}
