package content_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	"alongside/hooks/content"
	"alongside/hooks/hooktest"

	"github.com/pocketbase/pocketbase/core"
)

var errNo = errors.New("no")

func nothing(core.App) error { return nil }

// textOf is a live text of a course, to be changed.
func textOf(t testing.TB, s *hooktest.Site, course, name string) content.Text {
	t.Helper()
	found, err := s.House.Content.Course(context.Background(), course)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.House.Content.LiveText(context.Background(), found, name)
	if err != nil && !errors.Is(err, content.ErrNoText) {
		t.Fatal(err)
	}
	text.Course = found
	return text
}

// publishOne makes a text live as one revision of its own.
func publishOne(s *hooktest.Site, text content.Text) error {
	return s.House.Content.Publish(context.Background(), text, func(tx core.App) (string, error) {
		return s.House.Content.AddRevision(tx, text, "", "one text")
	}, nothing)
}

func mustPublishOne(t testing.TB, s *hooktest.Site, text content.Text) {
	t.Helper()
	if err := publishOne(s, text); err != nil {
		t.Fatal(err)
	}
}

const aQuestion = ":::question[Is it open?]{#open}\n- [ ] No\n- [x] Yes\n:::\n"

func oneCourse() map[string]string {
	return map[string]string{
		"course.md":       "---\ntitle: Small\nlanguage: en\n---\nAbout.\n",
		"01-first.md":     "# First\n\nHello.\n\n## A {#a}\n\n" + aQuestion,
		"01-first.fa.md":  "# نخست\n\nسلام.\n\n## الف\n\n:::question[باز است؟]\n- [ ] نه\n- [x] بله\n:::\n",
		"02-second.md":    "# Second\n\nMore [of it](01-first.md#a).\n",
		"glossary.md":     "Peer\n: Somebody who has been there.\n",
		"media/notes.txt": "kept",
	}
}

// rows is what a course is in the database, without ids and moments.
func rows(t testing.TB, s *hooktest.Site) string {
	t.Helper()
	return strings.Join(column(t, s, `SELECT r.path || ' ' || r.kind || ' ' || r.language || ' ' || r.state || ' ' || r.sha256 || ' ' || COALESCE(m.slug, '-') || ' ' || COALESCE(m.position, 0)
		|| ' ' || COALESCE(r.outline, '') || ' ' || COALESCE(r.maps, '') || ' ' || COALESCE(b.sha256, '') || ' ' || COALESCE(o.sha256, '')
		FROM revisions r JOIN courses c ON c.id = r.course LEFT JOIN modules m ON m.id = r.module LEFT JOIN revisions b ON b.id = r.previous LEFT JOIN revisions o ON o.id = r.source
		WHERE c.slug = 'small' ORDER BY r.path, r.created, r.state, r.sha256`), "\n") +
		strings.Join(column(t, s, "SELECT title || ' ' || summary || ' ' || language FROM courses WHERE slug = 'small'"), "\n") +
		strings.Join(column(t, s, "SELECT d.slug || ' ' || m.slug FROM redirects d JOIN modules m ON m.id = d.module"), "\n")
}

func TestOneTextGoesLiveAsTheFolderWouldThatHasIt(t *testing.T) {
	for what, change := range map[string]struct{ name, path, text string }{
		"a module":     {"first", "01-first.md", "# First\n\nHello you.\n\n## B {#b}\n\n" + strings.Replace(aQuestion, "- [ ] No\n", "", 1) + "- [ ] No\n"},
		"another name": {"second", "02-next.md", "# Second\n\nMore [of it](01-first.md#a).\n\nAnd more.\n"},
		"a new module": {"third", "03-third.md", "# Third\n\nThe end.\n"},
		"in between":   {"middle", "01-middle.md", "# Between\n\nThe middle.\n"},
		"course.md":    {"course.md", "course.md", "---\ntitle: Smaller\nsummary: Less of it.\nlanguage: en\n---\nAbout.\n"},
		"glossary":     {"glossary.md", "glossary.md", "Peer\n: Somebody like you.\n"},
	} {
		t.Run(what, func(t *testing.T) {
			whole, one := hooktest.Start(t), hooktest.Start(t)
			for _, s := range []*hooktest.Site{whole, one} {
				publish(t, s, read(t, "small", oneCourse()))
			}
			files := oneCourse()
			text := textOf(t, one, "small", change.name)
			if text.Path != "" {
				delete(files, text.Path)
			}
			files[change.path] = change.text
			publish(t, whole, read(t, "small", files))

			text.Path, text.Text = change.path, change.text
			if text.Kind == "" {
				text.Kind = "module"
			}
			mustPublishOne(t, one, text)
			if got, want := rows(t, one), rows(t, whole); got != want {
				t.Errorf("one text makes\n%s\nthe whole folder\n%s", got, want)
			}
			sameFiles(t, exported(t, one, "small"), exported(t, whole, "small"))
		})
	}
}

func TestATextThatBreaksALearnerDoesNotGoLiveAndNeitherDoesWhatItBreaksElsewhere(t *testing.T) {
	s := hooktest.Start(t)
	files := oneCourse()
	publish(t, s, read(t, "small", files))
	before := rows(t, s)
	text := textOf(t, s, "small", "first")
	text.Text = "# First\n\n:::question[Is it open?]{#open}\n:::\n"
	if err := publishOne(s, text); !errors.Is(err, content.ErrProblems) {
		t.Errorf("a question without a choice: %v", err)
	}
	about := textOf(t, s, "small", "course.md")
	about.Text = strings.Replace(about.Text, "language: en", "language: fa", 1)
	problems, err := s.House.Content.Would(context.Background(), about)
	if err != nil || len(problems) != 1 || problems[0].Code != content.LanguageOther {
		t.Errorf("another language: %v, %v", problems, err)
	}
	if err := publishOne(s, about); !errors.Is(err, content.ErrProblems) {
		t.Errorf("another language: %v", err)
	}
	if after := rows(t, s); after != before {
		t.Errorf("something was changed:\n%s", after)
	}
}

