package gallery

import (
	"slices"

	"alongside/courses"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
)

// everyBlock is a module with one of everything.
const everyBlock = `---
title: Listening
summary: Help someone feel heard.
minutes: 60
content_note: We talk about times when nobody listened. One page says what to do if someone does not want to live.
---
You will learn to listen so that a person feels heard. It costs **nothing**, and it is [the hardest part](https://example.org/).

- **Sitting 1.** Listen.
- **Sitting 2.** Try.

1. First
2. Then

| Word | Meaning |
|---|---|
| open | room for more |

:::scale[How ready do you feel to listen to someone who is having a hard time?]{#ready}
1. Not ready yet
2. A little ready
3. Mostly ready
4. Ready
:::

## Try it {#try-it}

A peer mentor makes room.

:::question[Which of these is an open question?]{#open-question}
- [ ] Did you sleep well?
  > This one can be answered with yes or no.
- [x] How was your week?
  > Yes. It leaves room for the other person.
- [ ] Are you all right, and did you call them?
  > Two questions at once. The first one gets lost.
:::

:::question[What helped Dee to talk?]{#helped}
Choose what you saw in the story.

- [x] She put her phone where nobody could see it.
  > Yes. A phone in a bag says, "I am here."
- [ ] She said that it gets easier.
  > It may even be true. But it closes the talk.
- [x] She gave Dee her own words back.
  > Yes. "A whole wall."
:::

:::order{#a-good-meeting}
Put these in the order that you would do them.
1. Say hello
2. Ask what they want to talk about
3. Agree one small step that both of you can keep to
:::

:::sort[Mentor, friend or worker?]{#who-does}
- Mentor
  - Tells you how it was for them
- Worker
  - Books your appointment
  - Writes in your file
:::

:::blanks[Fill the gaps]{#open-words}
Open questions often start with [[what|how]] or [[when|where|who]], and then you wait.
:::

:::checklist[Before you meet]{#before-you-meet}
- Find a quiet place
- Put your phone away
- Eat something
:::

:::scenario[It is eleven at night and a message comes]{#eleven-pm}
- Answer at once
  > You are tired, and tomorrow there will be two messages.
  - Say when you will be there
    > That is kind and clear.
  - Write for an hour
    > Now it is past midnight.
- Wait until morning
  > You slept. So did they.
:::

:::practice[Listen for two minutes, and give no advice]{#two-minutes}
Ask someone you trust. Afterwards note what it was like.
:::

## Look back {#look-back}

:::story[A wall of bread]{#wall}
I am Dee. I came out in the spring with my life in a clear plastic bag.

Then I met Bernie. She asked, "What is today like for you?" Then she stopped.

:::reflection[What in this do you know from your own life?]{#what-i-know}
A few words are enough. Any language is fine.
:::
:::

::recall{of="ready"}

:::reflection[When were you last really listened to?]{#really-heard}
Leave out other people's names.

1. What happened?
2. So what did it mean to you?
3. Now what will you do?
:::

:::scale[How ready do you feel to listen like this?]{#ready-after again="ready"}
1. Not ready yet
2. A little ready
3. Mostly ready
4. Ready
:::

:::note
Silence is not empty.
:::

:::tip
Is this a borrowed phone? You can just think. That counts.
:::

:::warning
Nobody is watching this page.
:::

::help[crisis]

::audio[A mentor on being heard]{src="media/heard.ogg" transcript="media/heard.md"}

![Two people on a bench](media/bench.jpg "Dee and Bernie, by the canal")

> [!NOTE]
> The same as a note.
`

var words = []courses.Term{
	{Word: "peer mentor", Meaning: "Someone who has been through something like it, and walks <em>beside</em> you."},
}

func module() *courses.Module {
	return courses.Compile(courses.Source{Path: "03-listening.md", Slug: "listening", Lang: "en", Text: []byte(everyBlock), Terms: words})
}

// given is a state in which all activities of a step are.
type given struct {
	tried, sealed, changed, wrong bool
	shut                          bool   // sealed, until they open it
	looks                         bool   // by somebody of whom nothing is kept
	text                          string // typed into every field
	right                         bool   // what was chosen fits
}

func (g given) lock() reflections.Lock {
	switch {
	case g.shut:
		return reflections.Shut
	case g.sealed:
		return reflections.NotNow
	default:
		return reflections.Unlocked
	}
}

func parts(list []courses.Part, g given) []learning.PartView {
	var views []learning.PartView
	for i := range list {
		p := &list[i]
		view := learning.PartView{Part: p, Inside: parts(p.Parts, g)}
		switch {
		case p.Activity != nil:
			view.Act = activity(p.Activity, g)
		case p.Kind == courses.Recall:
			view.Recalled = &learning.Recalled{Question: "How ready do you feel?", From: learning.Link{Title: "Listening", Address: "/courses/a/b/c"}, Lock: g.lock()}
			if g.text != "" {
				view.Recalled.Said, view.Recalled.Also = []string{g.text}, also(g)
			}
		case p.Kind == courses.Help:
			view.Help = helpNumbers()
		}
		views = append(views, view)
	}
	return views
}

