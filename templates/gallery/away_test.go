package gallery

import (
	"alongside/hooks/facilitation"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"
)

func absences() []people.Absence {
	return []people.Absence{
		{ID: "b1", Worker: "w1", Programme: "n1", Label: "North Quay", Called: "Tom", Cover: "w2", Covers: "Sara", First: "2026-11-20", Last: "2026-12-03", Begun: true},
		{ID: "b2", Worker: "w1", Programme: "n1", Label: "North Quay", Called: longName, Cover: "w2", Covers: longName, CoverAway: true, First: "2027-01-04", Last: "2027-01-08"},
		{ID: "b3", Worker: "w1", Programme: "n2", Label: "South Quay", Called: "Tom", First: "2027-02-01", Last: "2027-02-01"},
	}
}

func coverChoices() []templates.Choice {
	return []templates.Choice{{Key: "away.nobody", Chosen: true}, {Value: "w2", Text: "Sara (compass-34)"}, {Value: "w3", Text: longName}}
}

func awayForm() *people.AwayForm {
	return &people.AwayForm{Where: []people.AwayWhere{{Programme: "n1", Label: "North Quay", Field: "cover-n1", Covers: coverChoices()}}}
}

func awayScenes() []scene {
	several := func() *people.AwayForm {
		form := awayForm()
		form.Where = append(form.Where, people.AwayWhere{Programme: "n2", Label: "South Quay", Field: "cover-n2", Covers: coverChoices()})
		form.First, form.Last = "2026-12-09", "soon"
		return form
	}
	return []scene{
		{"away", "facilitation/away", func(b web.Base) any {
			return &facilitation.AwayPage{Base: b, Address: "/facilitate/away", Form: awayForm(), Absences: absences(), Covers: absences()[1:2]}
		}},
		{"away-none", "facilitation/away", func(b web.Base) any {
			return &facilitation.AwayPage{Base: b, Address: "/facilitate/away", Form: awayForm()}
		}},
		{"away-wrong", "facilitation/away", func(b web.Base) any {
			return &facilitation.AwayPage{Base: b, Address: "/facilitate/away", Form: several(), Several: true, Absences: absences(), Errors: []web.FieldError{
				{Field: "first", Key: "away-overlap"}, {Field: "last", Key: "date-wrong"}, {Field: "cover-n2", Key: "away-cover-away"},
			}}
		}},
		{"away-manager", "facilitation/away", func(b web.Base) any {
			return &facilitation.AwayPage{Base: b, Address: "/facilitate/away", Form: &people.AwayForm{}, Others: absences()}
		}},
		{"away-manager-none", "facilitation/away", func(b web.Base) any {
			return &facilitation.AwayPage{Base: b, Address: "/facilitate/away", Form: &people.AwayForm{}}
		}},
		{"away-theirs", "people/away", func(b web.Base) any {
			return &people.AwayPage{
				Base: b, Head: people.ProgrammeHead{ID: "n1", Label: "North Quay"}, Person: people.PersonInList{ID: "w1", Called: longName, Username: "lantern-12"},
				Address: "/manage/programmes/n1/people/w1/away", Form: awayForm(), Absences: absences(), Theirs: true,
			}
		}},
		{"away-theirs-wrong", "people/away", func(b web.Base) any {
			return &people.AwayPage{
				Base: b, Head: people.ProgrammeHead{ID: "n1", Label: "North Quay"}, Person: people.PersonInList{ID: "w1", Called: "Tom", Username: "lantern-12"},
				Address: "/manage/programmes/n1/people/w1/away", Form: awayForm(), Theirs: true,
				Errors: []web.FieldError{{Field: "first", Key: "away-first"}, {Field: "last", Key: "away-long", Max: 90}},
			}
		}},
		{"away-theirs-none", "people/away", func(b web.Base) any {
			return &people.AwayPage{Base: b, Head: people.ProgrammeHead{ID: "n1", Label: "North Quay"}, Person: people.PersonInList{ID: "w1", Called: "Lea"}, Form: &people.AwayForm{}, Theirs: true}
		}},
	}
}

func times() []facilitation.Supervision {
	return []facilitation.Supervision{
		{ID: "s1", Day: "2026-12-01", Meeting: facilitation.Meeting{With: "Farida", Time: "14:30", Need: "How to say no, and stay friendly."}},
		{ID: "s2", Day: "2026-12-20", Meeting: facilitation.Meeting{With: longName}},
	}
}

