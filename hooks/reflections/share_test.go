package reflections_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestNothingIsSharedBeforeTheLearnerSawWordForWordWhatWillBeSeen(t *testing.T) {
	s := newSharing(t)
	check := s.hers.Post(s.address(), s.form(t, "check", only(s.tom), bridge))
	if check.Status != 200 || !strings.Contains(check.Body, heron) || !strings.Contains(check.Body, letter) {
		t.Errorf("status %d: it does not show what will be seen\n%s", check.Status, check.Body)
	}
	if strings.Contains(check.Body, bridge) || !strings.Contains(check.Body, "One part stays with you") {
		t.Error("what she keeps stands among it, or is not said to stay")
	}
	if n := s.count(t, "shares"); n != 0 {
		t.Errorf("a look made %d shares", n)
	}
	if _, _, err := s.reads(t, s.tom); !errors.Is(err, web.ErrNotFound) {
		t.Errorf("Tom gets %v", err)
	}
}

func TestWhoReadsItSeesWhatWasSharedAndNothingOfWhatWasKept(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom, s.marek), bridge)
	for _, p := range only(s.tom, s.marek) {
		text, opened, err := s.reads(t, p)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, heron) || !strings.Contains(text, letter) || opened.Shown.Asked != "When were you heard?" || opened.Shown.Module != "First" {
			t.Errorf("they see %+v", opened.Shown)
		}
		for _, held := range append(opened.Shown.Held, text, opened.Shown.Under, opened.Sealed) {
			if strings.Contains(held, bridge) || strings.Contains(held, "bridge") {
				t.Errorf("what she kept is in %q", held)
			}
		}
		if len(opened.Shown.Held) != 1 {
			t.Errorf("it is not remembered what she keeps: %v", opened.Shown.Held)
		}
	}
	if n := s.count(t, "reflections WHERE state = 'shared'"); n != 1 {
		t.Error("her reflection does not say that it is shared")
	}
	if n := s.count(t, "audit WHERE kind = 'reflection-shared' AND subject = actor"); n != 2 {
		t.Errorf("%d acts", n)
	}
}

func TestWhatSheKeptTheLastTimeIsKeptTheNextTimeToo(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom), bridge)
	s.write(t, heron+" again\n\n"+bridge+"\n\n"+letter)
	page := s.hers.Get(s.address() + "?to=" + s.tom.ID).Page(t)
	if n := page.Find("input[name=keep][checked]").Length(); n != 1 || !strings.Contains(page.Find(".shown-part:has(input[checked])").Text(), bridge) {
		t.Errorf("%d are kept", n)
	}
	if page.Find("input[name=to][checked]").AttrOr("value", "") != s.tom.ID {
		t.Error("Tom is not chosen")
	}
	s.write(t, heron+"\n\n"+bridge+" and more\n\n"+letter)
	if body := s.hers.Get(s.address()).Body; !strings.Contains(body, "reads differently now") {
		t.Error("she is not told that what she kept reads differently")
	}
}

func TestEachPromptIsAPartOfItsOwnAndStaysKeptWhenItsAnswerChanges(t *testing.T) {
	s := newSharing(t)
	s.Publish(t, "small", map[string]string{"01-first.md": strings.Replace(course, ":::\n", "1. What happened?\n2. Now what?\n:::\n", 1)})
	s.find(t)
	prompts := func(second string) {
		one := s.by(s.dina, "")
		one.State, one.Words.Typed = reflections.Kept, map[int]string{1: heron, 2: second}
		s.keep(t, one)
	}
	prompts(bridge)
	s.share(t, only(s.tom), bridge)
	text, opened, err := s.reads(t, s.tom)
	if err != nil || strings.Contains(text, bridge) || len(opened.Shown.Parts) != 1 || opened.Shown.Parts[0].Asked != "What happened?" {
		t.Errorf("Tom sees %+v, %v", opened.Shown, err)
	}
	prompts(bridge + " and more")
	page := s.hers.Get(s.address()).Page(t)
	if !strings.Contains(page.Find(".shown-part:has(input[checked])").Text(), "Now what?") {
		t.Error("the prompt is not kept once its answer changed")
	}
}

