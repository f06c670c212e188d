package gallery

import (
	"strconv"
	"strings"

	"alongside/courses"
	"alongside/hooks/authoring"
	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"
)

func textHead() authoring.Head {
	return authoring.Head{
		Title: "Listening, and what comes of it when nobody has the time for it", Kind: "module", Course: "Walking alongside", CourseAt: "/write/walking-alongside",
		ContentLang: "en", ContentDir: "ltr", Address: "/write/walking-alongside/listening", State: "open", Live: true,
	}
}

func advices() []authoring.Advice {
	return []authoring.Advice{
		{Advice: courses.Advice{Problem: courses.Problem{File: "03-listening.md", Line: 12, Level: courses.Error, Code: courses.FenceOpen, Values: map[string]string{"name": "question"}}}},
		{Advice: courses.Advice{Problem: courses.Problem{File: "03-listening.md", Line: 40, Level: courses.Notice, Code: courses.SentenceLong, Values: map[string]string{"words": "31", "max": "25", "begins": "When you sit down with"}}, Fix: &courses.Fix{Code: "x", Old: "When"}}, At: "/write/w/l", After: 3, Aside: &courses.Waiver{Check: "sentence-long", At: "look-back"}},
	}
}

// addPage is the form for a block of a kind, with two rows where it has any.
func addPage(b web.Base, kind courses.Kind, wrong bool) *authoring.AddPage {
	form, _ := courses.BlockFormOf(kind)
	page := &authoring.AddPage{Base: b, Head: textHead(), Kind: kind, After: 4, Behind: []templates.Choice{{Value: "0", Key: "block-add.first"}, {Value: "1", Text: "When you sit down with", Lang: "en", Chosen: true}}}
	for _, f := range form.Alone() {
		page.Alone = append(page.Alone, authoring.AddField{BlockField: f, Kind: kind, ID: f.Name, Choices: []templates.Choice{{Value: "#a", Text: "When were you heard?", Lang: "en"}}})
	}
	for row := 1; row <= 2 && len(form.Rowed()) > 0; row++ {
		one := authoring.AddRow{Number: row}
		for _, f := range form.Rowed() {
			one.Fields = append(one.Fields, authoring.AddField{BlockField: f, Kind: kind, ID: f.Name + "-" + strconv.Itoa(row), Value: "سلام", Row: row, Ticked: row == 2})
		}
		page.Rows = append(page.Rows, one)
	}
	if wrong {
		page.Problems = []authoring.AddProblem{{Problem: courses.Problem{Level: courses.Error, Code: courses.FieldMissing, Values: map[string]string{"field": page.Alone[0].ID}}, Field: page.Alone[0].ID}}
		page.Alone[0].Problem = &page.Problems[0]
	}
	return page
}

// toldParts are a story with a picture and a recording.
func toldParts() []courses.Part {
	return []courses.Part{
		{HTML: "<p>I kept bees.</p>"},
		{Kind: courses.Figure, Media: &courses.Media{Src: "/media/h1/hive.jpg", Alt: "A hive", Caption: "Mine"}},
		{Kind: courses.Audio, Label: "How it sounds", Media: &courses.Media{Src: "/media/h2/bees.mp3", Transcript: "/media/r1/bees.md", Said: "<p>A hum.</p>"}},
		{Kind: courses.Reflection, Activity: &courses.Activity{Kind: courses.Reflection}},
	}
}

// someMedia are a picture, a recording and a film.
func someMedia() []authoring.MediaRow {
	return []authoring.MediaRow{
		{Media: content.Media{ID: "m1", Path: "media/" + strings.Repeat("a-long-name-", 4) + "0123456789.jpg", Hash: "h1", Type: "image/jpeg", Size: 84_000}, Texts: []authoring.UsedIn{{Title: longName, Lang: "en"}, {Title: "گوش دادن", Lang: "fa"}}, InText: true},
		{Media: content.Media{ID: "m2", Path: "media/a-voice-0123456789.mp3", Hash: "h2", Type: "audio/mpeg", Size: 2_400_000}, Said: true, InText: true},
		{Media: content.Media{ID: "m3", Path: "media/a-film-0123456789.mp4", Hash: "h3", Type: "video/mp4", Size: 300}, Mine: true},
	}
}

func someChanges() []authoring.Change {
	return []authoring.Change{
		{Folded: 12},
		{Runs: []courses.Run{{Kind: courses.Same, Text: "We "}, {Kind: courses.Gone, Text: "cannot "}, {Kind: courses.Arrived, Text: "can "}, {Kind: courses.Same, Text: "hear you.\n"}}},
		{Runs: []courses.Run{{Kind: courses.Arrived, Text: "من می\u200cخواهم کمک کنم."}}},
	}
}

