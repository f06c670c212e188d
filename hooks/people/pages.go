package people

import (
	"alongside/hooks/notify"
	"alongside/hooks/web"
	"alongside/templates"
)

// HubPage is `/manage`, "people/hub": where a manager begins.
type HubPage struct {
	web.Base
	Programmes  []ProgrammeInList
	SiteManager bool // they manage the site
	Bare        bool // and it has no programme yet
	Erasures    Waiting
	Holds       Waiting        // those whose day has passed
	Wishes      Waiting        // learners who would rather have somebody else
	Concerns    *ConcernCounts // of their programmes; nil where they manage none
}

// A ProgrammeInList is one programme, how many are in it, and what to do next.
type ProgrammeInList struct {
	ID, Label string
	Cohorts   int
	Learners  int
	Staff     int
	Over      bool
	Next      string // what is missing: cohort, staff, learners; "" for nothing
	Cohort    string // a group to add learners to
}

// StartPage is `/manage/start`, "people/start": from nothing to the first group.
// Its form has the fields site, name, label, cohort and walk.
type StartPage struct {
	web.Base
	SiteName, Name, Label, Cohort string
	Walk                          bool // "I will walk beside learners myself"
	Doubt                         string
	Errors                        []web.FieldError
}

// ProgrammesPage is `/manage/programmes`, "people/programmes": each programme
// and who manages it, and who manages the site.
type ProgrammesPage struct {
	web.Base
	Programmes []ProgrammeManaged
	Managers   []ManagerInList // of the site
	Who        string          // as it was typed
	Errors     []web.FieldError
	Wrong      string // the form that Errors are of: a programme's id, or "site"
}

// A ProgrammeManaged is a programme as the site manager sees it.
type ProgrammeManaged struct {
	ID, Label string
	Over      bool
	Managers  []ManagerInList
}

// A ManagerInList is one manager.
type ManagerInList struct {
	Programme  string
	Membership string
	Person     string // of users
	Called     string
	Username   string
	Me         bool
}

// ProgrammeNewPage is `/manage/programmes/new`, "people/programme-new".
type ProgrammeNewPage struct {
	web.Base
	Name, Label string
	First, Last string // ISO dates
	Manager     string // me, known or new
	Who         string // username or e-mail of who is known
	Called      string // of who is new
	Email       string
	Doubt       string // the label that there is a doubt about: sent again, it is taken
	Errors      []web.FieldError
}

// ProgrammePage is `/manage/programmes/{programme}`, "people/programme".
type ProgrammePage struct {
	web.Base
	Head        ProgrammeHead
	Counts      []RoleCount
	Cohorts     []CohortInList
	Places      []PlaceInList
	First, Last string
	Next        ProgrammeInList
}

// A ProgrammeHead is what stands above every page of a programme.
type ProgrammeHead struct {
	ID, Label, Name string
	Over            bool
}

// A RoleCount is how many people hold a role now.
type RoleCount struct {
	Role  web.Role
	Count int
}

// A CohortInList is one group.
type CohortInList struct {
	ID, Name, Place string
	First, Last     string
	Learners        int
	Over            bool
}

// A PlaceInList is one place.
type PlaceInList struct {
	ID, Name, Address, Hours string
	Over                     bool
}

// ProgrammeEditPage is `/manage/programmes/{programme}/edit`,
// "people/programme-edit".
type ProgrammeEditPage struct {
	web.Base
	Head        ProgrammeHead
	Name, Label string
	First, Last string
	Doubt       string
	ReplyDays   string // as it was typed; "" for the usual
	OnCall      []templates.Choice
	Errors      []web.FieldError
}

// CohortPage is the form of a group, new or not, "people/cohort".
type CohortPage struct {
	web.Base
	Head        ProgrammeHead
	ID          string // "" for a new one
	Name        string
	Place       string
	First, Last string
	Over        bool
	Places      []templates.Choice
	Errors      []web.FieldError
}

// PlacePage is the form of a place, new or not, "people/place".
type PlacePage struct {
	web.Base
	Head                 ProgrammeHead
	ID                   string
	Name, Address, Hours string
	Over                 bool
	Errors               []web.FieldError
}

// PeoplePage is `/manage/programmes/{programme}/people`, "people/people".
type PeoplePage struct {
	web.Base
	Head     ProgrammeHead
	Search   string
	Role     web.Role // "" for all
	Roles    []web.Role
	People   []PersonInList
	Page     int
	Before   string // address of the page before; "" for none
	After    string
	Anything bool // a search or a role was asked for
}

