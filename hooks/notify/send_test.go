package notify_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

func TestAnUrgentMailGoesByItselfAtOnceInQuietHoursToo(t *testing.T) {
	w := newWorld(t)
	w.set(t, w.tutor, "no_digest", true)
	w.until(t, "03:00")
	w.urgent(t, w.tutor, "call00000000001")
	mail := readReceived(t, <-w.office.came) // nobody told the post to look
	want(t, "subject", mail.subject, "Alongside: please look now")
	if !strings.Contains(mail.text, siteAddress+"/") || mail.off != "" {
		t.Errorf("it says\n%s", mail.everything)
	}
}

func TestTheSameCallIsOneMailAndTheNextIsAnother(t *testing.T) {
	w := newWorld(t)
	w.urgent(t, w.tutor, "call00000000001")
	w.urgent(t, w.tutor, "call00000000001")
	w.urgent(t, w.tutor, "call00000000002")
	w.send(t)
	want(t, "mails", len(w.office.mails()), 2)
}

func TestNoMailGoesOfWhatDidNotHappen(t *testing.T) {
	w := newWorld(t)
	no := errors.New("no")
	err := w.App.RunInTransaction(func(tx core.App) error {
		return errors.Join(w.House.Notify.Urgent(tx, w.tutor.ID, "call00000000001"), no)
	})
	want(t, "it was rolled back", errors.Is(err, no), true)
	w.send(t)
	want(t, "mails", len(w.office.mails()), 0)
	want(t, "outbox", w.outbox(t), "")
}

func TestNothingIsPutWhereMailIsNotSetUp(t *testing.T) {
	for what, change := range map[string]func(*core.Settings){
		"no server":        func(s *core.Settings) { s.SMTP.Enabled = false },
		"no address of it": func(s *core.Settings) { s.Meta.AppURL = "http://localhost:8090" },
	} {
		w := newWorld(t)
		settings, err := w.App.Settings().Clone()
		if err != nil {
			t.Fatal(err)
		}
		change(settings)
		if err := w.App.Save(settings); err != nil {
			t.Fatal(err)
		}
		w.share(t, "share0000000001")
		w.urgent(t, w.tutor, "call00000000001")
		w.morning(t)
		want(t, what+": outbox", w.outbox(t), "")
		page := w.SignIn(t, w.MustSiteManager(t)).Get("/manage/mail").Body
		want(t, what+": the manager reads so", strings.Contains(page, "Mail is not set up, so nobody is told anything by mail"), true)
	}
}

func TestADailyMailThatDoesNotGoIsTriedLessAndLessOften(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.share(t, "share0000000001")
	w.morning(t)
	want(t, "outbox", w.outbox(t), "digest waiting unreachable")
	tries := 1
	for _, pause := range []time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour} {
		w.Clock.Pass(pause - time.Second)
		w.send(t)
		want(t, "tries before "+pause.String(), w.one(t, "SELECT tries FROM outbox"), itoa(tries))
		w.Clock.Pass(time.Second)
		w.send(t)
		tries++
		want(t, "tries after "+pause.String(), w.one(t, "SELECT tries FROM outbox"), itoa(tries))
	}
}

func TestAnUrgentMailThatDoesNotGoIsTriedEveryFiveMinutesForADayAndStuckAfterFive(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	begun, tries := w.Clock.Now(), 1
	for w.Clock.Now().Sub(begun) < 23*time.Hour {
		w.Clock.Pass(5 * time.Minute)
		w.send(t)
		tries++
		if got := w.one(t, "SELECT tries FROM outbox"); got != itoa(tries) {
			t.Fatalf("%s tries after %s, not %d", got, w.Clock.Now().Sub(begun), tries)
		}
	}
	for w.Clock.Now().Sub(begun) < 5*24*time.Hour {
		want(t, "outbox", w.outbox(t), "urgent waiting unreachable")
		w.Clock.Pass(time.Hour)
		w.send(t)
	}
	want(t, "outbox after five days", w.outbox(t), "urgent stuck unreachable")
	w.office.up()
	w.Clock.Pass(24 * time.Hour)
	w.send(t)
	want(t, "mails of what is stuck", len(w.office.mails()), 0)
}

// Somebody needs help now. The server is away for forty minutes and is back.
func TestAnUrgentMailGoesWithinMinutesOnceTheServerIsBack(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.urgent(t, w.tutor, "call00000000001")
	for range 8 {
		w.send(t)
		w.Clock.Pass(5 * time.Minute)
	}
	w.office.up()
	w.Clock.Pass(5 * time.Minute)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent sent ")
}

// Without the master key no daily mail goes. An urgent one needs no key.
func TestAnUrgentMailDoesNotWaitForTheKeyOfDailyOnes(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	if err := os.Remove(w.Dir + ".keys"); err != nil {
		t.Fatal(err)
	}
	later := &world{Site: w.AfterPowerCut(t), office: w.office, tutor: w.tutor}
	later.morning(t)
	want(t, "outbox", later.outbox(t), "digest waiting no-key")
	later.urgent(t, later.tutor, "call00000000001")
	later.Clock.Pass(time.Minute)
	later.send(t)
	want(t, "mails that went", later.one(t, "SELECT group_concat(kind) FROM outbox WHERE state = 'sent'"), "urgent")
}