func TestATextThatChangedSinceThePageWasMadeIsShownAgainAndNotShared(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom), bridge)
	s.write(t, heron+"\n\n"+bridge+"\n\nsomething new")
	r := s.hers.Post(s.address(), form)
	if r.Status != 409 || !strings.Contains(r.Body, "has changed since") || !strings.Contains(r.Body, "something new") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	if page := r.Page(t); page.Find("button[value=share]").Length() != 1 || page.Find("input[name=keep]").Length() != 1 {
		t.Errorf("she does not see what will be seen now, without the one part that she kept\n%s", page.Find("main").Text())
	}
	if n := s.count(t, "shares"); n != 0 {
		t.Error("it was shared all the same")
	}
}

func TestAPartThatWasKeptAndReadsDifferentlyNowIsChosenAnew(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom), bridge)
	s.write(t, heron+"\n\n"+bridge+", and more")
	r := s.hers.Post(s.address(), form)
	if page := r.Page(t); r.Status != 409 || page.Find("button[value=check]").Length() != 1 || s.count(t, "shares") != 0 {
		t.Errorf("status %d\n%s", r.Status, page.Find("main").Text())
	}
}

func TestTwoPressesAtOnceShareOnce(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom))
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if r := s.hers.Post(s.address(), form); r.Status != 303 {
				t.Errorf("status %d", r.Status)
			}
		}()
	}
	wg.Wait()
	if n, acts := s.count(t, "shares"), s.count(t, "audit WHERE kind = 'reflection-shared'"); n != 1 || acts != 1 {
		t.Errorf("%d shares, %d acts", n, acts)
	}
}

func TestOfTwoTabsTheLastPressCountsBecauseSheSawWhatItShares(t *testing.T) {
	s := newSharing(t)
	older := s.form(t, "share", only(s.tom))
	s.share(t, only(s.tom), bridge)
	s.hers.Post(s.address(), older) // she pressed it: it shares all of it
	if text, _, _ := s.reads(t, s.tom); !strings.Contains(text, bridge) {
		t.Error("what she shared last does not count")
	}
	if n := s.count(t, "shares"); n != 1 {
		t.Errorf("%d shares", n)
	}
}

func TestSomebodyWhoCannotBeChosenAnyMoreIsRefusedKindly(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom, s.marek), bridge)
	s.execute(t, "UPDATE memberships SET ends = {:now} WHERE user = {:tom}", dbx.Params{"now": people.Before(s.Clock.Now()), "tom": s.tom.ID})
	r := s.hers.Post(s.address(), form)
	if r.Status != 409 || !strings.Contains(r.Body, "cannot be chosen any more") || s.count(t, "shares") != 0 {
		t.Errorf("status %d, %d shares\n%s", r.Status, s.count(t, "shares"), r.Body)
	}
	if page := r.Page(t); page.Find("input[name=to]").Length() != 1 || page.Find("input[name=keep][checked]").Length() != 1 {
		t.Error("who is left, or what she chose, is not there")
	}
}

func TestNobodyIsChosenWhoDoesNotWalkBesideThem(t *testing.T) {
	s := newSharing(t)
	stranger := s.named(t, "Linh", web.Facilitator)
	form := s.form(t, "share", only(stranger))
	if r := s.hers.Post(s.address(), form); r.Status != 409 || s.count(t, "shares") != 0 {
		t.Errorf("a stranger: status %d", r.Status)
	}
	if r := s.hers.Post(s.address(), s.form(t, "check", nil)); r.Status != 422 || !strings.Contains(r.Body, "Choose at least one person") {
		t.Errorf("nobody: status %d", r.Status)
	}
	if r := s.hers.Post(s.address(), s.form(t, "check", only(s.tom), heron, bridge, letter)); r.Status != 422 || !strings.Contains(r.Body, "nothing to share") {
		t.Errorf("nothing to see: status %d", r.Status)
	}
}

func TestNobodySharesWhatSomebodyElseWrote(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom))
	for name, p := range map[string]hooktest.Person{"another learner": s.named(t, "Sam", web.Learner), "Tom": s.tom} {
		b := s.SignIn(t, p)
		if r := b.Get(s.address()); r.Status != 404 || strings.Contains(r.Body, heron) {
			t.Errorf("%s opens it: status %d", name, r.Status)
		}
		if r := b.Post(s.address(), form); r.Status != 404 {
			t.Errorf("%s sends it: status %d", name, r.Status)
		}
	}
	if n := s.count(t, "shares"); n != 0 {
		t.Errorf("%d shares", n)
	}
}

