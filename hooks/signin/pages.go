package signin

import (
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// SignInPage is `/sign-in`, "signin/sign-in". Its form posts to /sign-in the
// fields who, password, own ("true" where ticked) and back.
type SignInPage struct {
	web.Base
	Back      string // where to go afterwards, a path of this site
	Who       string // as it was typed
	OwnDevice bool
	Errors    []web.FieldError // fields who and password
	Wait      int              // minutes until another try is looked at; 0 where it is

	// How long nothing happened before this browser's session ended by itself;
	// one of them where it did.
	IdleMinutes, IdleDays int
}

// FirstManagerPage is the one-time link that makes the first manager,
// "signin/first-manager". Its form posts to Address the fields username, email,
// name, password and own.
type FirstManagerPage struct {
	web.Base
	Gone      bool // the link opens nothing any more
	Address   string
	Username  string
	Email     string
	Name      string
	OwnDevice bool
	Min       int              // characters of a password
	Errors    []web.FieldError // fields username, email and password
}

// MePage is `/me`, "signin/me": who I am here, and where I am signed in.
// Forms: /language with language and back; /me/devices/{id} for each device;
// /sign-out.
type MePage struct {
	web.Base
	Email       string
	Roles       []RoleInList
	Workers     []people.Worker // who walks beside them
	Devices     []DeviceInList  // this one first
	HasPassword bool            // there is one that they can change
	Second      string          // whether a code of their phone is asked for: "on" or "off"; "" for those who only learn
	Holds       people.Waiting  // for a lead: holds whose day has passed
}

// A RoleInList is what somebody is, and where. Its words are under "role.<role>".
type RoleInList struct {
	Role  web.Role
	Label string // neutral name of the programme; "" for the site
}

// A DeviceInList is one place where somebody is signed in.
type DeviceInList struct {
	Device
	ID        string
	This      bool
	OwnDevice bool
	LastSeen  string // RFC 3339
}

// PasswordPage is `/me/password`, "signin/password". Its form posts to the same
// address the fields current and password.
type PasswordPage struct {
	web.Base
	Min    int              // characters of a password
	Errors []web.FieldError // fields current and password
	Wait   int              // minutes until another try is looked at; 0 where it is
}

// SecondPage is `/sign-in/second`, "signin/second": the password was right, and
// a code is asked for. Its form posts to the same address the field code, or with
// ("recovery") and recovery.
type SecondPage struct {
	web.Base
	Recovery bool             // it asks for a recovery code
	Closed   bool             // codes of a phone cannot be checked now: the key is missing
	Errors   []web.FieldError // fields code and recovery
	Wait     int              // minutes until another try is looked at; 0 where it is
}

// A SecondState is how somebody's second factor stands.
type SecondState string

// The states of MySecondPage.
const (
	SecondSetUp    SecondState = "set-up"    // here is what the phone has to read
	SecondSet      SecondState = "set"       // it is asked for when they sign in
	SecondNotGiven SecondState = "not-given" // it is set, and this session began without it
	SecondNoKey    SecondState = "no-key"    // it cannot be set up: the key is missing
)

// MySecondPage is `/me/second`, "signin/second-me". To set it up, its form posts
// to /me/second the fields code and back; to change it, another to
// /me/second/change the fields password, code and do (codes, phone or off).
type MySecondPage struct {
	web.Base
	State    SecondState
	Needed   bool   // a role of theirs waits for it
	Required bool   // a role of theirs asks for it, so it cannot be turned off
	Back     string // where to go afterwards; "" for nowhere
	Errors   []web.FieldError
	Wait     int

	QR       QR     // of the secret
	Secret   string // in groups of four, to type
	Changing bool   // another phone takes over
	Reset    bool   // the last one was taken away, and not by them
	ResetBy  string // by whom; "" for the operator

	Since string // RFC 3339
	Left  int    // recovery codes that were not used yet
}

// RecoveryPage is `/me/second/codes`, "signin/second-codes": recovery codes to
// write down. Its form posts back to the same address.
type RecoveryPage struct {
	web.Base
	Codes []string
	Back  string
}
