package gallery

import (
	"strings"

	"alongside/hooks/facilitation"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

const heard = "I wait. Then I say back what I heard.\n\nShe waited with me, and nobody spoke."

// answeringScenes are the pages of those who answer.
func answeringScenes() []scene {
	return []scene{
		{"queue", "facilitation/home", func(b web.Base) any { return queuePage(b, queue()) }},
		{"queue-nobody", "facilitation/home", func(b web.Base) any { return queuePage(b, &facilitation.Queue{}) }},
		{"queue-many", "facilitation/home", func(b web.Base) any {
			q := queue()
			q.Count, q.Stuck, q.Quiet, q.Begun = 61, nil, nil, nil
			return queuePage(b, q)
		}},
		{"shared", "facilitation/share", func(b web.Base) any { return sharePage(b) }},
		{"shared-taken", "facilitation/share", func(b web.Base) any {
			p := sharePage(b)
			p.Beside, p.Waiting.Beside = facilitation.Beside{Share: "s1", Other: longName}, longName
			p.Turns, p.Before, p.Phrases = nil, nil, facilitation.NoPhrases()
			return p
		}},
		{"shared-thread", "facilitation/share", func(b web.Base) any {
			p := sharePage(b)
			p.Back, p.Late, p.Reply, p.HasDraft, p.WantsTalk = true, true, "I read it twice.", true, true
			p.Said = spoken("")
			p.Heard = spoken("Dina")
			p.Turns = []facilitation.Turn{
				{Mine: true, Text: "Thank you, Dina.\nYou stayed. That is strong.", Sent: "2026-11-12", Seen: true},
				{Text: "It felt long. " + rtlName, Sent: "2026-11-14", Heard: spoken("Dina")},
				{Lock: reflections.NotNow, Sent: "2026-11-15"},
			}
			return p
		}},
		{"shared-wrong", "facilitation/share", func(b web.Base) any {
			p := sharePage(b)
			p.Learner.Name, p.Reply = longName, "What I had written."
			p.Errors = []web.FieldError{{Field: "reply", Key: "reply-moved"}}
			return p
		}},
		{"shared-other", "facilitation/share", func(b web.Base) any {
			page := sharePage(b)
			page.Reply, page.Seen, page.Other = "What I wrote here", "?abc", web.OtherText("", web.OtherPart{Said: strings.Repeat("What I wrote there. ", 12)})
			page.Errors = []web.FieldError{page.Other.Error}
			return page
		}},
		{"shared-moved", "facilitation/share", func(b web.Base) any {
			p := sharePage(b)
			p.Beside = facilitation.Beside{Share: "s1", Moved: true}
			return p
		}},
		{"shared-locked", "facilitation/share", func(b web.Base) any {
			p := sharePage(b)
			p.Lock, p.Turns, p.Module, p.MayLearn, p.MayRaise = reflections.NotNow, nil, learning.Link{}, false, false
			return p
		}},
		{"shared-withdrawn", "facilitation/share", func(b web.Base) any {
			return &facilitation.SharePage{Base: b, Waiting: withdrawn(), Reply: "What I had written,\nin two lines."}
		}},
		{"unsent", "facilitation/unsent", func(b web.Base) any { return &facilitation.UnsentPage{Base: b, Reply: heard} }},
		{"learner-shared", "facilitation/learner", func(b web.Base) any {
			p := learnerPage(b)
			p.Shared = append(queue().Waiting, withdrawn())
			p.Shared[0].State = reflections.WantsTalk
			p.Shared[1].Module = learning.Link{}
			return p
		}},
		{"phrases", "facilitation/phrases", func(b web.Base) any {
			b.Site.Languages = []string{"en", "ar-XB"}
			return &facilitation.PhrasesPage{Base: b, Kinds: phrases(), Language: "en"}
		}},
		{"phrases-none", "facilitation/phrases", func(b web.Base) any { return &facilitation.PhrasesPage{Base: b, None: true, Language: "en"} }},
		{"phrases-wrong", "facilitation/phrases", func(b web.Base) any {
			return &facilitation.PhrasesPage{
				Base: b, Kinds: phrases(), Kind: "x", Text: heard, Name: longName,
				Errors: []web.FieldError{{Field: "kind", Key: "kind-missing"}, {Field: "text", Key: "phrase-missing"}, {Field: "language", Key: "language-missing"}, {Field: "name", Key: "called-long", Max: 100}},
			}
		}},
	}
}

func queuePage(b web.Base, q *facilitation.Queue) *facilitation.HomePage {
	return &facilitation.HomePage{
		Base: manager(b), Page: 1, Queue: q, MayAdd: true, MayHand: true, Groups: []facilitation.GroupInList{*group()},
		Learners: []facilitation.LearnerInList{{Person: person("u1", "Dina"), Group: "Thursday group", Card: "active"}},
	}
}

func queue() *facilitation.Queue {
	from := untitled(toModule)
	return &facilitation.Queue{
		Count: 3, Tag: `"x"`,
		Stuck: []facilitation.Stuck{
			{ID: "k1", Learner: person("u4", "Yusuf"), Module: from, Step: learning.Link{Title: "Listen: a wall of bread", Lang: "en", Address: "/courses/walking-alongside/listening/listen"}, Since: "2026-11-22"},
			{ID: "k2", Learner: person("u5", longName), Since: "2026-11-21"},
		},
		Waiting: []facilitation.Waiting{
			{Share: "s1", Learner: person("u1", "Dina"), Module: from, State: reflections.IsNew, Shared: "2026-11-15", Since: "2026-11-15", Promised: "2026-11-18", Late: true, Beside: "Georgia"},
			{Share: "s2", Learner: person("u2", rtlName), Module: from, State: reflections.IsSeen, Shared: "2026-11-20", Since: "2026-11-20", Promised: "2026-11-25", Begun: "2026-11-21"},
			{Share: "s3", Learner: person("u3", longName), State: reflections.IsSeen, Back: true, Shared: "2026-10-20", Since: "2026-11-21", Promised: "2026-11-26"},
		},
		Begun:     []facilitation.Waiting{{Share: "s4", Learner: person("u1", "Dina"), Module: from, State: reflections.IsAnswered, Shared: "2026-10-01", Begun: "2026-11-20"}},
		Withdrawn: []facilitation.Waiting{withdrawn(), {Learner: person("u8", longName), State: reflections.IsWithdrawn, Withdrawn: "2026-11-12"}},
		Quiet: []facilitation.Quiet{
			{Learner: person("u6", "Sami"), Why: facilitation.WhyVisit, Since: "2026-11-03"},
			{Learner: person("u7", rtlName), Why: facilitation.WhyModule, Since: "2026-11-01", Module: from},
			{Learner: person("u8", longName), Why: facilitation.WhyNever, Since: "2026-10-20"},
			{Learner: person("u9", ""), Why: facilitation.WhyStart, Since: "2026-10-20"},
		},
	}
}

func withdrawn() facilitation.Waiting {
	return facilitation.Waiting{Share: "s9", Learner: person("u1", "Dina"), State: reflections.IsWithdrawn, Withdrawn: "2026-11-02"}
}

func spoken(who string) *reflections.Heard {
	return &reflections.Heard{ID: "r1", Seconds: 74, Bytes: 300_000, Who: who, At: "2026-11-15 10:05:00.000Z"}
}

func phrases() []facilitation.PhrasesOfKind {
	all := facilitation.NoPhrases()
	all[0].Phrases = []facilitation.Phrase{{ID: "p1", Kind: "thank", Language: "en", Text: "Thank you for trusting me with this.", Name: "Mo", Mine: true, MayEnd: true}, {ID: "p2", Kind: "thank", Language: "ar-XB", Text: rtlName, Mentor: true}}
	all[2].Phrases = []facilitation.Phrase{{ID: "p3", Kind: "question", Language: "en", Text: "What helped you to stay?", Name: longName, Mentor: true, MayEnd: true}}
	return all
}

func sharePage(b web.Base) *facilitation.SharePage {
	w := queue().Waiting[0]
	w.Module, w.Late, w.Beside = toModule, false, ""
	return &facilitation.SharePage{
		Base: b, Waiting: w, MayLearn: true, MayRaise: true, Beside: facilitation.Beside{Share: "s1", Mine: true, Others: true, Thread: "2026-11-15T10:05:00.000Z.0", Tag: `"x"`},
		Shown: reflections.Shown{
			Module: "Listening", Lang: "en", Asked: "When were you last really listened to?", Feelings: []string{"calm", "thankful"}, Paper: true,
			Parts: []reflections.Part{{Asked: "What happened?", Said: heard}, {Asked: "So what did it mean to you?", Said: rtlName + "\n" + longName}},
		},
		Before: []facilitation.Waiting{{Share: "s5", Learner: w.Learner, Module: toModule, State: reflections.IsAnswered, Shared: "2026-10-01"}}, Phrases: phrases(),
	}
}
