package courses

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func read(t *testing.T, pathsAndTexts ...string) *Course {
	t.Helper()
	return mustOpen(t, files(pathsAndTexts...)).Read(nil)
}

// seen lists the problems of a code as "file:line value value".
func seen(problems []Problem, code string, values ...string) []string {
	var list []string
	for _, p := range problems {
		if p.Code != code {
			continue
		}
		said := p.File + ":" + count(p.Line)
		for _, v := range values {
			said += " " + p.Values[v]
		}
		list = append(list, said)
	}
	return list
}

func wantFound(t *testing.T, c *Course, code string, values []string, want ...string) {
	t.Helper()
	if got := seen(c.Problems, code, values...); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q\n all %v", code, got, want, c.Problems)
	}
}

func slugs(c *Course) string {
	var list []string
	for _, m := range c.Modules {
		list = append(list, m.Slug)
	}
	return strings.Join(list, " ")
}

func wantSlugs(t *testing.T, c *Course, want string) {
	t.Helper()
	if got := slugs(c); got != want {
		t.Errorf("modules are %q, want %q", got, want)
	}
}

func fileOf(t *testing.T, c *Course, path string) File {
	t.Helper()
	i := slices.IndexFunc(c.Files, func(f File) bool { return f.Path == path })
	if i < 0 {
		t.Fatalf("no file %q", path)
	}
	return c.Files[i]
}

func TestACourseInOurFormatIsReadWhole(t *testing.T) {
	c := read(t,
		"course.md", "---\ntitle: Walking alongside\nsummary: Walk  with\n  someone.\nlanguage: en\ncontributors:\n  - name: Ada\n    about: wrote it\nreading_grade: 5\n---\nWhat it *is*.\n\n## For whom\n\nFor you.\n",
		"10-endings.md", "# Endings\n\nGoodbye.\n",
		"03-listening.md", "# Listening\n\nBe quiet and [end well](10-endings.md).\n\n![A door](media/door.png)\n",
		"03-listening.fa.md", "# گوش دادن\n\nساکت باش.\n",
		"glossary.md", "mentor\n: A person who walks beside you.\n",
		"glossary.fa.md", "مربی\n: کسی که کنار تو راه می رود.\n",
		"media/door.png", "\x89PNG", "media/unused.png", "\x89PNG")
	if c.Title != "Walking alongside" || c.Summary != "Walk with someone." || c.Language != "en" || c.ReadingGrade != 5 {
		t.Errorf("the course is %q, %q, %q, grade %d", c.Title, c.Summary, c.Language, c.ReadingGrade)
	}
	if len(c.Contributors) != 1 || c.Contributors[0] != (Contributor{"Ada", "wrote it"}) {
		t.Errorf("contributors are %+v", c.Contributors)
	}
	if !strings.Contains(c.About, "<em>is</em>") || !strings.Contains(c.About, ">For whom</h2>") {
		t.Errorf("about is %q", c.About)
	}
	wantSlugs(t, c, "listening endings")
	if fa := c.Modules[0].Translations["fa"]; fa == nil || fa.Slug != "listening" || fa.Title != "گوش دادن" {
		t.Errorf("the translation is %+v", fa)
	}
	if len(c.Glossary) != 1 {
		t.Errorf("glossary %v", c.Glossary)
	}
	for path, want := range map[string]File{
		"course.md":          {Kind: FileCourse, Lang: "en"},
		"03-listening.md":    {Kind: FileModule, Lang: "en", Slug: "listening"},
		"03-listening.fa.md": {Kind: FileModule, Lang: "fa", Slug: "listening"},
		"glossary.fa.md":     {Kind: FileGlossary, Lang: "fa"},
		"media/door.png":     {Kind: FileMedia},
		"media/unused.png":   {Kind: FileOther},
	} {
		got := fileOf(t, c, path)
		if got.Kind != want.Kind || got.Lang != want.Lang || got.Slug != want.Slug {
			t.Errorf("%s is %q %q %q, want %+v", path, got.Kind, got.Lang, got.Slug, want)
		}
	}
	if len(c.Problems) != 0 {
		t.Errorf("problems: %v", c.Problems)
	}
}

func TestAModuleKeepsItsSlugWhenItsNumberChanges(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\n---\n", "07-listening.md", "# L", "1-a.md", "# A", "10-b.md", "# B", "2-c.md", "# C")
	wantSlugs(t, c, "a c listening b")
}

