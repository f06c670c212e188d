package audit

// Kinds of acts. Each has its words under "act.<kind>" in the locale files.
const (
	SignedIn        Kind = "signed-in"         // Detail: password, card, words, code, link
	SignInRefused   Kind = "sign-in-refused"   // Detail: as above; Subject only where the account is known
	SignedOutOther  Kind = "signed-out-device" // somebody ended one of their other sessions
	PasswordChanged Kind = "password-changed"
	PINChanged      Kind = "pin-changed"
	CardMade        Kind = "card-made" // Item: the card
	CardReplaced    Kind = "card-replaced"
	CardVoided      Kind = "card-voided"
	CardLocked      Kind = "card-locked"
	CardUnlocked    Kind = "card-unlocked"
	CodeMade        Kind = "code-made"    // Detail: room or link
	TextsClosed     Kind = "texts-closed" // text kept only for them: staff made a new way in
	Reopened        Kind = "reopened"     // the same; Detail: pin, password, staff; with session- before it, a session only
	ReopenRefused   Kind = "reopen-refused"
	SecondSet       Kind = "second-factor-set"
	SecondReset     Kind = "second-factor-reset"
	SecondRefused   Kind = "second-factor-refused"
	RecoveryUsed    Kind = "recovery-code-used"
	RecoveryMade    Kind = "recovery-codes-made"
	SecondOff       Kind = "second-factor-off"

	NameChanged  Kind = "name-changed"
	EmailChanged Kind = "email-changed"
	EmailRefused Kind = "email-refused" // it leads to another account

	LanguageChanged Kind = "language-changed" // by staff

	PersonAdded      Kind = "person-added"
	RoleGiven        Kind = "role-given" // Detail: the role
	RoleEnded        Kind = "role-ended"
	Paused           Kind = "paused"
	Resumed          Kind = "resumed"
	Assigned         Kind = "assigned"   // Subject: the learner; Item: the worker
	Unassigned       Kind = "unassigned" // the same
	AwaySet          Kind = "away-set"   // Subject: who is away; Detail: who covers; Item: the absence
	AwayEnded        Kind = "away-ended" // the same
	Enrolled         Kind = "enrolled"   // by somebody who works with them; Item: the course
	ProgrammeMade    Kind = "programme-made"
	ProgrammeChanged Kind = "programme-changed"
	CohortMade       Kind = "cohort-made"
	CohortChanged    Kind = "cohort-changed"
	PlaceMade        Kind = "place-made"
	PlaceChanged     Kind = "place-changed"
	CohortImported   Kind = "cohort-imported" // Detail: how many people

	SettingsChanged Kind = "settings-changed" // Detail: which
	MailTested      Kind = "mail-tested"
	MailAgain       Kind = "mail-again"  // stuck mail is tried again; Detail: how many
	MailLetGo       Kind = "mail-let-go" // the same, of what is not tried any more
	MailOff         Kind = "mail-off"    // somebody's daily mail; Detail: link, self
	MailOn          Kind = "mail-on"

	ReflectionShared    Kind = "reflection-shared"    // Item: the share; Detail: the reader, of users
	ReflectionWithdrawn Kind = "reflection-withdrawn" // the same
	ReflectionViewed    Kind = "reflection-viewed"    // by whom it was shared with; Item: the share
	ReflectionHeard     Kind = "reflection-heard"     // the same, of what was said
	ReflectionDeleted   Kind = "reflection-deleted"   // Item: the reflection
	ReplySent           Kind = "reply-sent"           // Subject: the learner; Item: the share
	ReplyRead           Kind = "reply-read"           // the same: what they wrote back needs no answer

	ElseAsked Kind = "else-asked" // a learner would rather have somebody else; Item: the call
	ElseEnded Kind = "else-ended" // they have, or it was taken back

	HelpAsked Kind = "help-asked" // by a learner; Item: the call; Detail: its kind
	HelpTaken Kind = "help-taken" // somebody says that they are on it; the same
	HelpEnded Kind = "help-ended" // taken back, or settled; the same

	HelpReopened Kind = "help-reopened" // who was on it is not after all, or it was not settled; the same

	// Of concerns nobody is told who is not among those who may read them: these have
	// no Subject and no Programme, and are left out of counts, but where it says so.
	// Their kinds begin with "concern-". Item: the concern.
	ConcernRaised       Kind = "concern-raised"
	ConcernViewed       Kind = "concern-viewed"
	ConcernAcknowledged Kind = "concern-acknowledged"
	ConcernDecided      Kind = "concern-decided"
	ConcernActed        Kind = "concern-acted"
	ConcernNoted        Kind = "concern-noted"
	ConcernClosed       Kind = "concern-closed"
	ConcernTold         Kind = "concern-told"         // Subject: the learner, who is told what came of it
	ConcernRead         Kind = "concern-told-read"    // Subject: the learner, who has looked at such things; Detail: up to which moment
	ConcernShareViewed  Kind = "concern-share-viewed" // Subject: the learner, whose share it came from was opened; Item: the share
	ConcernShareHeard   Kind = "concern-share-heard"  // the same, of what was said there; Detail: the recording

	AccountViewed    Kind = "account-viewed"
	ProgressViewed   Kind = "progress-viewed"
	GridExported     Kind = "grid-exported" // Item: the cohort
	DataDownloaded   Kind = "data-downloaded"
	ErasureAsked     Kind = "erasure-asked"
	ErasureBack      Kind = "erasure-taken-back"
	ErasurePreviewed Kind = "erasure-previewed"
	Erased           Kind = "erased"
	ErasedAgain      Kind = "erased-again" // after a restore; Detail: how many people
	HoldPlaced       Kind = "hold-placed"  // Detail: why
	HoldEnded        Kind = "hold-ended"
	RetentionRan     Kind = "retention-ran" // Detail: how many of what

	TextBegun   Kind = "text-begun"   // somebody began to write; Item: the draft
	WriterAsked Kind = "writer-asked" // to write with them; Subject: who; Item: the draft
	HandedOver  Kind = "handed-over"  // a text whose writer is gone; Subject: whose it is now; Item: the draft
	ReviewAsked Kind = "review-asked" // Item: the version
	SignedOff   Kind = "signed-off"   // Item: the version; Detail: as what
	HeldBack    Kind = "held-back"    // not safe, or needs changes; Item: the version; Detail: which
	Published   Kind = "published"    // Item: the version
	Unpublished Kind = "unpublished"  // taken off the course; Item: the version that was live
	PutBack     Kind = "put-back"     // the text before is live again; Item: the version
	CourseCared Kind = "course-cared" // who may take it, what it asks for; Item: the course

	ConsentAsked     Kind = "consent-asked"     // whether a story may be told; Subject: whose it is; Item: the contribution
	ConsentGiven     Kind = "consent-given"     // the same, by them
	ConsentDeclined  Kind = "consent-declined"  // the same
	ConsentNoted     Kind = "consent-noted"     // a writer says that it is on paper, or nobody's story; Detail: which
	ConsentWithdrawn Kind = "consent-withdrawn" // the story is out of every text; Detail: self, paper, over, erased

	OfferMade     Kind = "offer-made"       // paid work; Subject: whom it was offered to; Item: the offer
	OfferAnswered Kind = "offer-answered"   // the same, by them; Detail: accepted, declined
	OfferBack     Kind = "offer-taken-back" // the same, before they answered
	OfferDone     Kind = "offer-done"       // the same
	OfferPaid     Kind = "offer-paid"       // the same

	CourseImported Kind = "course-imported" // by the operator; Item: the course
	CourseExported Kind = "course-exported"
	KeysMade       Kind = "keys-made"    // the first master key; Item: its id
	KeysRotated    Kind = "keys-rotated" // Item: id of the new master key
	KeysMissing    Kind = "keys-missing" // started without the right master key; Detail: how the vault stands

	FirstManager    Kind = "first-manager"  // the site's first person, made on the one-time link
	Refused         Kind = "refused"        // the policy kept a page closed; Detail: the matter
	ActsExported    Kind = "acts-exported"  // counts of kinds by day
	ActsRetired     Kind = "acts-retired"   // rows older than the clock; Item: MAC of the last of them; Detail: its number
	CutFound        Kind = "rows-cut-found" // rows that had been there were gone; Detail: up to which number
	SuperuserIn     Kind = "superuser-signed-in"
	SuperuserNotIn  Kind = "superuser-refused" // Item: whose account, where it is one
	SuperuserChange Kind = "superuser-changed" // or tried to; Item: collection and row; Detail: create, update, delete, or the address
	SuperuserView   Kind = "superuser-viewed"  // Item: collection and row, or the collection; Detail: view, list, or the address
)
