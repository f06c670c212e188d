package notify_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

func TestNoMailComesWhereNothingWaits(t *testing.T) {
	w := newWorld(t)
	w.morning(t)
	want(t, "mails", len(w.office.mails()), 0)
	want(t, "rows", w.outbox(t), "")
}

func TestOneMailADaySaysHowMuchWaits(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.share(t, "share0000000002")
	w.morning(t)
	w.make(t)
	w.send(t)
	mail := w.only(t)
	want(t, "subject", mail.subject, "Alongside: something is waiting for you")
	for _, body := range []string{mail.text, mail.html} {
		if !strings.Contains(body, "2 things wait for your answer") || !strings.Contains(body, siteAddress+"/") {
			t.Errorf("it says\n%s", body)
		}
	}
	w.morning(t)
	want(t, "mails after the next morning", len(w.office.mails()), 2)
}

func TestTheDailyMailIsMadeAtEightOrLaterThatMorningWhereTheServerWasNotThere(t *testing.T) {
	for clock, made := range map[string]bool{"07:59": false, "08:00": true, "11:59": true, "12:00": false, "20:00": false} {
		w := newWorld(t)
		w.share(t, "share0000000001")
		w.until(t, clock)
		if err := w.House.Notify.MakeIfDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		want(t, clock, w.outbox(t) != "", made)
	}
}

func TestWhatWasTakenBackIsNotAnnounced(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.run(t, "UPDATE shares SET withdrawn = shared, waits = ''", nil)
	w.morning(t)
	want(t, "rows", w.outbox(t), "")
}

func TestWithoutTheMasterKeyTheDailyMailWaits(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	keys := w.Dir + ".keys"
	if err := os.Rename(keys, keys+".away"); err != nil {
		t.Fatal(err)
	}
	later := &world{Site: w.AfterPowerCut(t), office: w.office, tutor: w.tutor}
	later.until(t, "08:00")
	later.make(t)
	later.send(t)
	want(t, "outbox", later.outbox(t), "digest waiting no-key")
	if err := os.Rename(keys+".away", later.Dir+".keys"); err != nil {
		t.Fatal(err)
	}
	later.Clock.Pass(5 * time.Minute)
	later.send(t)
	want(t, "outbox", later.outbox(t), "digest sent ")
}

func TestWhoeverIsSeveralThingsHereGetsOneMailForAll(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.set(t, w.learner, "email", "learner@example.org")
	w.share(t, "share0000000002")
	w.answer(t, "share0000000002", "reply0000000001")
	w.run(t, "UPDATE shares SET learner = {:tutor} WHERE id = 'share0000000002'", dbx.Params{"tutor": w.tutor.ID}) // they learn too
	w.run(t, "UPDATE replies SET writer = {:other}", dbx.Params{"other": w.learner.ID})
	w.morning(t)
	mail := w.only(t)
	if !strings.Contains(mail.text, "1 thing waits for your answer") || !strings.Contains(mail.text, "1 answer for you") {
		t.Errorf("it says\n%s", mail.text)
	}
}

func TestALearnerWithAnEmailHearsThatTheyWereAnswered(t *testing.T) {
	w := newWorld(t)
	w.set(t, w.learner, "email", "learner@example.org")
	w.share(t, "share0000000001")
	w.answer(t, "share0000000001", "reply0000000001")
	w.morning(t)
	mail := w.only(t)
	want(t, "to", mail.header.Get("To"), "learner@example.org")
	if !strings.Contains(mail.text, "1 answer for you") {
		t.Errorf("it says\n%s", mail.text)
	}
}

func TestWhoeverHasNoEmailOrTurnedItOffGetsNone(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.set(t, w.tutor, "email", "")
	w.morning(t)
	w.set(t, w.tutor, "email", "tutor@example.org")
	w.set(t, w.tutor, "no_digest", true)
	w.morning(t)
	want(t, "rows", w.outbox(t), "")
}

