package people

import (
	"alongside/hooks/web"
	"alongside/templates"
)

// NamePage is "people/name": what somebody is called, and their e-mail. It is
// `/me/name` for oneself, and /name below a learner's or a person's page for
// whoever has their account. Its form posts to the same address the fields
// called, language, email and secret.
type NamePage struct {
	web.Base
	Address   string
	Back      string // address
	Mine      bool
	Username  string
	Called    string
	Email     string
	Languages []templates.Choice // of somebody else; none where the site speaks one alone
	MayEmail  bool               // the e-mail is changed here too
	Asks      string             // what is asked for where one's own e-mail changes: pin or password; "" where they have neither
	Wait      int                // minutes until another try is looked at; 0 where it is
	Errors    []web.FieldError
}