func TestATranslationThatNoLongerFitsStaysWhatLearnersRead(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "small", oneCourse()))
	text := textOf(t, s, "small", "first")
	text.Text += "\n:::reflection[And now?]{#now}\n:::\n"
	mustPublishOne(t, s, text)
	got := column(t, s, "SELECT language || ' ' || state FROM revisions WHERE path LIKE '01-first%' AND state IN ('live', 'draft') ORDER BY language, state")
	if want := "en live,fa draft,fa live"; strings.Join(got, ",") != want {
		t.Errorf("%v, and not %s", got, want)
	}
}

func TestWhatMayNotGoLiveChangesNothing(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "small", oneCourse()))
	before := rows(t, s)
	text := textOf(t, s, "small", "first")
	text.Text = strings.Replace(text.Text, "Hello.", "Good day.", 1)
	err := s.House.Content.Publish(context.Background(), text, func(tx core.App) (string, error) {
		if _, err := s.House.Content.AddRevision(tx, text, "", ""); err != nil {
			return "", err
		}
		return "", errNo
	}, nothing)
	if !errors.Is(err, errNo) {
		t.Errorf("it says %v", err)
	}
	if after := rows(t, s); after != before {
		t.Errorf("something was changed:\n%s", after)
	}
}

func TestTwoTextsOfACourseAtOneMomentAreBothLive(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "small", oneCourse()))
	first, second := textOf(t, s, "small", "first"), textOf(t, s, "small", "second")
	first.Text, second.Text = strings.Replace(first.Text, "Hello.", "Good day.", 1), second.Text+"\nAnd more.\n"
	var both sync.WaitGroup
	for _, text := range []content.Text{first, second} {
		both.Go(func() {
			if err := publishOne(s, text); err != nil {
				t.Errorf("%s: %v", text.Path, err)
			}
		})
	}
	both.Wait()
	want := oneCourse()
	want["01-first.md"], want["02-second.md"] = first.Text, second.Text
	sameFiles(t, exported(t, s, "small"), want)
}

func TestARevisionGoesLiveOnce(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "small", oneCourse()))
	text := textOf(t, s, "small", "first")
	text.Text = strings.Replace(text.Text, "Hello.", "Good day.", 1)
	revision := ""
	err := s.App.RunInTransaction(func(tx core.App) (err error) {
		revision, err = s.House.Content.AddRevision(tx, text, "", "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	same := func(core.App) (string, error) { return revision, nil }
	if err := s.House.Content.Publish(context.Background(), text, same, nothing); err != nil {
		t.Fatal(err)
	}
	after := rows(t, s)
	if err := s.House.Content.Publish(context.Background(), text, same, nothing); !errors.Is(err, content.ErrMoved) {
		t.Errorf("again: %v", err)
	}
	if again := rows(t, s); again != after {
		t.Errorf("again it makes\n%s", again)
	}
}

func TestAModuleThatIsTakenOffTakesItsTranslationAlongAndComesBack(t *testing.T) {
	s := hooktest.Start(t)
	publish(t, s, read(t, "small", oneCourse()))
	text := textOf(t, s, "small", "first")
	if err := s.House.Content.Withdraw(context.Background(), text, nothing); err != nil {
		t.Fatal(err)
	}
	if err := s.House.Content.Withdraw(context.Background(), text, nothing); !errors.Is(err, content.ErrMoved) {
		t.Errorf("again: %v", err)
	}
	want := maps.Clone(oneCourse())
	delete(want, "01-first.md")
	delete(want, "01-first.fa.md")
	sameFiles(t, exported(t, s, "small"), want)
	if was, err := s.House.Content.WithdrawnModule(context.Background(), text.Course.ID, "first"); err != nil || !was {
		t.Errorf("it is withdrawn: %v, %v", was, err)
	}
	module := text.Module
	mustPublishOne(t, s, text)
	if back := textOf(t, s, "small", "first"); back.Module != module {
		t.Errorf("it is module %s now, and was %s", back.Module, module)
	}
	if was, err := s.House.Content.WithdrawnModule(context.Background(), text.Course.ID, "first"); err != nil || was {
		t.Errorf("it is back: %v, %v", was, err)
	}
}

func TestTheFirstModuleOfACourseInAnotherLanguageIsReadInThat(t *testing.T) {
	s := hooktest.Start(t)
	collection, err := s.App.FindCollectionByNameOrId("courses")
	if err != nil {
		t.Fatal(err)
	}
	row := core.NewRecord(collection)
	row.Load(map[string]any{"slug": "new", "title": "با هم: \"یک\"", "language": "fa", "origin": content.Written, "build": "b"})
	if err := s.App.Save(row); err != nil {
		t.Fatal(err)
	}
	text := textOf(t, s, "new", "x")
	text.Path, text.Kind, text.Text = "01-x.md", "module", "# نخست\n\nسلام.\n"
	mustPublishOne(t, s, text)
	if got := textOf(t, s, "new", "x"); got.Revision == "" {
		t.Error("it is not live in the course's language")
	}
	if listed, err := s.House.Content.Find(context.Background(), "new", "en"); err != nil || listed.Modules != 1 || listed.Title != "با هم: \"یک\"" {
		t.Errorf("the course is %+v, %v", listed, err)
	}
}
