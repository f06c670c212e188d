package learning_test

import (
	"slices"
	"strings"
	"testing"

	"alongside/hooks/web"
)

const original = `---
title: Listening
---
## Try it {#try-it}

:::question[Which is open?]{#open}
- [ ] Did you sleep
- [x] How was it
:::

:::reflection[When were you heard?]{#heard}
:::
`

const translated = `---
title: گوش دادن
---
## امتحان کنید

:::question[کدام باز است؟]
- [ ] خوابیدید
- [x] چطور بود
:::

:::reflection[کی شنیده شدید؟]
:::
`

func TestATranslationIsShownToWhoeverReadsItAndSharesItsAnswers(t *testing.T) {
	s, p, b := small(t)
	files := map[string]string{"course.md": "---\ntitle: Tongues\nlanguage: en\n---\n", "01-listening.md": original, "01-listening.fa.md": translated}
	s.Publish(t, "tongues", files)
	const step = "/courses/tongues/listening/try-it"
	open(t, b, step).choose("open", "How was it").set("a.heard", "at home").pressCheck("open")
	execute(t, s, "UPDATE users SET language = 'fa' WHERE id = '"+p.ID+"'")
	page := open(t, b, step)
	if got := page.chosen("open"); !slices.Equal(got, []string{"چطور بود"}) || page.form.Get("a.heard") != "at home" {
		t.Errorf("chosen is %v, and the form %v", got, page.form)
	}
	if dir := page.page.Find("form#step .text").AttrOr("dir", ""); dir != "rtl" {
		t.Errorf("direction %q", dir)
	}
	wantNoText(t, "a translation", page.body, "has changed")
	page.choose("open", "خوابیدید").set("a.heard", "خانه").press("continue")
	wantText(t, "module", module(t, b, "/courses/tongues/listening"), "گوش دادن")

	execute(t, s, "UPDATE users SET language = '' WHERE id = '"+p.ID+"'")
	page = open(t, b, step)
	if got := page.chosen("open"); !slices.Equal(got, []string{"Did you sleep"}) || page.form.Get("a.heard") != "خانه" {
		t.Errorf("back in English chosen is %v, and the form %v", got, page.form)
	}

	swap := strings.NewReplacer("- [ ] Did you sleep\n- [x] How was it", "- [x] How was it\n- [ ] Did you sleep", "- [ ] خوابیدید\n- [x] چطور بود", "- [x] چطور بود\n- [ ] خوابیدید")
	for path, text := range files {
		files[path] = swap.Replace(text)
	}
	s.Publish(t, "tongues", files)
	execute(t, s, "UPDATE users SET language = 'fa' WHERE id = '"+p.ID+"'")
	if got := open(t, b, step).chosen("open"); !slices.Equal(got, []string{"خوابیدید"}) {
		t.Errorf("after both moved chosen is %v", got)
	}
	other := s.SignIn(t, s.MustPerson(t, web.Learner))
	wantText(t, "somebody else", text(open(t, other, step).page.Find("main")), "Which is open?")
}