func signs() authoring.SignOffs {
	return authoring.SignOffs{
		Given:   []authoring.Review{{ID: "r1", Called: "Georgia-Alexandra Featherstonehaugh-Wojciechowska", Kind: "lived", Carried: "u2"}},
		Missing: []string{"safe", "plain"},
		Held:    []authoring.Review{{ID: "r2", Called: "Sam", Kind: "unsafe", Why: "It names a street where somebody lives."}},
	}
}

func reviewed(b web.Base, wrote bool) *authoring.ReviewPage {
	page := &authoring.ReviewPage{
		Base: b, Head: textHead(), Root: "/review/walking-alongside/listening", Version: "v1", Note: "Is the second part too long?", Who: "Marek",
		SignOffs: signs(), Wrote: wrote, Older: true, Changes: someChanges(),
	}
	if !wrote {
		page.May = []string{"lived", "safe", "plain", "changes", "unsafe"}
	}
	page.Whole = []authoring.CommentView{{ID: "k2", Called: "Sam", Text: "Thank you for this.", Created: "2026-05-03 10:00:00.000Z", Settled: "2026-05-04 10:00:00.000Z", Page: page}}
	page.Steps = []authoring.ReviewStep{{Title: "Listening", Address: page.Root + "/start", Blocks: []authoring.ReviewBlock{
		{
			Place: "start/1", Part: courses.Part{Kind: courses.Prose, HTML: "<p>Welcome.</p>"}, Source: "Welcome.", Page: page,
			Comments: []authoring.CommentView{{
				ID: "k1", Place: "start/1", Called: "Amina", Text: "این خوب است", Created: "2026-05-03 10:00:00.000Z", Page: page,
				Answers: []authoring.CommentView{{ID: "k3", Called: "Marek", Text: "Thank you.", Created: "2026-05-03 11:00:00.000Z"}},
			}},
			Suggestions: []authoring.SuggestionView{
				{ID: "s1", Called: "Amina", Was: "Welcome.", Text: "Come in.", Why: "warmer", State: "open", Page: page},
				{ID: "s2", Called: "", Was: "Welcome.", Text: "Hello.", State: "declined", Thanks: "Thank you, we say it later.", Page: page},
			},
		},
		{Place: "start/2", Part: courses.Part{Kind: courses.Question, Activity: &courses.Activity{Kind: courses.Question, Prompt: "<p>Which?</p>", Items: []courses.Item{
			{Position: 1, HTML: "This", Right: true, Feedback: "<p>Yes.</p>"}, {Position: 2, HTML: "That"},
		}}}, Page: page},
	}}}
	return page
}

func said(b web.Base) *authoring.SayPage {
	return &authoring.SayPage{
		Base: b, Title: "Look back", ContentLang: "en", ContentDir: "ltr", Back: "/courses/w/l/look-back", Revision: "r1", Key: "k", Kind: "untrue", Readers: "writers",
		Blocks: []authoring.BlockChoice{{Place: "look-back/1", First: "When you sit down with somebody who has not been heard for a very long time, say…"}, {Place: "look-back", Chosen: true}},
	}
}

// heardOf is a remark as those read it who wrote the text: each of four looks different.
func heardOf(id string) authoring.RemarkView {
	view := authoring.RemarkView{
		Remark: authoring.Remark{ID: id, Kind: "untrue", State: "open", Created: "2026-05-03 10:00:00.000Z"}, Text: "You could hear me.\n\nI was there.", Lang: "en", Address: "/write/w/l/remarks/" + id,
	}
	switch id {
	case "k2":
		view.Who, view.Kind, view.State, view.Was, view.Lang, view.Back = longName, "mine", "taken", "ما نمی\u200cشنویم.", "fa", "Thank you."
	case "k3":
		view.Text, view.Lock, view.State = "", reflections.NotNow, "thanked"
	}
	return view
}

func stories(page *authoring.CreditPage) {
	story := courses.StoryText{ID: "bees", Label: "Keeper of bees", Words: "I kept bees.\nNobody knew."}
	asked := &authoring.Contribution{State: "asked", How: "here", Person: "p1"}
	paper := &authoring.Contribution{State: "agreed", How: "paper", Paper: "The green folder", Name: "Ann", Named: "first"}
	for i, one := range []authoring.StoryCredit{
		{StoryText: story, Need: "saying"},
		{StoryText: story, Given: asked, Need: "answer", Who: "Amina"},
		{StoryText: story, Given: asked, Need: "answer", Mine: true},
		{StoryText: story, Given: paper, Need: "heading"},
		{StoryText: story, Given: paper},
		{StoryText: story, Given: &authoring.Contribution{State: "agreed", How: "paper", Paper: "The green folder", Until: "2026-05-31 00:00:00.000Z"}, Soon: true},
		{StoryText: story, Given: &authoring.Contribution{State: "agreed", How: "here", Until: "2027-05-31 00:00:00.000Z"}, Who: "Amina"},
		{StoryText: story},
	} {
		one.ID += string(rune('a' + i))
		page.Stories = append(page.Stories, authoring.StoryView{StoryCredit: one, Page: page})
	}
}

