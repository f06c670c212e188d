package courses

import (
	"strings"
	"testing"
)

func TestPlainNumberedFilesAreACourseWithTheirTranslations(t *testing.T) {
	c := read(t,
		"README.md", "# Security for all\n\nWhat this is.\n",
		"LICENSE", "CC0",
		"1.2 The second (of two).md", "No heading here.\n",
		"1.1 The CIA triad.md", "# The triad\n\n![x](images/x.png)\n",
		"1.10 The last.md", "# Last\n",
		"notes.md", "Not numbered.",
		"translations/fa/1.1 The CIA triad.md", "# سهگانه\n\n![x](../../images/x.png)\n",
		"translations/fa/README.md", "# فا\n",
		"images/x.png", "x")
	if c.Title != "Security for all" || !strings.Contains(c.About, "What this is.") {
		t.Errorf("the course is %q: %q", c.Title, c.About)
	}
	wantSlugs(t, c, "the-cia-triad the-second-of-two the-last")
	if c.Modules[0].Title != "The triad" || c.Modules[1].Title != "The second (of two)" {
		t.Errorf("titles %q, %q", c.Modules[0].Title, c.Modules[1].Title)
	}
	if c.Modules[0].Translations["fa"] == nil {
		t.Error("the translation is not there")
	}
	if f := fileOf(t, c, "translations/fa/README.md"); f.Kind != FileCourse || f.Lang != "fa" {
		t.Errorf("the translated README is %q in %q", f.Kind, f.Lang)
	}
	wantFound(t, c, CourseForeign, []string{"name"}, ":0 numbered")
	wantFound(t, c, MarkdownLeftOut, nil, "notes.md:0")
	wantFound(t, c, PictureMissing, nil)
}

func TestFilesWithoutNumbersAreModulesInTheOrderOfTheirNames(t *testing.T) {
	c := read(t, "welcome.md", "# W", "aims.md", "# A", "CONTRIBUTING.md", "# C", "readme.md", "# R")
	wantSlugs(t, c, "aims welcome")
}

func TestAnMdBookFollowsItsSummary(t *testing.T) {
	c := read(t,
		"book.toml", "[book]\ntitle = \"The Book\"\nlanguage = \"uk\"\nauthors = [\"Ada\"]\ndescription = \"A book.\"\n",
		"src/SUMMARY.md", "# Summary\n\n[Intro](README.md)\n\n# Part\n\n- [Second](ch/two.md)\n    - [In it](./ch/deep%20er.md)\n- [First](one.md)\n- [Draft]()\n- [Gone](gone.md)\n\n---\n\n[One again](one.md)\n",
		"src/README.md", "Hi.\n", "src/ch/two.md", "# Two\n\n{{#include x.rs:2:3}} and [one](../one.md)\n",
		"src/ch/deep er.md", "# Deep\n", "src/one.md", "No heading.\n", "src/left.md", "# Left\n")
	if c.Title != "The Book" || c.Summary != "A book." || c.Language != "uk" || c.Contributors[0].Name != "Ada" {
		t.Errorf("the book is %q, %q, %q, %v", c.Title, c.Summary, c.Language, c.Contributors)
	}
	wantSlugs(t, c, "src two deep-er one")
	if c.Modules[3].Title != "First" {
		t.Errorf("the chapter without a heading is %q", c.Modules[3].Title)
	}
	wantFound(t, c, ChaptersFlattened, []string{"count"}, "src/SUMMARY.md:0 1")
	wantFound(t, c, ChapterMissing, []string{"to"}, "src/SUMMARY.md:11 src/gone.md")
	wantFound(t, c, DirectiveUnknown, []string{"name"}, "src/ch/two.md:3 include")
	wantFound(t, c, LinkUnknown, nil)
	wantFound(t, c, MarkdownLeftOut, nil, "src/SUMMARY.md:0", "src/left.md:0")
}

const anEpisode = `---
title: Setting up
teaching: 10
---

:::::::::: objectives

- Learn.

::::::::::

Text.

::::: challenge

## Try this

Do it. See [the words](../learners/reference.md) and [two](02-b.md).

:::: solution

## Answer

So.

::::
:::::
`

func TestACarpentriesLessonFollowsItsConfigAndNamesItsBoxes(t *testing.T) {
	c := read(t,
		"config.yaml", "carpentry: 'swc'\ntitle: 'Git'\nlang: en\nepisodes:\n- 02-b.md\n- 01-a.md\n- 03-gone.md\n",
		"index.md", "---\nsite: x\n---\nWelcome.\n",
		"episodes/01-a.md", anEpisode, "episodes/02-b.md", "---\ntitle: B\n---\nHi.\n",
		"learners/reference.md", "# Words\n")
	if c.Title != "Git" || !c.HashesInFences || !strings.Contains(c.About, "Welcome.") {
		t.Errorf("the lesson is %q, hashes %v, about %q", c.Title, c.HashesInFences, c.About)
	}
	wantSlugs(t, c, "b a")
	a := c.Modules[1]
	if len(a.Steps) != 1 {
		t.Errorf("%d steps: a heading in a box started one", len(a.Steps))
	}
	wantFound(t, c, BlockUnknown, []string{"name"},
		"episodes/01-a.md:6 objectives", "episodes/01-a.md:14 challenge", "episodes/01-a.md:20 solution")
	wantFound(t, c, ChapterMissing, []string{"to"}, "config.yaml:7 episodes/03-gone.md")
	wantFound(t, c, LinkNotShown, []string{"to"}, "episodes/01-a.md:18 ../learners/reference.md")
	wantFound(t, c, LinkUnknown, nil)
}

func TestAConfigThatIsBrokenLeavesTheLessonInTheOrderOfItsNames(t *testing.T) {
	c := read(t, "config.yaml", "title: [\n", "episodes/10-b.md", "# B", "episodes/9-a.md", "# A")
	wantSlugs(t, c, "a b")
	if got := seen(c.Problems, ConfigBroken); len(got) != 1 {
		t.Errorf("problems %v", c.Problems)
	}
	c = read(t, "book.toml", "[book", "src/SUMMARY.md", "- [A](a.md)", "src/a.md", "# A")
	wantSlugs(t, c, "a")
	if got := seen(c.Problems, ConfigBroken); len(got) != 1 {
		t.Errorf("problems %v", c.Problems)
	}
}
