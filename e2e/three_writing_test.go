package e2e

import (
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// A text of the shipped course, and where its learners, its writers and those who
// read it first find it.
const (
	module1      = "/courses/walking-alongside/what-is-a-peer-mentor"
	editor1      = "/write/walking-alongside/what-is-a-peer-mentor"
	review1      = "/review/walking-alongside/what-is-a-peer-mentor"
	bus          = "Have you had a bus like that? A small thing that nearly stopped you?"
	certificate  = "None of this needed a certificate. It needed a person who remembered the first bus."
	rememberedIt = "Nobody asked Winston for a certificate. He remembered his own first bus."
)

// Three people bring a text to those who learn from it: one writes, two read. The
// learner who was in the old text finds everything as it was, and sees what is new.
func TestAMentorWritesTwoOthersReadItAndTheLearnerKeepsEverythingInTheNewText(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	learner := open(t, p, browser.Options{})
	signIn(learner, person(t, p, "learner", 0))
	answerTheOldText(learner)

	writer := open(t, p, browser.Options{})
	signIn(writer, person(t, p, "mentor", 0))
	beginToWrite(writer)
	writeTheNewText(writer)
	askToRead(writer)

	reader := open(t, p, browser.Options{Width: 1280, Height: 900, Dark: true})
	signIn(reader, person(t, p, "mentor", 1))
	suggestASentence(reader)
	takeTheSentence(writer)

	signOff(reader, "I have lived this, and it is true")
	worker := open(t, p, browser.Options{})
	signIn(worker, person(t, p, "facilitator", 0))
	signOff(worker, "It is safe for the people who will read it")

	writer.Visit("/write")
	writer.Press("What is a peer mentor?")
	writer.Press("What is next")
	writer.See("Fewer than five people have answers here. All are kept.", "New part:", "Your own stop")
	writer.Press("Make it live now")
	writer.See("It is live")

	findBothTexts(t, learner)
}

func answerTheOldText(learner *browser.Page) {
	learner.Visit("/courses/walking-alongside")
	learner.Press("Start this course")
	learner.Visit(module1 + "/the-bus")
	learner.Fill(bus, private)
	learner.Press("Continue")
	learner.Choose("He said that it had happened to him too, in one line.")
	learner.Choose("He called the office to say that Tommo would be late.")
	learner.Press("Check")
	learner.See("One line, and the shame got smaller.")
}

// beginToWrite goes to the text by the links that a mentor has.
func beginToWrite(writer *browser.Page) {
	writer.Visit("/write")
	writer.Press("Walking alongside")
	writer.Press("What is a peer mentor?")
	writer.Press("Change this text")
	writer.See("The text", "Being written")
}

// writeTheNewText changes a paragraph and writes a page with a reflection by hand, and
// puts a question in with its form, where the caret is.
func writeTheNewText(writer *browser.Page) {
	writer.WriteOver("The text", certificate, rememberedIt)
	writer.WriteAfter("The text", rememberedIt, "\n\n## Your own stop\n\nThink of a stop of your own.\n\n:::reflection[Where would you have got off?]\n:::")
	writer.SeeLike(savedAt)
	writer.WriteAfter("The text", "Think of a stop of your own.", "")
	writer.Touch("Put something in")
	writer.Press("A question")
	writer.Fill("What do you ask?", "What would have helped at that stop?")
	writer.Within("Answer 1").Fill("The answer", "Somebody on the phone")
	writer.Within("Answer 1").Choose("This one is right")
	writer.Within("Answer 1").Fill("What somebody reads who chose it", "A voice is enough.")
	writer.Within("Answer 2").Fill("The answer", "A taxi")
	writer.Press("Put it into the text")
	writer.See("It is in the text now.")

	writer.Press("See it as a learner")
	writer.Press("Your own stop")
	writer.See("Think of a stop of your own.", "What would have helped at that stop?", "Where would you have got off?")
	writer.Choose("Somebody on the phone")
	writer.Press("Check")
	writer.See("A voice is enough.")
}

func askToRead(writer *browser.Page) {
	writer.Visit(editor1)
	writer.Press("What is next")
	writer.Fill("What should they know?", "Is the new page too short?")
	writer.Press("Ask others to read it")
	writer.See("Others see now that you ask them to read it")
}

// suggestASentence finds the text in the queue, and writes a sentence of the new page
// in other words.
func suggestASentence(reader *browser.Page) {
	reader.Visit("/review")
	reader.See("Waiting for you")
	reader.Press("What is a peer mentor?")
	reader.See("Is the new page too short?")
	stop := reader.Within("Think of a stop of your own.")
	stop.Touch("Say something about this part")
	stop.Fill("Or write it as you would say it", "Think of a stop where you got off too early.")
	stop.Press("Suggest this text")
	reader.See("Your suggestion is with those who write it", "a suggestion")
}

// takeTheSentence takes it from the desk on, and asks once more: what others sign off
// is what goes live.
func takeTheSentence(writer *browser.Page) {
	writer.Visit("/write")
	writer.Press("1 thing that others said waits for you")
	writer.See("Nobody signs off what they wrote themselves.")
	writer.Fill("What do you want to say to them?", "That is better.")
	writer.Press("Take it")
	writer.Visit(editor1)
	writer.Press("What is next")
	writer.See("You changed the text since you asked.")
	writer.Press("Ask them again")
	writer.See("Others see now that you ask them to read it")
}

func signOff(reader *browser.Page, stands string) {
	reader.Visit("/review")
	reader.Press("What is a peer mentor?")
	reader.See("Think of a stop where you got off too early.")
	reader.Choose(stands)
	reader.Press("I stand for this")
	reader.See("Thank you. It is noted")
}

func findBothTexts(t *testing.T, learner *browser.Page) {
	learner.Visit(module1 + "/the-bus")
	if got := learner.Value(bus); got != private {
		t.Errorf("the reflection is %q", got)
	}
	learner.Visit(module1 + "/what-winston-did")
	learner.See(rememberedIt, "One line, and the shame got smaller.")
	learner.DontSee("The question has changed since", certificate)
	for label, want := range map[string]bool{
		"He said that it had happened to him too, in one line.": true,
		"He came and took Tommo to the office.":                 false,
		"He called the office to say that Tommo would be late.": true,
		"He stayed while Tommo did it.":                         false,
		"He had told Tommo before when he answers the phone.":   false,
	} {
		if learner.Chosen(label) != want {
			t.Errorf("in the new text %q is chosen: %t, want %t", label, !want, want)
		}
	}
	learner.Visit(module1)
	learner.Press("Your own stop")
	learner.See("Think of a stop where you got off too early.", "What would have helped at that stop?")
	if got := learner.Value("Where would you have got off?"); got != "" {
		t.Errorf("the new reflection holds %q", got)
	}
}

// toWrite opens a text of the shipped course in the editor, for the n-th mentor.
func toWrite(t *testing.T, p *product.Product, n int, options browser.Options) *browser.Page {
	t.Helper()
	page := open(t, p, options)
	signIn(page, person(t, p, "mentor", n))
	page.Visit(editor1)
	page.Press("Change this text")
	return page
}