func authoringScenes() []scene {
	return append([]scene{
		{"desk", "authoring/desk", func(b web.Base) any {
			return &authoring.DeskPage{Base: b, Heard: []authoring.HeardRow{{Title: longName, Lang: "en", Course: "Walking alongside", Slug: "w", Name: "l", Open: 2}, {Title: "گوش دادن", Lang: "fa", Course: "Walking alongside", Slug: "w", Name: "b"}}, Courses: []authoring.CourseRow{{Title: "Walking alongside", Lang: "en", Slug: "w", Address: "/write/w"}}, Drafts: []authoring.DraftRow{
				{Title: "Listening", Lang: "en", Address: "/write/w/listening", Course: "Walking alongside", State: "in review", Saved: "2026-05-03 10:00:00.000Z", Said: 2, SaidAt: "/review/w/listening"},
				{Title: "گوش دادن", Lang: "fa", Address: "/write/w/b", Course: "Walking alongside", State: "approved", Saved: "2026-05-03 10:00:00.000Z", Theirs: true},
			}, Away: []authoring.DraftRow{{Title: "A long way", Lang: "en", Address: "/write/w/a", Course: "Walking alongside", State: "dropped", Saved: "2026-05-03 10:00:00.000Z"}}}
		}},
		{"desk-first", "authoring/desk", func(b web.Base) any { return &authoring.DeskPage{Base: b} }},
		{"write-course", "authoring/course", func(b web.Base) any {
			return &authoring.WriteCoursePage{Base: b, Title: "Walking alongside", Lang: "en", Way: "ltr", Address: "/courses/w", New: "/write-new?course=w", Texts: []authoring.TextRow{
				{Title: "Walking alongside", Kind: "course", Address: "/write/w/course.md", Live: true},
				{Title: "Listening", Kind: "module", Address: "/write/w/listening", Live: true, State: "open", Mine: true},
				{Title: "New", Kind: "module", Address: "/write/w/new", State: "open", Who: "Georgia-Alexandra Featherstonehaugh-Wojciechowska"},
				{Title: "Walking alongside", Kind: "glossary", Address: "/write/w/glossary.md", Live: true},
			}}
		}},
		{"write-new", "authoring/new", func(b web.Base) any {
			return &authoring.NewPage{Base: b, Courses: []authoring.CourseRow{{Title: "Walking alongside", Lang: "en", Slug: "w"}}, From: "story"}
		}},
		{"new-course", "authoring/new-course", func(b web.Base) any {
			return &authoring.NewCoursePage{Base: b, Language: "fa", Programmes: []authoring.ProgrammeRow{{ID: "n", Label: "North Quay"}, {ID: "s", Label: "Georgia-Alexandra Featherstonehaugh-Wojciechowska House"}}, Programme: "s"}
		}},
		{"new-course-wrong", "authoring/new-course", func(b web.Base) any {
			return &authoring.NewCoursePage{Base: b, Language: "xx", Programmes: []authoring.ProgrammeRow{{ID: "n", Label: "North Quay"}}, Errors: []web.FieldError{
				{Field: "title", Key: "title-missing"}, {Field: "language", Key: "language-missing"}, {Field: "programme", Key: "programme-choose"},
			}}
		}},
		{"new-course-none", "authoring/new-course", func(b web.Base) any { return &authoring.NewCoursePage{Base: b} }},
		{"write-new-wrong", "authoring/new", func(b web.Base) any {
			return &authoring.NewPage{
				Base: b, Courses: []authoring.CourseRow{{Title: "Walking alongside", Lang: "en", Slug: "w"}}, Title: "…",
				Errors: []web.FieldError{{Field: "course", Key: "course-choose"}, {Field: "title", Key: "title-missing"}, {Field: "from", Key: "begin-choose"}},
			}
		}},
		{"write-new-none", "authoring/new", func(b web.Base) any { return &authoring.NewPage{Base: b} }},
		{"unbegun", "authoring/unbegun", func(b web.Base) any {
			h := textHead()
			h.State = ""
			return &authoring.UnbegunPage{Base: b, Head: h, Shown: "/courses/w/listening"}
		}},
		{"unbegun-theirs", "authoring/unbegun", func(b web.Base) any {
			return &authoring.UnbegunPage{Base: b, Head: textHead(), Who: "Amina", Since: "2026-05-03 10:00:00.000Z", Shown: "/courses/w/listening"}
		}},
		{"text", "authoring/text", func(b web.Base) any {
			return &authoring.TextPage{Base: b, Head: textHead(), Text: "\n## A\n\nB\n", After: 7, Saved: "2026-05-03 10:00:00.000Z", Problems: advices()}
		}},
		{"text-asks", "authoring/text", func(b web.Base) any {
			return &authoring.TextPage{
				Base: b, Head: textHead(), Text: "Oh", After: 7, Saved: "2026-05-03 10:00:00.000Z", Asks: true, Aside: &authoring.State{Number: 9, Created: "2026-05-03 10:00:00.000Z"},
				Errors: []web.FieldError{{Field: "text", Key: "text-less"}},
			}
		}},
		{"text-of-course", "authoring/text", func(b web.Base) any {
			h := textHead()
			h.Kind, h.Live = "glossary", false
			return &authoring.TextPage{Base: b, Head: h, Text: "A\n: B\n", After: 1, Saved: "2026-05-03 10:00:00.000Z"}
		}},
		{"writers", "authoring/writers", func(b web.Base) any {
			return &authoring.WritersPage{Base: b, Head: textHead(), Mine: true, Writers: []authoring.Asked{{ID: "u2", Called: "Georgia-Alexandra Featherstonehaugh-Wojciechowska"}}, May: []templates.Choice{{Key: "writers.choose"}, {Value: "u3", Text: "Amina"}}, Errors: []web.FieldError{{Field: "person", Key: "writer-choose"}}}
		}},
		{"writers-alone", "authoring/writers", func(b web.Base) any { return &authoring.WritersPage{Base: b, Head: textHead(), Mine: true} }},
		{"writers-asked", "authoring/writers", func(b web.Base) any {
			return &authoring.WritersPage{Base: b, Head: textHead(), Owner: "Amina", Writers: []authoring.Asked{{ID: "u2", Called: "Me", Me: true}, {ID: "u3", Called: "Marek"}}}
		}},
		{"drop", "authoring/drop", func(b web.Base) any { return &authoring.DropPage{Base: b, Head: textHead(), Days: 90} }},
		{"drop-new", "authoring/drop", func(b web.Base) any {
			h := textHead()
			h.Live = false
			return &authoring.DropPage{Base: b, Head: h, Days: 90}
		}},
		{"text-coming", "authoring/text", func(b web.Base) any {
			return &authoring.TextPage{Base: b, Head: textHead(), Text: "A\n", After: 7, Saved: "2026-05-03 10:00:00.000Z", Coming: &authoring.Coming{Revision: "r9", Created: "2026-05-03 10:00:00.000Z", Live: true}}
		}},
		{"text-waits", "authoring/text", func(b web.Base) any {
			return &authoring.TextPage{Base: b, Head: textHead(), Text: "A\n", After: 7, Saved: "2026-05-03 10:00:00.000Z", Coming: &authoring.Coming{Revision: "r9", Created: "2026-05-03 10:00:00.000Z"}}
		}},
		{"clash-came", "authoring/clash", func(b web.Base) any {
			return &authoring.ClashPage{Base: b, Head: textHead(), Came: true, Places: []authoring.ClashPlace{{Clash: courses.Clash{Mine: "Mine.", Theirs: "Theirs."}, Number: 1, Field: "choice.0"}}}
		}},
		{"add", "authoring/add", func(b web.Base) any { return addPage(b, courses.Question, true) }},
		{"add-recall", "authoring/add", func(b web.Base) any { return addPage(b, courses.Recall, false) }},
		{"add-figure", "authoring/add", func(b web.Base) any {
			page := addPage(b, courses.Figure, true)
			page.Shown = &someMedia()[0].Media
			return page
		}},
		{"add-audio", "authoring/add", func(b web.Base) any {
			page := addPage(b, courses.Audio, false)
			page.Shown = &someMedia()[1].Media
			return page
		}},
		{"media", "authoring/media", func(b web.Base) any {
			return &authoring.MediaPage{Base: b, Head: textHead(), Line: 12, MostMB: 30, Files: someMedia()}
		}},
		{"media-refused", "authoring/media", func(b web.Base) any {
			return &authoring.MediaPage{Base: b, Head: textHead(), Name: rtlName, MostMB: 30, Errors: problem("file", "media-phone")}
		}},
		{"transcript", "authoring/transcript", func(b web.Base) any {
			return &authoring.WordsPage{Base: b, Head: textHead(), Words: "Come in. می\u200cشنوید؟", Sound: someMedia()[1].Media, Errors: problem("transcript", "transcript-long")}
		}},
		{"add-blanks", "authoring/add", func(b web.Base) any { return addPage(b, courses.Blanks, false) }},
		{"clash", "authoring/clash", func(b web.Base) any {
			return &authoring.ClashPage{Base: b, Head: textHead(), Who: "Amina", Places: []authoring.ClashPlace{
				{Clash: courses.Clash{Mine: "Mine.", Theirs: "Theirs."}, Number: 1, Field: "choice.0", Chosen: "mine"},
				{Clash: courses.Clash{Theirs: "Theirs."}, Number: 2, Field: "choice.1", Wrong: true},
			}, Errors: []web.FieldError{{Field: "choice.1", Key: "text-choose"}}}
		}},
		{"clash-own", "authoring/clash", func(b web.Base) any {
			return &authoring.ClashPage{Base: b, Head: textHead(), Places: []authoring.ClashPlace{{Clash: courses.Clash{Mine: "Mine."}, Number: 1, Field: "choice.0"}}}
		}},
		{"about-text", "authoring/about", func(b web.Base) any {
			return &authoring.AboutPage{Base: b, Head: textHead(), After: 3, Name: "Listening", Summary: "Hear somebody out.", Minutes: "60", ContentNote: "We talk about hard times."}
		}},
		{"about-course", "authoring/about", func(b web.Base) any {
			h := textHead()
			h.Kind = "course"
			return &authoring.AboutPage{
				Base: b, Head: h, After: 3, Language: "en", People: []authoring.Credited{{NameField: "person.0", Name: "Ann", AboutField: "person-about.0", About: "Wrote it."}},
				Errors: []web.FieldError{{Field: "name", Key: "title-missing"}},
			}
		}},
		{"about-by-hand", "authoring/about", func(b web.Base) any { return &authoring.AboutPage{Base: b, Head: textHead(), ByHand: true} }},
		{"gone", "authoring/gone", func(b web.Base) any { return &authoring.GonePage{Base: b, Head: textHead(), Text: "A\n"} }},
		{"preview", "authoring/preview", func(b web.Base) any {
			return &authoring.PreviewPage{Base: b, Head: textHead(), Steps: []learning.Link{{Title: "Start", Lang: "en", Address: "/write/w/l/preview/start"}}}
		}},
		{"preview-none", "authoring/preview", func(b web.Base) any { return &authoring.PreviewPage{Base: b, Head: textHead()} }},
		{"history", "authoring/history", func(b web.Base) any {
			return &authoring.HistoryPage{Base: b, Head: textHead(), Now: 9, Older: 2, Sitting: []authoring.Sitting{
				{Number: 9, How: "typed", Mine: true, From: "2026-05-03 10:00:00.000Z", To: "2026-05-03 10:40:00.000Z", Texts: 4},
				{Number: 5, How: "typed", Who: "Amina", From: "2026-05-03 10:00:00.000Z", To: "2026-05-03 10:00:00.000Z", Texts: 1, Aside: true},
				{Number: 4, How: "begun", From: "2026-05-03 10:00:00.000Z", To: "2026-05-03 10:00:00.000Z", Texts: 1, Version: true, Message: "First"},
			}}
		}},
		{"former", "authoring/former", func(b web.Base) any {
			return &authoring.FormerPage{Base: b, Head: textHead(), Number: 4, Saved: "2026-05-03 10:00:00.000Z", Text: "A\n", Changes: someChanges(), Aside: true, With: []templates.Choice{{Value: "9", Key: "former.with.now"}, {Value: "live", Key: "former.with.live", Chosen: true}, {Value: "2", Text: "3 May 2026"}}}
		}},
		{"former-same", "authoring/former", func(b web.Base) any {
			return &authoring.FormerPage{Base: b, Head: textHead(), Number: 4, Saved: "2026-05-03 10:00:00.000Z", Text: "A\n", Same: true}
		}},
		{"history-unnamed", "authoring/history", func(b web.Base) any {
			return &authoring.HistoryPage{Base: b, Head: textHead(), Now: 1, Message: "x", Errors: []web.FieldError{{Field: "message", Key: "version-unnamed", Max: 200}}, Sitting: []authoring.Sitting{
				{Number: 1, How: "left", Mine: true, From: "2026-05-03 10:00:00.000Z", To: "2026-05-03 10:00:00.000Z", Texts: 1, Aside: true},
			}}
		}},
		{"former-now", "authoring/former", func(b web.Base) any {
			return &authoring.FormerPage{Base: b, Head: textHead(), Number: 4, Saved: "2026-05-03 10:00:00.000Z", Text: "A\n", IsNow: true, Same: true}
		}},
	}, append(authoringScenesOfReview(), offerScenes()...)...)
}

