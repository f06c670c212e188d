package signin

import "alongside/hooks/web"

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
	Email   string
	Roles   []RoleInList
	Devices []DeviceInList // this one first
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