// A PersonInList is somebody in a programme, with what they are there.
type PersonInList struct {
	ID, Called, Username string
	Roles                []RoleHeld
	Here                 bool // a role of theirs holds now, so they have a page
}

// A RoleHeld is one role of somebody, with its dates.
type RoleHeld struct {
	Membership  string
	Role        web.Role
	Cohort      string
	First, Last string
	Later       bool // it has not begun
	Paused      string
	Resumes     string
}

// PersonPage is `/manage/programmes/{programme}/people/{person}`,
// "people/person".
type PersonPage struct {
	web.Base
	Head    ProgrammeHead
	Person  PersonInList
	Email   string
	Staff   bool // a role of theirs is not learner: a link lets them in
	Learner bool
	Me      bool
	Workers []WorkerInList
	Beside  []templates.Choice // who could walk beside them
	Roles   []templates.Choice
	Cohorts []templates.Choice
	First   string // as they were typed for a new role
	Last    string
	Resumes string // as it was typed for a break
	Errors  []web.FieldError
}

// A WorkerInList is who walks beside a learner.
type WorkerInList struct {
	Assignment string
	Worker     string
	Role       web.Role
	Called     string
	Since      string
}

// RoleEndPage asks before a role ends, "people/role-end".
type RoleEndPage struct {
	web.Base
	Head     ProgrammeHead // of no programme for the site manager's role
	Person   PersonInList
	Role     RoleHeld
	Learners int    // whom they walk beside, in this role
	Last     string // the day it ends; "" for now
	Back     string
	Address  string
	Errors   []web.FieldError
}

// StaffNewPage is `/manage/programmes/{programme}/staff/new`,
// "people/staff-new".
type StaffNewPage struct {
	web.Base
	Head      ProgrammeHead
	Username  string
	Called    string
	Email     string
	First     string
	Last      string
	Languages []templates.Choice
	Roles     []templates.Choice
	Cohorts   []templates.Choice
	Errors    []web.FieldError
}

// SettingsPage is `/manage/settings`, "people/settings".
type SettingsPage struct {
	web.Base
	Stamp     string
	SiteName  string
	Leave     string
	Languages []LanguageToOffer
	Stands    *SettingsStanding // what somebody else set meanwhile; nil where nobody did
	Errors    []web.FieldError
}

// A LanguageToOffer is one that has words in the binary.
type LanguageToOffer struct {
	Tag, Name, Dir string
	Offered        bool
}

// A SettingsStanding is what stands now, beside what was typed.
type SettingsStanding struct{ SiteName, Leave, Languages string }

// HelpListPage is `/manage/help`, "people/help-list".
type HelpListPage struct {
	web.Base
	Stamp   string
	Numbers []HelpInList
	Lacks   []HelpLack
	Sure    int // the number that somebody wants to take out although it is needed
	SureOf  string
	Errors  []web.FieldError
}

// A HelpLack is a needed kind of which there is nothing for everybody: in one
// language that the site offers, or at all.
type HelpLack struct {
	Kind string
	In   templates.Language // none where there is nothing in any
}

// A HelpInList is one number and its place in the list, counted from 1.
type HelpInList struct {
	Number   int
	Help     web.HelpNumber
	Language templates.Language // of its words; none where they are for all
	Place    string             // as the list calls it; "" for everywhere
	First    bool
	Last     bool
}

// HelpEditPage is `/manage/help/{number}` and `/manage/help/new`,
// "people/help-edit".
type HelpEditPage struct {
	web.Base
	Stamp     string
	Number    int // 0 for a new one
	Help      web.HelpNumber
	Kinds     []templates.Choice
	Languages []templates.Choice
	Places    []templates.Choice
	Sure      bool            // ask whether it may go although it is needed
	Stands    *web.HelpNumber // what somebody else set meanwhile
	Errors    []web.FieldError
}

// Seen is the number as a list of its own, to show what a learner will see.
func (p *HelpEditPage) Seen() []web.HelpNumber { return []web.HelpNumber{p.Help} }

// MailPage is `/manage/mail`, "people/mail". The password is never shown again.
type MailPage struct {
	web.Base
	On          bool
	Host, Port  string
	User        string
	HasPassword bool
	TLS         string // tls from the start, or starttls
	Sender      string
	From        string
	Address     string // of this site, where mails lead to
	SetUp       bool   // mail goes out by itself
	Standing    notify.Standing
	Stuck       []StuckMail
	To          string // where a test goes
	Tried       bool   // a test was sent just now
	Failed      string // the server's own words; "" where it was taken
	Slow        bool   // it did not answer in time
	Errors      []web.FieldError
}