// Mail was turned off in the meantime. Nobody is told of what was three months ago.
func TestAnUrgentMailOfMonthsAgoDoesNotGo(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	settings, err := w.App.Settings().Clone()
	if err != nil {
		t.Fatal(err)
	}
	settings.SMTP.Enabled = false
	if err := w.App.Save(settings); err != nil {
		t.Fatal(err)
	}
	w.Clock.Pass(90 * 24 * time.Hour)
	w.send(t)
	w.office.up()
	w.setUp(t)
	w.send(t)
	want(t, "mails", len(w.office.mails()), 0)
	want(t, "outbox", w.outbox(t), "urgent dropped ")
}

func TestMailGoesOnceTheServerIsBack(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.share(t, "share0000000001")
	w.morning(t)
	want(t, "outbox", w.outbox(t), "digest waiting unreachable")
	w.office.up()
	w.Clock.Pass(5 * time.Minute)
	w.send(t)
	want(t, "outbox", w.outbox(t), "digest sent ")
	want(t, "mails", len(w.office.mails()), 1)
}

func TestAnAddressThatIsRefusedHoldsUpNobodyElse(t *testing.T) {
	w := newWorld(t)
	w.set(t, w.learner, "email", "learner@example.org")
	w.office.refuse("tutor@example.org", "550 5.1.1 <tutor@example.org> is nobody here")
	w.urgent(t, w.tutor, "call00000000001")
	w.Clock.Pass(time.Second)
	w.urgent(t, w.learner, "call00000000001")
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent waiting bad-address, urgent sent ")
}

func TestAServerThatDoesNotAnswerIsGivenUpAndAskedAgainLater(t *testing.T) {
	w := newWorld(t)
	w.House.Notify.WaitAtMost(50 * time.Millisecond)
	w.office.hang(true)
	w.set(t, w.learner, "email", "learner@example.org")
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent waiting timeout")
	w.Clock.Pass(time.Second)
	w.urgent(t, w.learner, "call00000000001")
	w.send(t)
	want(t, "outbox, while it rests", w.outbox(t), "urgent waiting timeout, urgent waiting ")
	w.House.Notify.WaitAtMost(15 * time.Second)
	w.office.hang(false)
	w.Clock.Pass(5 * time.Minute)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent sent , urgent sent ")
}

func TestATroubleIsAWordOfOursWhateverTheServerSays(t *testing.T) {
	for says, wanted := range map[string]string{
		"550 5.7.1 <tutor@example.org> no relaying here":   "refused",
		"451 4.3.0 tutor@example.org: come back later":     "refused",
		"553 tutor@example.org: there is no such mailbox":  "bad-address",
		"550 5.1.1 <tutor@example.org>: user unknown":      "bad-address",
		"421 4.7.0 too many, tutor@example.org, goodbye":   "refused",
		"552 5.2.2 <tutor@example.org> has a full mailbox": "refused",
	} {
		w := newWorld(t)
		w.office.refuse("", says)
		w.urgent(t, w.tutor, "call00000000001")
		w.send(t)
		want(t, says, w.outbox(t), "urgent waiting "+wanted)
	}
}

func TestAPowerCutLosesNoMail(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	later := &world{Site: w.AfterPowerCut(t), office: w.office, tutor: w.tutor}
	w.office.up()
	later.Clock.Pass(5 * time.Minute)
	later.send(t)
	want(t, "outbox", later.outbox(t), "urgent sent ")
}

func TestStoppingWaitsForNoMailServerAndLosesNoMail(t *testing.T) {
	w := newWorld(t)
	w.office.hang(true)
	w.urgent(t, w.tutor, "call00000000001")
	<-w.office.called // it is on its way
	err := w.App.OnTerminate().Trigger(&core.TerminateEvent{App: w.App}, func(*core.TerminateEvent) error { return nil })
	want(t, "error", err, nil)
	want(t, "outbox", w.outbox(t), "urgent waiting ")
	want(t, "tries", w.one(t, "SELECT tries FROM outbox"), "0")
}

func TestAMailThatIsSentTwiceCanBeKnownAsOne(t *testing.T) {
	w := newWorld(t)
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	w.run(t, "UPDATE outbox SET state = 'waiting'", nil) // as if the power went before the note
	w.send(t)
	mails := w.office.mails()
	want(t, "mails", len(mails), 2)
	first, second := readReceived(t, mails[0]), readReceived(t, mails[1])
	want(t, "names", first.header.Get("Message-ID"), second.header.Get("Message-ID"))
}

func TestMailToSomebodyWhoIsNotHereAnyMoreDoesNotGo(t *testing.T) {
	w := newWorld(t)
	w.office.down()
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	w.office.up()
	w.set(t, w.tutor, "email", "")
	w.Clock.Pass(5 * time.Minute)
	w.send(t)
	want(t, "outbox", w.outbox(t), "urgent dropped ")
}

func TestWhatWasSentIsKeptForThirtyDays(t *testing.T) {
	w := newWorld(t)
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	w.Clock.Pass(30*24*time.Hour - time.Minute)
	w.retain(t)
	want(t, "outbox before", w.outbox(t), "urgent sent ")
	w.Clock.Pass(2 * time.Minute)
	w.retain(t)
	want(t, "outbox after", w.outbox(t), "")
}

func TestSomebodyFindsInTheirDataThatAMailWentToThem(t *testing.T) {
	w := newWorld(t)
	w.urgent(t, w.tutor, "call00000000001")
	w.send(t)
	theirs := w.SignIn(t, w.tutor).Get("/me/data").Page(t).Find("main").Text()
	want(t, "told", strings.Contains(theirs, "Mails to you"), true)
}
