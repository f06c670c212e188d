package courses

import (
	"strings"
	"testing"
)

const withStory = `---
title: Bees
---
Before.

:::story[Keeper of bees]{#bees}
I kept bees on the roof.

> Nobody knew.

:::note
It was warm.
:::

:::reflection[What do you know of this?]{#what-i-know}
:::
:::

After.

## More {#more}

:::story[Somebody]{#other}
Another one.
:::
`

func module(text string) *Module {
	return Compile(Source{Path: "01-bees.md", Lang: "en", Text: []byte(text)})
}

func TestAStoryIsWhatSomebodyToldAndNotWhatAnAuthorAsksInIt(t *testing.T) {
	all := Stories(module(withStory))
	if len(all) != 2 || all[0].ID != "bees" || all[0].Label != "Keeper of bees" {
		t.Fatalf("%+v", all)
	}
	if want := "I kept bees on the roof.\nNobody knew.\nIt was warm."; all[0].Words != want {
		t.Errorf("%q, and not %q", all[0].Words, want)
	}
	if again := Stories(module(strings.ReplaceAll(withStory, "I kept bees", "I  kept\nbees"))); again[0].Sum() != all[0].Sum() {
		t.Error("another line break makes other words of it")
	}
	if again := Stories(module(strings.ReplaceAll(withStory, "roof", "hill"))); again[0].Sum() == all[0].Sum() {
		t.Error("other words are the same words")
	}
}

func TestAStoryThatIsCutLeavesWhatLearnersAnswered(t *testing.T) {
	for name, text := range map[string]string{"as it is": withStory, "of Windows": strings.ReplaceAll(withStory, "\n", "\r\n")} {
		cut, found := CutStory(Source{Path: "01-bees.md", Lang: "en", Text: []byte(text)}, "bees")
		if !found {
			t.Fatalf("%s: not found", name)
		}
		for _, gone := range []string{"bees on the roof", "Keeper", "Nobody knew", "It was warm"} {
			if strings.Contains(string(cut), gone) {
				t.Errorf("%s: %q is still there:\n%s", name, gone, cut)
			}
		}
		want := "\nBefore.\n\n::withdrawn{#bees}\n\n:::reflection[What do you know of this?]{#what-i-know}\n:::\n\nAfter.\n"
		if !strings.Contains(strings.ReplaceAll(string(cut), "\r\n", "\n"), strings.TrimPrefix(want, "\n")) {
			t.Errorf("%s:\n%s", name, cut)
		}
		if strings.Count(text, "\r") > 0 && strings.Count(string(cut), "\n") != strings.Count(string(cut), "\r\n") {
			t.Errorf("%s: a line ends otherwise", name)
		}
		after := module(string(cut))
		if len(after.Problems) != 0 {
			t.Errorf("%s: %+v", name, after.Problems)
		}
		m := Compare(module(text), after)
		if m.Activities["what-i-know"].To != "what-i-know" {
			t.Errorf("%s: the answers to it are lost: %+v", name, m.Activities)
		}
		if rest := Stories(after); len(rest) != 1 || rest[0].ID != "other" {
			t.Errorf("%s: %+v", name, rest)
		}
	}
}

func TestAStoryThatNobodyClosedIsCutToTheEndOfItsStep(t *testing.T) {
	text := "Before.\n\n:::story[S]{#s}\nMine alone.\n\n## Next\n\nAfter.\n"
	cut, found := CutStory(Source{Path: "01-a.md", Lang: "en", Text: []byte(text)}, "s")
	if want := "Before.\n\n::withdrawn{#s}\n## Next\n\nAfter.\n"; !found || string(cut) != want {
		t.Errorf("%q", cut)
	}
}

func TestWhatIsNotThereIsNotCut(t *testing.T) {
	cut, found := CutStory(Source{Path: "01-a.md", Lang: "en", Text: []byte(withStory)}, "none")
	if found || string(cut) != withStory {
		t.Error("something was cut")
	}
}

func FuzzCutStory(f *testing.F) {
	f.Add([]byte(withStory))
	f.Add([]byte(":::story{#bees}\na\n:::\n:::story{#bees}\nb"))
	f.Add([]byte(":::story{#bees}\n:::story[x]\nb\n:::\n:::"))
	f.Fuzz(func(t *testing.T, text []byte) {
		cut, found := CutStory(Source{Path: "01-a.md", Lang: "en", Text: text}, "bees")
		if !found {
			return
		}
		for _, story := range Stories(module(string(cut))) {
			if story.ID == "bees" && story.Words != "" {
				t.Errorf("%q became %q, which still tells %q", text, cut, story.Words)
			}
		}
	})
}

func TestWhatWasToldIsForgottenWhereverItStands(t *testing.T) {
	told := []string{Stories(module(withStory))[0].Words, "I kept **bees** on the roof of our house, and nobody knew."}
	for name, c := range map[string]struct{ text, want string }{
		"in its story":            {withStory, "::withdrawn{#bees}"},
		"under another id":        {strings.ReplaceAll(withStory, "{#bees}", "{#roof}"), "::withdrawn{#roof}"},
		"as it was being typed":   {"A.\n\n:::story[X]{#new}\nI kept bee\n:::\n", "A.\n"},
		"half of it, not closed":  {"A.\n\n:::story[X]{#new}\nI kept bees on\n", "A.\n\n::withdrawn{#new}\n"},
		"quoted in a paragraph":   {"A.\n\nShe said: I kept bees on the roof of our house.\n\nB.\n", "A.\n\n\nB.\n"},
		"with marks of Markdown":  {"A.\n\n> I *kept* bees on **the roof** of our house\n", "A.\n"},
		"not what others say too": {"A.\n\nNobody knew.\n\nI kept bees.\n", "I kept bees."},
	} {
		got, _ := Forget(Source{Path: "01-a.md", Lang: "en", Text: []byte(c.text)}, "bees", told)
		if !strings.Contains(string(got), c.want) || strings.Contains(string(got), "roof") && !strings.Contains(string(got), "{#roof}") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestAStoryIsHeadedAsItsTellerChose(t *testing.T) {
	for _, name := range []string{"Amina", "", "The [wolf] of *ward* 9", `back\slash & <b>`, "کیپر زنبورها"} {
		for _, text := range []string{withStory, strings.ReplaceAll(withStory, "[Keeper of bees]", ""), strings.ReplaceAll(withStory, "{#bees}", ""), strings.ReplaceAll(withStory, "\n", "\r\n")} {
			id := Stories(module(text))[0].ID
			got, ok := HeadStory(Source{Path: "01-a.md", Lang: "en", Text: []byte(text)}, id, name)
			if !ok {
				t.Fatalf("%q is not there in\n%s", id, text)
			}
			if after := Stories(module(string(got)))[0]; after.ID != id || after.Label != name || after.Words != Stories(module(text))[0].Words {
				t.Errorf("%q became %+v\n%s", name, after, got)
			}
		}
	}
}