func TestLookingBackOnWhatNoOtherModuleAsksIsReported(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\n---\n",
		"01-a.md", "# A\n\n:::reflection[How was it?]{#week}\n:::\n",
		"02-b.md", "# B\n\n::recall{of=\"a#week\"}\n\n::recall{of=\"a#day\"}\n\n::recall{of=\"c#week\"}\n")
	wantFound(t, c, RecallUnknown, []string{"id"}, "02-b.md:5 a#day", "02-b.md:7 c#week")
}

func TestSlugsAreUniqueInACourse(t *testing.T) {
	c := read(t, "1.3 Quiz.md", "# Q", "2.2 Quiz.md", "# Q", "2.10 Quiz.md", "# Q", "3 Quiz 2.md", "# Q", "4 ؟.md", "# Q")
	wantSlugs(t, c, "quiz quiz-2 quiz-3 quiz-2-2 module")
}

func TestWhatIsMissingIsReportedWhereItIsMissedAndTheRestOpens(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\n---\n",
		"01-a.md", "# A\n\nSee [b](02-b.md#nowhere), [c](./02-b.md#try-it), [gone](03-gone.md).\n\n![Door](media/door.png)\n\n![Top](/images/top.png)\n",
		"02-b.md", "# B\n\n## Try it\n\nGo [on](01-a.md) or read [the licence](LICENSE.md).\n",
		"LICENSE.md", "Free.", "images/top.png", "\x89PNG")
	wantFound(t, c, LinkUnknown, []string{"to"}, "01-a.md:3 03-gone.md")
	wantFound(t, c, PictureMissing, []string{"to"}, "01-a.md:5 media/door.png")
	wantFound(t, c, AnchorUnknown, []string{"to"}, "01-a.md:3 02-b.md#nowhere")
	wantFound(t, c, LinkNotShown, []string{"to"}, "02-b.md:5 LICENSE.md")
	wantFound(t, c, MarkdownLeftOut, []string{"path"}, "LICENSE.md:0 LICENSE.md")
	wantSlugs(t, c, "a b")
	if f := fileOf(t, c, "images/top.png"); f.Kind != FileMedia {
		t.Errorf("the picture is %q", f.Kind)
	}
}

