package signin

import "alongside/hooks/web"

// OpenPage is `/me/open`, "signin/open": somebody opens what is closed. Its forms
// post to the same address the field pin or password.
type OpenPage struct {
	web.Base
	Openers
	Errors []web.FieldError // fields pin and password
	Wait   int              // minutes until another try is looked at; 0 where it is
}

// Openers are what of somebody's own opens what is closed.
type Openers struct {
	Closed   bool   // something is closed
	Since    string // RFC 3339; since when
	PIN      bool   // the PIN that they chose before, or of the card in use
	CardPIN  bool   // that of the card in use
	Password bool
	Tired    bool // there were too many wrong PINs, so it is not taken any more
}

// OpenForPage is `/facilitate/learners/{learner}/open`, "signin/open-for": a
// member of staff who did not make the new way in opens it with the learner. Its
// form posts to the same address.
type OpenForPage struct {
	web.Base
	Called string // the learner
	Back   string // the learner's page
	Closed bool   // something is closed
	Since  string // RFC 3339; since when
	Same   bool   // by this very member of staff, so somebody else has to open it
}