func activity(a *courses.Activity, g given) *learning.ActivityView {
	answer := answerTo(a, g)
	mark := a.Mark(answer)
	view := &learning.ActivityView{
		Activity: a, Field: a.Field(0), Given: !answer.Empty(), Tried: g.tried, Typed: answer.Typed[0], Lock: g.lock(), LooksOn: g.looks,
	}
	if g.tried {
		view.Verdict = mark.Verdict
	}
	if g.changed {
		view.Changed, view.Was = true, []string{g.text}
	}
	if g.wrong && (a.Kind == courses.Reflection || a.Kind == courses.Practice) {
		view.Error = &learning.FieldError{Field: "f-" + a.Field(len(a.Items)), Key: "too-long", Max: 5000, About: a.Text}
	}
	if g.wrong && a.Kind == courses.Reflection && len(a.Items) == 0 {
		view.Elsewhere, view.Seen = &learning.Elsewhere{Said: []string{"What I wrote on the bus."}, Felt: reflections.Ticked([]string{"tired", reflections.RatherNot})}, "?abc"
		view.Error = &learning.FieldError{Field: "f-keep." + a.ID + "-mine", Key: "written-elsewhere", About: a.Text}
	}
	if a.Kind == courses.Reflection && g.text != "" {
		view.Also, view.Kept, view.Shared = also(g), true, g.tried
	}
	if a.Again != "" && g.text != "" {
		view.Before = "A little ready"
	}
	if a.Kind == courses.Scenario {
		view.Shown = choices(a, 0, answer, mark)
		return view
	}
	if a.Kind == courses.Sort {
		for _, item := range a.Under(0) {
			view.Groups = append(view.Groups, learning.ItemView{Item: item, Value: a.Value(item.Position)})
		}
	}
	for i, position := range a.Shown() {
		item, _ := a.Item(position)
		view.Shown = append(view.Shown, itemView(a, item, i+1, answer, mark))
	}
	return view
}

// also is what somebody gave besides words: what they ticked, and on paper or by voice.
func also(g given) learning.Also {
	return learning.Also{Felt: reflections.Ticked([]string{"hopeful", "tired", reflections.RatherNot}), Voice: g.tried, Paper: !g.tried, Row: "r1"}
}

func itemView(a *courses.Activity, item courses.Item, place int, answer courses.Answer, mark courses.Mark) learning.ItemView {
	view := learning.ItemView{Item: item, Mark: mark.Items[item.Position]}
	switch a.Kind {
	case courses.Order:
		view.Field, view.Rank = a.Field(place), slices.Index(answer.Chosen, item.Position)+1
	case courses.Sort:
		view.Field, view.Rank = a.Field(place), answer.Placed[item.Position]
	case courses.Blanks, courses.Reflection:
		view.Field, view.Typed = a.Field(item.Position), answer.Typed[item.Position]
	default:
		view.Field, view.Value = a.Field(0), a.Value(item.Position)
		view.Checked = slices.Contains(answer.Chosen, item.Position)
	}
	view.Control = "f-" + view.Field
	if view.Value != "" {
		view.Control += "-" + view.Value
	}
	return view
}

func choices(a *courses.Activity, parent int, answer courses.Answer, mark courses.Mark) []learning.ItemView {
	var views []learning.ItemView
	for _, item := range a.Under(parent) {
		view := learning.ItemView{Item: item, Field: a.Field(parent), Value: a.Value(item.Position), Mark: mark.Items[item.Position]}
		view.Control = "f-" + view.Field + "-" + view.Value
		if view.Checked = slices.Contains(answer.Chosen, item.Position); view.Checked {
			view.Children = choices(a, item.Position, answer, mark)
		}
		views = append(views, view)
	}
	return views
}

// answerTo makes an answer: what fits, or one thing that does and one that does not.
func answerTo(a *courses.Activity, g given) courses.Answer {
	answer := courses.Answer{Typed: map[int]string{}, Placed: map[int]int{}}
	if g.text == "" {
		return answer
	}
	answer.Typed[0] = g.text
	for _, item := range a.Items {
		answer.Typed[item.Position] = g.text
		if len(item.Accept) > 0 && (g.right || item.Position == 1) {
			answer.Typed[item.Position] = item.Accept[0]
		}
		if item.Right == g.right || a.Many || a.Kind == courses.Order || a.Kind == courses.Checklist {
			answer.Chosen = append(answer.Chosen, item.Position)
		}
		if item.Parent != 0 {
			answer.Placed[item.Position] = item.Parent
		}
	}
	switch {
	case a.Kind == courses.Order && !g.right:
		slices.Reverse(answer.Chosen)
	case a.Kind == courses.Sort && !g.right:
		answer.Placed[a.Items[len(a.Items)-1].Position] = 1
	case a.Kind == courses.Scenario:
		answer.Chosen = []int{1, 2}
	case a.Kind == courses.Scale, a.Kind == courses.Question && !a.Many:
		answer.Chosen = answer.Chosen[:min(1, len(answer.Chosen))]
	}
	return answer
}
