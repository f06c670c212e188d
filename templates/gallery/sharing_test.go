package gallery

import (
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

const shareAddress = "/reflections/r1/share"

func whoMayRead(chosen bool) []reflections.ReaderChoice {
	back := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	return []reflections.ReaderChoice{
		{Answerer: people.Answerer{ID: "u2", Role: web.Facilitator, Called: "Tom"}, Usually: reflections.Usually{Days: 2}, By: "2026-05-05", Chosen: chosen, Shared: "2026-05-01T10:00:00Z"},
		{Answerer: people.Answerer{ID: "u3", Role: web.Mentor, Called: longName, Away: back}, Usually: reflections.Usually{Days: 5, Promised: true}, By: "2026-06-06", Covers: []string{"Linh", rtlName}},
		{Answerer: people.Answerer{ID: "u4", Role: web.Mentor, Called: rtlName, CoversFor: longName}, Usually: reflections.Usually{Days: 1}, By: "2026-05-04", Chosen: chosen},
	}
}

func choosing(b web.Base, chosen bool) *reflections.SharePage {
	return &reflections.SharePage{
		Base: b, Address: shareAddress, Back: "/reflections/r1", Title: "Listening", Lang: "en", Asked: "When were you last really listened to?", Seen: "x.y",
		Readers: whoMayRead(chosen),
		Pieces: []reflections.PieceChoice{
			{Key: "k1", Part: reflections.Part{Asked: "What happened?", Said: "My aunt sat down.\nShe put her phone away."}},
			{Key: "k2", Keep: chosen, Part: reflections.Part{Asked: "So what did it mean to you?", Said: "I cried on the bus. Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen."}},
			{Key: "k3", Felt: reflections.Felt{Feelings: []string{"calm", "thankful"}}},
			{Key: "k4", Heard: &reflections.Heard{ID: "rec1", Seconds: 72, Bytes: 300_000, At: "2026-05-03 10:00:00.000Z"}},
		},
		Shown: shownToTom(),
	}
}

func shownToTom() reflections.Shown {
	return reflections.Shown{
		Module: "Listening", Lang: "en", Asked: "When were you last really listened to?",
		Parts:    []reflections.Part{{Asked: "What happened?", Said: "My aunt sat down.\nShe put her phone away."}},
		Feelings: []string{"calm", "thankful"},
	}
}

func threadOf(s reflections.Share) reflections.ThreadView {
	s.ID, s.Reflection, s.Reader, s.Role, s.Shared, s.Promised = "s1", "r1", "u2", web.Facilitator, "2026-05-03 10:00:00.000Z", "2026-05-08 23:59:59.999Z"
	return reflections.ThreadView{Share: s, Called: "Tom", Reads: s.Withdrawn == "", Shown: shownToTom()}
}

func threadAnswered() reflections.ThreadView {
	t := threadOf(reflections.Share{Seen: "2026-05-04 10:00:00.000Z", Answered: "2026-05-04 11:00:00.000Z", Talk: true})
	t.Called, t.Changed = longName, true
	t.Replies = []reflections.ReplyView{
		{Reply: reflections.Reply{ID: "p1", Sent: "2026-05-04 11:00:00.000Z", Text: "Thank you for trusting me with this.\n\nWhat did it feel like when she put her phone away?"}},
		{Mine: true, Reply: reflections.Reply{ID: "p2", Sent: "2026-05-05 11:00:00.000Z", Text: "Like I was there."}, Heard: &reflections.Heard{ID: "rec2", Seconds: 12, Bytes: 50_000, At: "2026-05-05 11:00:00.000Z"}},
		{Reply: reflections.Reply{ID: "p3", Sent: "2026-05-06 11:00:00.000Z", Lock: reflections.NotNow}},
	}
	return t
}

func threadPageOf(b web.Base, t reflections.ThreadView) *reflections.ThreadPage {
	return &reflections.ThreadPage{Base: b, Thread: t, Back: "/reflections/r1", Title: "Listening", Lang: "en", Asked: "When were you last really listened to?", After: t.Sent()}
}

// sharingScenes are the pages on which a learner says who may read what they wrote.
func sharingScenes() []scene {
	const share, one, take, instead = "reflections/share", "reflections/thread", "reflections/withdraw", "reflections/else"
	return []scene{
		{"share", share, func(b web.Base) any { return choosing(b, false) }},
		{"share-nobody", share, func(b web.Base) any {
			p := choosing(b, false)
			p.Readers = nil
			return p
		}},
		{"share-wrong", share, func(b web.Base) any {
			p := choosing(b, false)
			p.Errors = []web.FieldError{{Field: "to", Key: "share-to-missing"}, {Field: "keep", Key: "share-nothing"}}
			return p
		}},
		{"share-changed", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Why, p.Edited = "changed", true
			return p
		}},
		{"share-gone", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Why = "gone"
			return p
		}},
		{"share-elsewhere", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Why = "elsewhere"
			return p
		}},
		{"share-no-key", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Why = "no-key"
			return p
		}},
		{"share-paper", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Pieces, p.Paper = nil, true
			return p
		}},
		{"share-closed", share, func(b web.Base) any {
			p := choosing(b, false)
			p.Lock = reflections.Shut
			return p
		}},
		{"share-check", share, func(b web.Base) any {
			p := choosing(b, true)
			p.Check = true
			return p
		}},
		{"thread-new", one, func(b web.Base) any {
			return threadPageOf(b, threadOf(reflections.Share{Waits: "2026-05-03 10:00:00.000Z"}))
		}},
		{"thread-answered", one, func(b web.Base) any {
			p := threadPageOf(b, threadAnswered())
			p.Reply = "I will think about it."
			return p
		}},
		{"thread-wrong", one, func(b web.Base) any {
			p := threadPageOf(b, threadAnswered())
			p.Again, p.Errors = true, []web.FieldError{{Field: "reply", Key: "reply-empty"}}
			return p
		}},
		{"thread-away", one, func(b web.Base) any {
			t := threadOf(reflections.Share{Waits: "2026-05-03 10:00:00.000Z"})
			t.Away, t.Covers = "2026-06-01", []string{"Linh"}
			return threadPageOf(b, t)
		}},
		{"thread-late", one, func(b web.Base) any {
			t := threadOf(reflections.Share{Seen: "2026-05-04 10:00:00.000Z", Waits: "2026-05-03 10:00:00.000Z"})
			t.Late = true
			return threadPageOf(b, t)
		}},
		{"thread-rests", one, func(b web.Base) any {
			t := threadOf(reflections.Share{Seen: "2026-05-04 10:00:00.000Z", Answered: "2026-05-04 11:00:00.000Z"})
			t.Replies = []reflections.ReplyView{{Mine: true, Reply: reflections.Reply{ID: "p1", Sent: "2026-05-05 11:00:00.000Z", Seen: "2026-05-06 11:00:00.000Z", Text: "Thank you."}}}
			return threadPageOf(b, t)
		}},
		{"thread-gone", one, func(b web.Base) any {
			t := threadOf(reflections.Share{})
			t.Reads, t.Called = false, ""
			p := threadPageOf(b, t)
			p.Reply = "Are you still there?"
			return p
		}},
		{"thread-taken-back", one, func(b web.Base) any {
			return threadPageOf(b, threadOf(reflections.Share{Withdrawn: "2026-05-07 10:00:00.000Z"}))
		}},
		{"thread-closed", one, func(b web.Base) any {
			t := threadOf(reflections.Share{})
			t.Lock = reflections.Shut
			return threadPageOf(b, t)
		}},
		{"withdraw", take, func(b web.Base) any {
			return &reflections.WithdrawPage{Base: b, Address: "/reflections/r1/threads/s1/withdraw", Back: "/reflections/r1", Thread: threadOf(reflections.Share{})}
		}},
		{"withdraw-held", take, func(b web.Base) any {
			return &reflections.WithdrawPage{Base: b, Address: "/reflections/r1/threads/s1/withdraw", Back: "/reflections/r1", Thread: threadAnswered(), Whys: []string{"safeguarding", "legal"}}
		}},
		{"withdraw-done", take, func(b web.Base) any {
			return &reflections.WithdrawPage{Base: b, Back: "/reflections/r1", Thread: threadOf(reflections.Share{Withdrawn: "2026-05-07 10:00:00.000Z"})}
		}},
		{"else", instead, func(b web.Base) any {
			return &reflections.ElsePage{Base: b, Errors: []web.FieldError{{Field: "who", Key: "else-missing"}}, Workers: []reflections.ElseChoice{
				{Worker: people.Worker{Assignment: "a1", Role: web.Facilitator, Called: "Tom"}, Told: []string{"Kofi", longName}, Looked: "2026-05-02T10:00:00Z"},
				{Worker: people.Worker{Assignment: "a2", Role: web.Mentor, Called: rtlName}, Told: []string{"Kofi"}, Asked: "2026-05-03T10:00:00Z"},
				{Worker: people.Worker{Assignment: "a3", Role: web.Mentor, Called: longName}},
			}}
		}},
		{"else-none", instead, func(b web.Base) any { return &reflections.ElsePage{Base: b} }},
	}
}