func TestTheSiteGivesAddressesToWhatIsThereAndIsAskedForNothingElse(t *testing.T) {
	f := mustOpen(t, files("01-a.md", "# A\n\n[b](02-b.md) [gone](gone.md) [out](../../etc/passwd) ![p](p.png)\n", "02-b.md", "# B\n\nHello.\n", "p.png", "x"))
	var asked []string
	c := f.Read(func(from, dest string) (string, bool) {
		asked = append(asked, from+" "+dest)
		return "/at/" + dest, true
	})
	slices.Sort(asked)
	if want := []string{"01-a.md 02-b.md", "01-a.md p.png"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	if html := c.Modules[0].Steps[0].Parts[0].HTML; !strings.Contains(html, `href="/at/02-b.md"`) {
		t.Errorf("the page is %q", html)
	}
}

func TestATranscriptIsMediaAndOtherMarkdownIsNot(t *testing.T) {
	c := read(t, "01-a.md", "# A\n\n::audio[Listen]{src=\"media/a.ogg\" transcript=\"media/a.md\"}\n", "media/a.ogg", "x", "media/a.md", "Hello.")
	for _, path := range []string{"media/a.ogg", "media/a.md"} {
		if f := fileOf(t, c, path); f.Kind != FileMedia {
			t.Errorf("%s is %q", path, f.Kind)
		}
	}
	wantFound(t, c, MarkdownLeftOut, nil)
}

func TestFrontMatterThatIsNotYAMLLeavesTheCourseOpen(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: [\n---\nStill here.\n", "01-a.md", "# A\n\nHello.\n")
	if got := seen(c.Problems, FrontBroken); len(got) != 1 || !strings.HasPrefix(got[0], "course.md:") {
		t.Errorf("problems %v", c.Problems)
	}
	if len(c.Modules) != 1 || !strings.Contains(c.About, "Still here.") {
		t.Errorf("%d modules, about %q", len(c.Modules), c.About)
	}
}

func TestFieldsThatCourseMdDoesNotKnowAreToldWithTheirLine(t *testing.T) {
	c := read(t, "course.md", "---\r\ntitle: A\r\nauthor: B\r\nlanguage: klingonish-x-y-z-1\r\nreading_grade: high\r\n---\r\n", "01-a.md", "# A")
	wantFound(t, c, FrontUnknown, []string{"name"}, "course.md:3 author")
	wantFound(t, c, FrontValue, []string{"name"}, "course.md:4 language", "course.md:5 reading_grade")
	if c.Language != "en" || c.ReadingGrade != AimGrade {
		t.Errorf("language %q, grade %d", c.Language, c.ReadingGrade)
	}
}

func TestATranslationWithoutItsSourceIsReportedAndIsNoModule(t *testing.T) {
	c := read(t, "course.md", "---\ntitle: A\n---\n", "01-a.md", "# A", "02-b.uk.md", "# B", "03-c.en.md", "# C", "03-c.uk.md", "# C")
	wantFound(t, c, TranslationAlone, []string{"lang"}, "02-b.uk.md:0 uk")
	wantSlugs(t, c, "a c")
	if c.Modules[1].Translations["uk"] == nil {
		t.Error("the translation of c is not there")
	}
}

func TestTwoFilesForOneLanguageAreReported(t *testing.T) {
	c := read(t, "01-a.md", "# A", "01-a.en.md", "# A", "01-a.fa.md", "# A", "translations/fa/01-a.md", "# A")
	wantFound(t, c, TranslationTwice, []string{"lang", "other"}, "01-a.en.md:0 en 01-a.md", "translations/fa/01-a.md:0 fa 01-a.fa.md")
}

func TestAFolderWithoutModulesSaysSo(t *testing.T) {
	c := read(t, "picture.png", "x")
	wantFound(t, c, CourseEmpty, nil, ":0")
}

func TestHiddenFilesStandInTheReport(t *testing.T) {
	c := read(t, "01-a.md", "# A", ".git/HEAD", "x")
	wantFound(t, c, HiddenLeftOut, []string{"path"}, ".git:0 .git")
}

func TestTargetsAreReadAsABrowserWould(t *testing.T) {
	for _, c := range [][4]string{
		{"03-listening.md", "02-b.md#try-it", "02-b.md", "try-it"},
		{"03-listening.md", "./02-b.md", "02-b.md", ""},
		{"03-listening.md", "#try-it", "03-listening.md", "try-it"},
		{"03-listening.md", "media/a%20door.png", "media/a door.png", ""},
		{"03-listening.md", "media/100%.png", "media/100%.png", ""},
		{"03-listening.md", "02-b.md?plain=1#%D8%A7", "02-b.md", "ا"},
		{"translations/fa/1.1 A.md", "../../images/x.png", "images/x.png", ""},
		{"translations/fa/1.1 A.md", "/images/x.png", "images/x.png", ""},
		{"a.md", "../secret.md", "", ""},
		{"a.md", "x/../../secret.md", "", ""},
		{"a.md", "/../secret.md", "secret.md", ""},
		{"a.md", "..", "", ""},
		{"a.md", "https://example.org/b.md", "", ""},
		{"a.md", "//example.org/b.md", "", ""},
		{"a.md", "javascript:alert(1)", "", ""},
	} {
		file, anchor := Target(c[0], c[1])
		if file != c[2] || anchor != c[3] {
			t.Errorf("%s in %s leads to %q %q, want %q %q", c[1], c[0], file, anchor, c[2], c[3])
		}
	}
}

func TestAPlaceInAModuleIsFoundWithItsStep(t *testing.T) {
	c := read(t, "01-a.md", "# A\n\nHi.\n\n## Try it\n\n:::practice[Listen]{#two-minutes}\nGo.\n:::\n\n### A heading {#deep}\n\nHi.\n")
	m := c.Modules[0]
	for id, want := range map[string]string{"try-it": "try-it", "two-minutes": "try-it", "deep": "try-it", "start": "start", "nowhere": ""} {
		if got := m.StepOf(id); got != want {
			t.Errorf("%q is in step %q, want %q", id, got, want)
		}
	}
}

// FuzzRead holds Read to never failing on what OpenFS lets through.
func FuzzRead(f *testing.F) {
	f.Add("course.md", "---\ntitle: A\n---\n", "01-a.fa.md", "# A\n[b](../x#y)")
	f.Add("config.yaml", "carpentry: swc\nepisodes: [a.md]", "episodes/a.md", ":::: callout\n## x\n::::")
	f.Add("book.toml", "[book]\nsrc='s'", "s/SUMMARY.md", "- [a](a.md)\n  - [b](b.md)")
	f.Fuzz(func(t *testing.T, pathA, textA, pathB, textB string) {
		if !fs.ValidPath(pathA) || !fs.ValidPath(pathB) {
			return // no file system has such a path
		}
		folder, err := OpenFS(fstest.MapFS{pathA: {Data: []byte(textA)}, pathB: {Data: []byte(textB)}})
		if err != nil {
			return
		}
		c := folder.Read(nil)
		if len(c.Files) != len(folder.Files) {
			t.Fatalf("%d files of %d", len(c.Files), len(folder.Files))
		}
		Check(c)
	})
}