func pastTimes() []facilitation.Supervision {
	return []facilitation.Supervision{
		{ID: "s3", Day: "2026-10-12", Past: true, Meeting: facilitation.Meeting{With: "Farida", Minutes: 60}},
		{ID: "s4", Day: "2026-10-02", Past: true, Held: true, Meeting: facilitation.Meeting{With: "Farida", Minutes: 90, Came: "A plan."}},
		{ID: "s5", Day: "2026-09-02", Past: true, Held: true, Lock: reflections.NotNow},
	}
}

func practiceScenes() []scene {
	note := facilitation.Note{What: "I talked too much at the meeting.", Felt: "Nervous.", Make: "I wanted it to be useful.", Next: "Wait three seconds longer."}
	return []scene{
		{"practice", "facilitation/practice", func(b web.Base) any {
			return &facilitation.PracticePage{Base: b, Ahead: times(), Before: pastTimes(), Page: 1, NextPage: 2, Notes: []facilitation.NoteInList{
				{ID: "n1", At: "2026-11-20", First: note.First()}, {ID: "n2", At: "2026-11-02", Lock: reflections.NotNow},
			}}
		}},
		{"practice-none", "facilitation/practice", func(b web.Base) any { return &facilitation.PracticePage{Base: b, Page: 1} }},
		{"practice-long", "facilitation/practice", func(b web.Base) any {
			return &facilitation.PracticePage{Base: b, Long: true, Before: pastTimes(), Page: 2}
		}},
		{"practice-note-new", "facilitation/practice-note", func(b web.Base) any {
			return &facilitation.NotePage{Base: b, Address: "/facilitate/practice/notes/new", Key: "k1"}
		}},
		{"practice-note", "facilitation/practice-note", func(b web.Base) any {
			return &facilitation.NotePage{Base: b, Address: "/facilitate/practice/notes/n1", Note: note, At: "2026-11-20", Seen: "stamp", There: true}
		}},
		{"practice-note-changed", "facilitation/practice-note", func(b web.Base) any {
			return &facilitation.NotePage{
				Base: b, Address: "/facilitate/practice/notes/n1", Note: note, Other: &note, At: "2026-11-20", Seen: "stamp", There: true,
				Errors: []web.FieldError{{Field: "what", Key: "practice-changed"}, {Field: "felt", Key: "note-long"}},
			}
		}},
		{"practice-note-locked", "facilitation/practice-note", func(b web.Base) any {
			return &facilitation.NotePage{Base: b, Address: "/facilitate/practice/notes/n1", At: "2026-11-20", There: true, Lock: reflections.NotNow}
		}},
		{"practice-supervision-new", "facilitation/practice-supervision", func(b web.Base) any {
			return &facilitation.SupervisionPage{Base: b, Address: "/facilitate/practice/supervision/new", Key: "k1"}
		}},
		{"practice-supervision-wrong", "facilitation/practice-supervision", func(b web.Base) any {
			return &facilitation.SupervisionPage{
				Base: b, Address: "/facilitate/practice/supervision/s1", Supervision: times()[0], Minutes: "an hour", Seen: "stamp", There: true, Other: &pastTimes()[1],
				Errors: []web.FieldError{
					{Field: "day", Key: "practice-changed"}, {Field: "time", Key: "time-wrong"}, {Field: "held", Key: "supervision-ahead"}, {Field: "minutes", Key: "minutes-wrong", Max: 600},
				},
			}
		}},
		{"practice-supervision-locked", "facilitation/practice-supervision", func(b web.Base) any {
			return &facilitation.SupervisionPage{Base: b, Address: "/facilitate/practice/supervision/s1", There: true, Lock: reflections.NotNow}
		}},
		{"practice-record", "facilitation/practice-record", func(b web.Base) any {
			return &facilitation.PracticeRecordPage{Base: b, Name: longName, Held: pastTimes()[1:], Minutes: 90, Hours: "1.5", Lock: true}
		}},
		{"practice-record-none", "facilitation/practice-record", func(b web.Base) any {
			return &facilitation.PracticeRecordPage{Base: b, Name: "Tom"}
		}},
	}
}