func TestWithoutTheKeyNothingIsSharedAndThePageSaysSo(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom))
	loseKey(t, s.Dir+".keys")
	now := &sharing{room: &room{Site: s.AfterPowerCut(t)}, dina: s.dina, tom: s.tom, id: s.id}
	b := now.SignIn(t, now.dina)
	if r := b.Get(now.address()); r.Status != 200 || !strings.Contains(r.Body, "cannot be opened") {
		t.Errorf("status %d: it does not say so", r.Status)
	}
	if r := b.Post(now.address(), form); r.Status != 409 || now.count(t, "shares") != 0 {
		t.Errorf("status %d", r.Status)
	}
}

func TestWhatIsClosedForTheirOwnSessionIsNotShared(t *testing.T) {
	s := newSharing(t)
	form := s.form(t, "share", only(s.tom))
	s.close(t)
	r := s.hers.Get(s.address())
	if !strings.Contains(r.Body, `href="/me/open"`) || strings.Contains(r.Body, heron) {
		t.Errorf("the page: %s", r.Body)
	}
	if r := s.hers.Post(s.address(), form); r.Status != 409 || s.count(t, "shares") != 0 {
		t.Errorf("status %d", r.Status)
	}
}

func TestSheIsToldByWhenAnAnswerComes(t *testing.T) {
	s := newSharing(t)
	due := s.Clock.Now().UTC().AddDate(0, 0, 5).Format(time.DateOnly)
	body := s.hers.Get(s.address()).Body
	if !strings.Contains(body, "They are asked to answer within 5 days") || !strings.Contains(body, `datetime="`+due+`"`) {
		t.Errorf("no promise of %s:\n%s", due, body)
	}
	s.share(t, only(s.tom))
	if n := s.count(t, "shares WHERE promised LIKE '"+due+"%'"); n != 1 {
		t.Error("what was promised is not kept")
	}
	s.execute(t, "UPDATE programmes SET reply_days = 2", nil)
	if body := s.hers.Get(s.address()).Body; !strings.Contains(body, "They are asked to answer within 2 days") {
		t.Error("what the programme promises is not said")
	}
}

func TestSomebodyWhoIsAwaySaysUntilWhenAndWhoCovers(t *testing.T) {
	s := newSharing(t)
	linh := s.named(t, "Linh", web.Facilitator)
	back := s.Clock.Now().UTC().AddDate(0, 0, 10)
	s.execute(t, `INSERT INTO absences (id, worker, programme, cover, starts, ends, created, updated) VALUES ('aaaaaaaaaaaaaaa', {:tom}, {:programme}, {:linh}, {:from}, {:back}, {:from}, {:from})`,
		dbx.Params{"tom": s.tom.ID, "linh": linh.ID, "programme": s.programme, "from": people.Before(s.Clock.Now().Add(-time.Hour)), "back": people.Before(back)})
	words := strings.Join(strings.Fields(s.hers.Get(s.address()).Page(t).Find("#to").Text()), " ")
	if !strings.Contains(words, "Tom, your facilitator. Away. Back on") || !strings.Contains(words, "Until then you can ask Linh.") || !strings.Contains(words, "Linh, your facilitator. For a while in place of Tom.") {
		t.Errorf("it says: %s", words)
	}
	s.share(t, only(s.tom, linh))
	due := back.AddDate(0, 0, 5).Format(time.DateOnly)
	if n := s.count(t, "shares WHERE promised LIKE '"+due+"%'"); n != 1 {
		t.Errorf("Tom is not expected by %s", due)
	}
	if text, _, err := s.reads(t, linh); err != nil || !strings.Contains(text, heron) {
		t.Errorf("who covers gets %v", err)
	}
	s.Clock.Pass(11 * 24 * time.Hour)
	if _, _, err := s.reads(t, linh); !errors.Is(err, web.ErrNotFound) {
		t.Errorf("afterwards who covered gets %v", err)
	}
}
