package signin

import "alongside/hooks/web"

// CardPage is `/sign-in/card`, "signin/card": the link of a card was opened. Its
// form posts to the same address the fields pin and own.
type CardPage struct {
	web.Base
	OwnDevice bool
	Errors    []web.FieldError // field pin
	Wait      int              // minutes until another try is looked at; 0 where it is
}

// WordsPage is `/sign-in/words`, "signin/words": a card that is typed. Its form
// posts to the same address the fields who, words, pin, own and back.
type WordsPage struct {
	web.Base
	Back       string
	Who, Words string // as they were typed
	OwnDevice  bool
	Errors     []web.FieldError // fields who, words and pin
	Wait       int
}

// PINPage is `/sign-in/pin`, "signin/pin": the printed PIN was right, and they
// choose their own. Its form posts to the same address the fields pin and again.
type PINPage struct {
	web.Base
	Errors []web.FieldError // fields pin and again
}

// CodePage is `/sign-in/code`, "signin/code": a code that somebody in the room
// made. Its form posts to the same address the fields who, code, own and back.
type CodePage struct {
	web.Base
	Back      string
	Who       string
	OwnDevice bool
	Errors    []web.FieldError // fields who and code
	Wait      int
}

// WelcomePage is a link on which staff choose their password, "signin/welcome".
// Its form posts to Address the fields password and own.
type WelcomePage struct {
	web.Base
	Gone      bool // the link opens nothing any more
	Address   string
	Username  string
	OwnDevice bool
	Min       int              // characters of a password
	Errors    []web.FieldError // field password
}

// SheetPage is `/facilitate/cards/{sheet}`, "signin/sheet": cards to print.
type SheetPage struct {
	web.Base
	SiteAddress string // as somebody types it
	Minutes     int    // until this page is gone
	Cards       []CardOnPaper
}

// CardOnPaper is one card. What they are called stands beside it, on the screen
// only.
type CardOnPaper struct {
	Called   string
	Username string
	Words    []string
	PIN      string
	QR       QR
}

// CodeMadePage is "signin/code-made": a code for the next minutes.
type CodeMadePage struct {
	web.Base
	Learner     string // of users
	Called      string
	Username    string
	Code        string
	SiteAddress string
	Minutes     int
}

// LinkMadePage is "signin/link-made": a link to hand over.
type LinkMadePage struct {
	web.Base
	Back    string // the page of the person
	Called  string
	Link    string
	Minutes int // until this page is gone
}

// NotShownPage is "signin/not-shown": cards, a code or a link whose minutes are
// over, or that this session did not make.
type NotShownPage struct {
	web.Base
	What string // "cards", "code" or "link"; its words are under "not-shown.<What>"
	Back string // where another is made, or what leads there
}

// MyCardsPage is `/me/cards`, "signin/my-cards": how somebody can get in, and how
// they did.
type MyCardsPage struct {
	web.Base
	Cards     []CardInList // the one in use first
	Codes     []CodeInList
	SignIns   []SignInInList
	CanChange bool // the PIN
}

// A CardInList is one card of somebody. Its words are under "card.state.<State>".
type CardInList struct {
	State       string
	OwnPIN      bool
	Made, Until string // RFC 3339
	By          string // who made it, as they are called; "" where that is not known any more
}

// A CodeInList is one code or link that was made for somebody. Its words are
// under "code.kind.<Kind>".
type CodeInList struct {
	Kind string
	Made string // RFC 3339
	Used bool
	By   string
}

// A SignInInList is one time that somebody got in. Its words are under
// "how.<How>".
type SignInInList struct {
	Device
	How  string
	At   string // RFC 3339
	With string // whose code it was; "" for nobody's
	This bool
	Runs bool // it has not ended
}

// MyPINPage is `/me/pin`, "signin/my-pin". Its form posts to the same address the
// fields current, pin and again.
type MyPINPage struct {
	web.Base
	None   bool             // there is no PIN of theirs to change
	Errors []web.FieldError // fields current, pin and again
	Wait   int
}
