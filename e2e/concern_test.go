package e2e

import (
	"regexp"
	"testing"

	"alongside/e2e/browser"
)

// What stands on a concern's pages and nowhere else.
const (
	theySaid   = "a-heron-that-would-not-land"
	iSaw       = "two-left-shoes-under-the-bench"
	iThink     = "thunder-behind-the-bakery"
	wasDone    = "a-flask-of-mint-tea"
	wasDoneNow = "a-walk-round-the-reservoir"
	theyWish   = "a-lamp-left-on-in-the-hall"
	whyOpened  = "a-rope-ladder-from-the-loft"
	whyDecided = "a-kite-in-the-plane-tree"
	whatCame   = "a-bench-that-was-mended"

	sharedWithTom = "and then she closed her book" // by the second learner of the demo
)

// asLead gives somebody of the demo the role of a lead besides their own.
const asLead = `INSERT INTO memberships (id, user, programme, role, starts, created, updated)
	SELECT 'anotherlead0000', m.user, m.programme, 'lead', m.starts, m.created, m.updated FROM memberships m JOIN users u ON u.id = m.user WHERE u.username = 'compass-34' LIMIT 1`

// What a learner shared worries Tom. Who answers for concerns deals with it. Linh,
// whom it names, would answer for it as well: she learns of nothing. The learner
// learns what they are told, and who read what when; whoever looks after the
// computer comes upon not one word.
func TestAConcernIsReadByThoseWhoAnswerForItAndByNobodyElse(t *testing.T) {
	t.Parallel()
	p, err := pristine.Copy(t.TempDir())
	must(t, err)
	must(t, p.Change(asLead))
	start(t, p)
	words := []string{theySaid, iSaw, iThink, wasDone, wasDoneNow, theyWish, whyOpened, whyDecided, whatCame}
	for _, one := range words {
		p.Secret(one)
	}

	lead := open(t, p, browser.Options{})
	signIn(lead, person(t, p, "lead", 0))
	lead.DontSee("A safeguarding concern waits for you")

	desk := open(t, p, browser.Options{Width: 1280, Height: 800})
	signIn(desk, person(t, p, "facilitator", 0))
	at := raiseAConcern(t, desk)

	named := open(t, p, browser.Options{})
	signIn(named, person(t, p, "facilitator", 1))
	named.DontSee("A safeguarding concern waits for you")
	named.Visit("/concerns")
	named.See("Waiting for a lead")
	named.DontSee("by Tom", theySaid)
	for _, address := range []string{at, at + "/acts", at + "/share", at + "/tell", at + "/check", at + "/said"} {
		named.Visit(address)
		if named.Status() != 404 {
			t.Errorf("for whom it names %s is there: %d", address, named.Status())
		}
		named.DontSee(words...)
	}

	answerForIt(t, lead)
	desk.Visit(at)
	desk.See("Closed", theySaid)
	desk.DontSee(whyOpened, whyDecided, whatCame)

	phone := open(t, p, browser.Options{Width: 320, Height: 640})
	signIn(phone, person(t, p, "learner", 1))
	phone.Press("Read it")
	phone.See(whatCame)
	phone.DontSee(words[:len(words)-1]...)
	phone.Visit("/me/data")
	for act, who := range map[string]string{
		"Something that you shared was opened":                     "Tom",
		"A safeguarding lead opened something that you had shared": "Farida",
		"You were told what came of a worry about you":             "Farida",
	} {
		phone.SeeLike(regexp.QuoteMeta(act) + `[^·]* By ` + who + ` · \w+ \d+ \w+ 20\d\d, \d\d:\d\d UTC`)
	}
	phone.DontSee(words...)

	searched := searchEverywhere(t, p, words...)
	if searched.rows["concerns"] != 1 || searched.rows["concern_acts"] < 5 {
		t.Errorf("the dashboard lists %d concerns and %d acts", searched.rows["concerns"], searched.rows["concern_acts"])
	}
}

// raiseAConcern goes from what somebody shared through the three screens, changes
// one of them, and sends it. It gives the address of the concern.
func raiseAConcern(t *testing.T, desk *browser.Page) string {
	t.Helper()
	desk.Visit("/facilitate")
	desk.Press("Yusuf")
	desk.See(sharedWithTom)
	desk.Press("Something here worries you?")
	desk.See("Stay calm", "Step 1 of 3")
	desk.DontSee(sharedWithTom) // nothing of it is copied
	desk.Fill("What they said, in their own words", theySaid)
	desk.Fill("What I saw or know", iSaw)
	desk.Fill("What I think", iThink)
	desk.Pick("Is it about somebody who works here?", "Linh")
	desk.Press("Save and go on")
	desk.Choose("The safeguarding lead, in person")
	desk.Fill("What was done", wasDone)
	desk.Press("Save and go on")
	desk.Fill("What they would like to happen", theyWish)
	desk.Choose("Not yet. I will tell them")
	desk.Press("Save and check")

	desk.See("Check it, then raise it", theySaid, iSaw, iThink, wasDone, theyWish, "The safeguarding lead, in person", "Not yet. I will tell them")
	desk.SeeLike(`Who will read this Farida · Safeguarding lead Nobody else here can read it\..* It is hidden from Linh`)
	desk.Press("Change what was done")
	desk.Fill("What was done", wasDoneNow)
	desk.Press("Save and go on")
	desk.Press("Save and check")
	desk.See(wasDoneNow, theySaid, theyWish)
	desk.DontSee(wasDone)
	desk.Press("Raise it now")
	desk.See("It is raised. From now on we count how long it waits.")
	return desk.Path()
}

// answerForIt is a lead who finds a concern on their own page, opens what it came
// from, decides, tells the learner and closes it.
func answerForIt(t *testing.T, lead *browser.Page) {
	t.Helper()
	lead.Visit("/")
	lead.See("A safeguarding concern waits for you")
	lead.Press("See it")
	lead.SeeLike(`Waiting for a lead Raised (just now|\d+ minutes? ago)`)
	lead.Press("Raised")
	lead.SeeLike(`What I saw or know ` + iSaw + ` What I think ` + iThink) // apart from each other
	lead.See(theySaid, wasDoneNow, theyWish)
	lead.DontSee(wasDone, sharedWithTom)

	lead.Press("Open it")
	lead.DontSee(sharedWithTom) // not without a reason
	lead.Fill("Why you need to read it", whyOpened)
	lead.Press("Open it")
	lead.See("What the learner shared", sharedWithTom)
	lead.Press("A concern")

	lead.Fill("What you do, and why", whyDecided)
	lead.Press("I have read it and I am dealing with it")
	lead.Choose("Something has to be done")
	lead.Fill("What you do, and why", whyDecided)
	lead.Press("Save the decision")
	lead.Press("Write to them")
	lead.Fill("What you want to tell them", whatCame)
	lead.Press("See what they will read")
	lead.See(whatCame, "it cannot be changed or taken back")
	lead.Press("Send it to them")
	lead.Fill("What you do, and why", whyDecided)
	lead.Press("Close it")
	lead.See("This concern is closed", whyOpened, whyDecided, whatCame)
	lead.Visit("/")
	lead.DontSee("A safeguarding concern waits for you")
}
