package learning

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/reflections"
)

// pressed is the button that a form was sent by, and the activity that it stands
// at where it is one of an activity.
func pressed(form url.Values) (action, at string) {
	for _, action := range []string{doCheck, doSpeak, doPaper, doWrite} {
		if id := form.Get(action); id != "" {
			return action, id
		}
	}
	return form.Get("do"), ""
}

// handedIn reads a form into what was given to each activity of a step. The
// form lists the activities that it shows in its field `has`: what is not among
// them is left as it is.
func handedIn(step *courses.Step, stored readings, form url.Values) map[string]given {
	handed := make(map[string]given)
	for _, a := range step.Activities {
		if slices.Contains(form["has"], a.ID) {
			handed[a.ID] = handedTo(a, stored.found[a.ID], form)
		}
	}
	return handed
}

func handedTo(a *courses.Activity, before given, form url.Values) given {
	answer, err := a.Read(fieldsOf(a, before, form))
	g := before
	g.answer, g.errors = answer, fieldError(a, err)
	g.tried = before.tried && same(answer, before.answer)
	if err != nil {
		g.answer.Typed = asTyped(a, form)
	}
	if a.Kind != courses.Reflection {
		return g
	}
	if slices.Contains(form["has"], feels+a.ID) {
		g.felt = reflections.Ticked(form[feels+a.ID])
	}
	g.how = howAfter(a, before, form)
	return meet(a, g, before, form)
}

// feels stands before the id of a reflection in the name of its boxes for feelings,
// and in `has`, where the page shows these: a box that is not ticked is not sent.
const feels = "feel."

// howAfter is how a reflection was given once a button was pressed. What was said
// is taken back by deleting the recording, never from here.
func howAfter(a *courses.Activity, before given, form url.Values) string {
	action, at := pressed(form)
	switch {
	case at != a.ID || before.how == reflections.ByVoice:
		return before.how
	case action == doPaper:
		return reflections.OnPaper
	case action == doWrite:
		return ""
	default:
		return before.how
	}
}

// fieldsOf gives the fields of an activity. A browser sends every field but a
// box that is not ticked, so whatever else is missing was not touched.
func fieldsOf(a *courses.Activity, before given, form url.Values) func(string) []string {
	ticked := a.Kind == courses.Checklist || a.Kind == courses.Question
	stored := a.Write(before.answer)
	return func(field string) []string {
		if values, ok := form[field]; ok || ticked {
			return values
		}
		return stored[field]
	}
}

// asTyped is what stands in the fields, also where it cannot be kept: the page
// comes back with it.
func asTyped(a *courses.Activity, form url.Values) map[int]string {
	typed := make(map[int]string)
	for n := range len(a.Items) + 1 {
		if text := form.Get(a.Field(n)); text != "" {
			typed[n] = text
		}
	}
	return typed
}

// fieldError is what a person has to put right in a field.
func fieldError(a *courses.Activity, err error) *FieldError {
	var tooLong *courses.TooLong
	if errors.As(err, &tooLong) {
		return &FieldError{Field: controlID(tooLong.Field, ""), Key: "too-long", Max: tooLong.Max, About: askedIn(a, tooLong.Field)}
	}
	return nil
}

// askedIn is what a field asks, short enough to stand in a sentence: its own
// prompt in a reflection that has some, else the question.
func askedIn(a *courses.Activity, field string) string {
	asked := a.Text
	for _, item := range a.Items {
		if a.Kind == courses.Reflection && a.Field(item.Position) == field {
			asked = item.Text
		}
	}
	return shortened(asked, maxAbout)
}

// maxAbout is how many letters of a question an error repeats.
const maxAbout = 80

// shortened cuts a text at a space, and says so.
func shortened(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := string(letters[:most])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return cut + "…"
}

func errorsOf(step *courses.Step, handed map[string]given) []FieldError {
	var all []FieldError
	for _, a := range step.Activities {
		if g := handed[a.ID]; g.errors != nil {
			all = append(all, *g.errors)
		}
	}
	return all
}