func TestWhoeverMayNotReadAnyMoreHearsOfNothing(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.run(t, "UPDATE assignments SET ends = {:now}", dbx.Params{"now": moment(t, w.Clock.Now())})
	w.morning(t)
	want(t, "rows", w.outbox(t), "")
}

func TestTheDailyMailKeepsQuietHours(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.set(t, w.tutor, "quiet_from", "22:30")
	w.set(t, w.tutor, "quiet_until", "09:15")
	w.morning(t)
	want(t, "mails at eight", len(w.office.mails()), 0)
	w.Clock.Pass(75*time.Minute - time.Second)
	w.send(t)
	want(t, "mails just before the end", len(w.office.mails()), 0)
	w.Clock.Pass(time.Second)
	w.send(t)
	want(t, "mails at the end", len(w.office.mails()), 1)
}

func TestAMailThatWaitedOvernightKeepsTheUsualQuietHours(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.until(t, "21:00") // an hour before, whoever sends in the background might be quicker than this test
	w.make(t)
	w.send(t)
	w.until(t, "03:00")
	w.send(t)
	want(t, "mails at night", len(w.office.mails()), 0)
	w.morning(t)
	want(t, "mails in the morning, the one of yesterday and no other", len(w.office.mails()), 1)
	w.Clock.Pass(time.Hour)
	w.make(t)
	w.send(t)
	want(t, "mails later that day", len(w.office.mails()), 1)
}

func TestWhoeverSetsTheSameHourTwiceHasNoQuietHours(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.set(t, w.tutor, "quiet_from", "00:00")
	w.set(t, w.tutor, "quiet_until", "00:00")
	w.until(t, "03:00")
	w.make(t)
	w.send(t)
	want(t, "mails", len(w.office.mails()), 1)
}

func TestWhatWasDoneMeanwhileIsNotAnnounced(t *testing.T) {
	w := newWorld(t)
	w.share(t, "share0000000001")
	w.until(t, "07:00")
	w.make(t)
	w.answer(t, "share0000000001", "reply0000000001")
	w.until(t, "08:00")
	w.send(t)
	want(t, "mails", len(w.office.mails()), 0)
	want(t, "outbox", w.outbox(t), "digest dropped ")
}

func TestAMailSaysNothingOfAnybodyInAnyLanguage(t *testing.T) {
	for _, lang := range []string{"en", "ar-XB"} {
		w := newWorld(t)
		w.set(t, w.tutor, "language", lang)
		w.set(t, w.tutor, "name", "Tomasina")
		w.set(t, w.learner, "name", "Leonora")
		w.share(t, "share0000000001")
		w.morning(t)
		w.urgent(t, w.tutor, "call00000000001")
		w.send(t)
		mails := w.office.mails()
		want(t, lang+": mails", len(mails), 2)
		for _, whole := range mails {
			mail := readReceived(t, whole)
			rest := strings.ReplaceAll(mail.everything, mail.off, "")
			for _, secret := range []string{
				"Tomasina", "Leonora", w.tutor.Username, w.learner.Username, w.tutor.ID, w.learner.ID, "North Quay", "Thursday group", said,
				"kingfisher", "share", "mentor", "facilitator", "learner", "programme", "prison", "concern",
			} {
				if strings.Contains(strings.ToLower(rest), strings.ToLower(secret)) {
					t.Errorf("%s: %q is in\n%s", lang, secret, rest)
				}
			}
			wanted := `lang="en" dir="ltr"`
			if lang == "ar-XB" {
				wanted = `lang="ar-XB" dir="rtl"`
			}
			if !strings.Contains(mail.html, wanted) {
				t.Errorf("%s: it is not %s\n%s", lang, wanted, mail.html)
			}
			if lang == "ar-XB" && !strings.Contains(mail.subject, "\u202e") {
				t.Errorf("the subject is in another language: %q", mail.subject)
			}
		}
	}
}