func authoringScenesOfReview() []scene {
	terms := authoring.Terms{Named: "pen", Name: "Keeper of bees", Where: "here", Until: "2027-01-31", Edit: true}
	mine := authoring.MyContribution{Contribution: authoring.Contribution{ID: "k1", What: "story", State: "agreed", Name: "Keeper of bees", Until: "2027-02-01 00:00:00.000Z"}, CourseTitle: "Walking alongside", CourseLang: "en", WhoAsked: "Marek"}
	asked := mine
	asked.State, asked.Until, asked.Name = "asked", "", ""
	worked := mine
	worked.What, worked.Until, worked.Name = "picture", "", "Georgia-Alexandra Featherstonehaugh-Wojciechowska"
	soon := mine
	soon.Soon = true
	over := mine
	over.State = "withdrawn"
	return []scene{
		{"next", "authoring/next", func(b web.Base) any {
			return &authoring.NextPage{Base: b, Head: textHead(), ReviewAt: "/review/w/l", Asked: true, Moved: true, Open: 2, Going: authoring.Going{At: "/write/w/l", SignOffs: signs(), Whom: authoring.Touched{Answered: 14, Inside: -1}, GoesLive: "2026-06-03 10:00:00.000Z"}}
		}},
		{"next-go", "authoring/next", func(b web.Base) any {
			return &authoring.NextPage{Base: b, Head: textHead(), ReviewAt: "/review/w/l", Asked: true, Going: authoring.Going{At: "/write/w/l", May: true, Whom: authoring.Touched{Answered: -1, Inside: 3}}}
		}},
		{"next-breaks", "authoring/next", func(b web.Base) any {
			h := textHead()
			h.Live = false
			return &authoring.NextPage{Base: b, Head: h, ReviewAt: "/review/w/l", Breaks: advices()[:1], Stories: []authoring.StoryCredit{{Need: "saying"}}, Errors: []web.FieldError{{Field: "breaks", Key: "text-breaks"}}}
		}},
		{"queue", "authoring/queue", func(b web.Base) any {
			row := authoring.QueueRow{Title: "Listening", Lang: "en", Course: "Walking alongside", Address: "/review/w/l", Since: "2026-05-03 10:00:00.000Z", Who: "Marek", Missing: []string{"lived", "safe"}}
			held, done := row, row
			held.Held, held.Taken, held.Title, held.Lang = true, "Amina", "گوش دادن", "fa"
			done.Missing, done.TakenMe = nil, true
			return &authoring.QueuePage{Base: b, Mine: []authoring.QueueRow{row}, Rest: []authoring.QueueRow{held}, Own: []authoring.QueueRow{done}}
		}},
		{"queue-none", "authoring/queue", func(b web.Base) any { return &authoring.QueuePage{Base: b} }},
		{"review", "authoring/review", func(b web.Base) any { return reviewed(b, false) }},
		{"review-own", "authoring/review", func(b web.Base) any { return reviewed(b, true) }},
		{"review-wrong", "authoring/review", func(b web.Base) any {
			page := reviewed(b, false)
			page.Typed = authoring.ReviewTyped{Form: "suggest", Place: "start/1", Text: "Welcome.", Why: "so", Kind: "unsafe"}
			page.Errors = []web.FieldError{{Field: "kind", Key: "verdict-choose"}, {Field: "why", Key: "verdict-why"}}
			return page
		}},
		{"courses-cared-for", "authoring/cared", func(b web.Base) any {
			return &authoring.CaredPage{Base: b, Courses: []authoring.CourseRow{{Title: "Walking alongside", Lang: "en", Address: "/course-settings/w"}, {Title: "با هم", Lang: "fa", Address: "/course-settings/b"}}}
		}},
		{"no-course-cared-for", "authoring/cared", func(b web.Base) any { return &authoring.CaredPage{Base: b} }},
		{"course-settings", "authoring/settings", func(b web.Base) any {
			return &authoring.SettingsPage{Base: b, Title: "Walking alongside", Lang: "en", Way: "ltr", Address: "/course-settings/w", OffersAt: "/course-offers/w", Texts: []authoring.TextRow{{Title: "Listening", Kind: "module", Address: "/course-settings/w/l"}}}
		}},
		{"settings-of-course-waiting", "authoring/settings", func(b web.Base) any {
			return &authoring.SettingsPage{
				Base: b, Title: "با هم", Lang: "fa", Way: "rtl", Address: "/course-settings/w", OffersAt: "/course-offers/w", Settings: authoring.CourseSettings{Open: true, Public: true, Asks: authoring.Plain, Reviewed: true},
				Coming:  []authoring.TextRow{{Title: strings.Repeat("شنیدن", 30), Kind: "module", Address: "/course-settings/w/l", State: authoring.Approved, Who: longName}},
				Orphans: []authoring.Orphan{{ID: "d1", Title: "شنیدن"}}, Mentors: []templates.Choice{{Key: "writers.choose"}, {Value: "u1", Text: longName}},
			}
		}},
		{"live-text-missed", "authoring/live", func(b web.Base) any {
			return &authoring.LivePage{Base: b, Head: textHead(), CareAt: "/course-settings/w/l", SettingsAt: "/course-settings/w", Revision: "r1", Before: true, Asked: true, ReviewAt: "/review/w/l", Errors: problem("why", "put-back-why"), Going: authoring.Going{
				At: "/course-settings/w/l", Missed: "2026-05-03 09:00:00.000Z", Whom: authoring.Touched{Answered: -1, Inside: -1},
				Changes: authoring.Differences{NewSteps: []string{"More"}, GoneSteps: []string{"Less"}, Asked: []authoring.ChangedActivity{{Text: "Is it open?", Answers: 14}, {Text: "Who helped?", Gone: true, Answers: -1}, {Text: "And now?", Gone: true}}},
			}}
		}},
		{"live-text", "authoring/live", func(b web.Base) any {
			return &authoring.LivePage{Base: b, Head: textHead(), CareAt: "/course-settings/w/l", SettingsAt: "/course-settings/w", Revision: "r1", Before: true, Heard: true, Why: "so", Asked: true, ReviewAt: "/review/w/l", Going: authoring.Going{At: "/course-settings/w/l", May: true, Whom: authoring.Touched{Answered: 14, Inside: 3}}}
		}},
		{"credit", "authoring/credit", func(b web.Base) any {
			page := &authoring.CreditPage{Base: b, Title: "Listening", ContentLang: "en", ContentDir: "ltr", Back: "/write/w/l", Address: "/write/w/l/credit", People: []authoring.Asked{{ID: "a", Me: true}, {ID: "b", Called: "Amina"}}}
			stories(page)
			page.Worked = []authoring.WorkCredit{
				{What: "words", Who: "Georgia-Alexandra Featherstonehaugh-Wojciechowska", State: "agreed", Name: "سارا"},
				{What: "review", Who: "Amina", State: "asked"},
				{What: "picture", State: "declined"},
				{What: "recording", Who: "Sam", State: "agreed"},
			}
			return page
		}},
		{"credit-work-wrong", "authoring/credit", func(b web.Base) any {
			page := &authoring.CreditPage{Base: b, Title: "Listening", ContentLang: "en", ContentDir: "ltr", Back: "/write/w/l", Address: "/write/w/l/credit", What: "review"}
			page.Errors = []web.FieldError{{Field: "worker", Key: "work-person"}, {Field: "work", Key: "work-what"}}
			return page
		}},
		{"credit-wrong", "authoring/credit", func(b web.Base) any {
			page := &authoring.CreditPage{Base: b, Title: "Listening", ContentLang: "en", ContentDir: "ltr", Back: "/write/w/l", Address: "/write/w/l/credit", Story: "beesa", Typed: terms}
			page.Errors = []web.FieldError{{Field: "named", Key: "credit-named"}, {Field: "sheet", Key: "credit-paper", Max: 500}}
			stories(page)
			page.Stories = page.Stories[:1]
			return page
		}},
		{"credit-none", "authoring/credit", func(b web.Base) any {
			return &authoring.CreditPage{Base: b, Title: "Listening", ContentLang: "en", ContentDir: "ltr", Back: "/write/w/l", Address: "/write/w/l/credit"}
		}},
		{"my-credit", "authoring/my-credit", func(b web.Base) any {
			return &authoring.MyCreditPage{Base: b, Asked: []authoring.MyContribution{asked}, Given: []authoring.MyContribution{mine, soon, worked}, Ended: []authoring.MyContribution{over}}
		}},
		{"name-work", "authoring/name-work", func(b web.Base) any {
			return &authoring.NamePage{Base: b, MyContribution: worked, Terms: authoring.Terms{Named: "pen"}, Errors: []web.FieldError{{Field: "name", Key: "credit-name"}}}
		}},
		{"name-work-agreed", "authoring/name-work", func(b web.Base) any {
			return &authoring.NamePage{Base: b, MyContribution: worked, Terms: authoring.Terms{Named: "first", Name: "سارا"}, Agreed: true}
		}},
		{"take-name-off", "authoring/withdraw-story", func(b web.Base) any { return &authoring.WithdrawPage{Base: b, MyContribution: worked} }},
		{"my-credit-none", "authoring/my-credit", func(b web.Base) any { return &authoring.MyCreditPage{Base: b} }},
		{"consent", "authoring/consent", func(b web.Base) any {
			return &authoring.ConsentPage{Base: b, MyContribution: asked, Story: toldParts(), ContentLang: "en", ContentDir: "ltr"}
		}},
		{"consent-wrong", "authoring/consent", func(b web.Base) any {
			return &authoring.ConsentPage{
				Base: b, MyContribution: mine, Story: toldParts(), ContentLang: "en", ContentDir: "ltr", Terms: terms, Agreed: true,
				Errors: []web.FieldError{{Field: "named", Key: "credit-named"}, {Field: "name", Key: "credit-name"}, {Field: "where", Key: "credit-where"}, {Field: "until", Key: "credit-until"}},
			}
		}},
		{"consent-gone", "authoring/consent", func(b web.Base) any {
			return &authoring.ConsentPage{Base: b, MyContribution: asked, Gone: true, ContentLang: "en", ContentDir: "ltr"}
		}},
		{"say", "authoring/say", func(b web.Base) any { return said(b) }},
		{"say-wrong", "authoring/say", func(b web.Base) any {
			page := said(b)
			page.Kind, page.Text, page.Named, page.Readers = "mine", "برای من این\u200cطور نبود", true, "carers"
			page.Errors = problem("text", "remark-readers")
			return page
		}},
		{"my-remarks", "authoring/my-remarks", func(b web.Base) any {
			of := authoring.Remark{ID: "k1", Kind: "untrue", State: "open", Readers: "writers", Created: "2026-05-03 10:00:00.000Z"}
			taken, gone, shut := of, of, of
			taken.ID, taken.State, taken.Kind, taken.Credited = "k2", "taken", "mine", true
			gone.ID, gone.State = "k3", "taken"
			shut.ID, shut.State, shut.Readers = "k4", "thanked", "carers"
			return &authoring.MyRemarksPage{Base: b, Remarks: []authoring.MyRemark{
				{Remark: of, Title: longName, Lang: "en", Address: "/courses/w/l", Block: "We cannot hear you.", Text: "You could hear me."},
				{Remark: taken, Title: "گوش دادن", Lang: "fa", Address: "/courses/w/l/a", Block: "ما نمی\u200cشنویم.", Text: "می\u200cشنوید.", Back: "Thank you.", Fresh: true, Changes: someChanges(), Name: "Heron"},
				{Remark: gone, Title: "Listening", Lang: "en", Text: "All of it.", Gone: true},
				{Remark: shut, Title: "Listening", Lang: "en", Lock: reflections.Shut},
			}}
		}},
		{"my-remarks-none", "authoring/my-remarks", func(b web.Base) any { return &authoring.MyRemarksPage{Base: b} }},
		{"remarks", "authoring/remarks", func(b web.Base) any {
			return &authoring.RemarksPage{Base: b, Head: textHead(), Root: "/write/w/l/remarks", Back: "/write/w/l", Most: true, Groups: []authoring.RemarkGroup{
				{Lang: "en", Step: "Look back", Text: "We cannot hear you.", Remarks: []authoring.RemarkView{heardOf("k1"), heardOf("k2")}},
				{Lang: "en", Step: "Look back", Remarks: []authoring.RemarkView{heardOf("k3")}},
				{Lang: "en", Gone: true, Remarks: []authoring.RemarkView{heardOf("k4")}},
			}}
		}},
		{"remark-name", "authoring/remark-name", func(b web.Base) any {
			return &authoring.RemarkNamePage{Base: b, Course: "Walking alongside", Lang: "en", Named: "pen", Name: "Heron"}
		}},
		{"remark-name-wrong", "authoring/remark-name", func(b web.Base) any {
			return &authoring.RemarkNamePage{Base: b, Course: "با هم", Lang: "fa", Errors: []web.FieldError{{Field: "named", Key: "remark-named"}, {Field: "name", Key: "credit-name"}}}
		}},
		{"figures", "authoring/figures", func(b web.Base) any {
			return &authoring.FiguresPage{
				Base: b, Head: textHead(), Back: "/write/w/l", Began: authoring.Figure{From: 40, To: 44}, Finished: authoring.Figure{From: 10, To: 14}, Thanks: authoring.Figure{To: 4}, Spans: true,
				Steps: []authoring.StepFigure{{Title: longName, People: authoring.Figure{From: 40, To: 44}}, {Title: "گوش دادن", People: authoring.Figure{From: 12, To: 12}}},
			}
		}},
		{"figures-few", "authoring/figures", func(b web.Base) any {
			return &authoring.FiguresPage{Base: b, Head: textHead(), Back: "/course-settings/w/l", Began: authoring.Figure{To: 4}, Finished: authoring.Figure{To: 4}, Thanks: authoring.Figure{To: 4}}
		}},
		{"remarks-none", "authoring/remarks", func(b web.Base) any {
			return &authoring.RemarksPage{Base: b, Head: textHead(), Root: "/course-settings/w/l/remarks", Back: "/course-settings/w/l", Cares: true}
		}},
		{"remark", "authoring/remark", func(b web.Base) any {
			return &authoring.RemarkPage{Base: b, Head: textHead(), Root: "/write/w/l/remarks", Newer: true, Of: heardOf("k1"), Group: authoring.RemarkGroup{Lang: "en", Text: "We can hear you."}}
		}},
		{"remark-wrong", "authoring/remark", func(b web.Base) any {
			return &authoring.RemarkPage{Base: b, Head: textHead(), Root: "/write/w/l/remarks", Cares: true, Of: heardOf("k3"), Group: authoring.RemarkGroup{Lang: "en", Gone: true}, Typed: "ممنون", Errors: problem("thanks", "remark-not-live")}
		}},
		{"withdraw-story", "authoring/withdraw-story", func(b web.Base) any {
			return &authoring.WithdrawPage{Base: b, MyContribution: mine, Copies: "2026-06-03"}
		}},
	}
}
