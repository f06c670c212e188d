package demo

import (
	"time"

	"alongside/hooks/web"
)

// A part is one person of the demo.
type part struct {
	key      string // by which rooms know them
	role     web.Role
	username string
	name     string
	password string
	card     card // of those who have one
	ofSite   bool // a manager of the site, not of the programme
	since    time.Duration
}

// A card of the demo. Its PIN is their own already.
type card struct{ secret, words, pin string }

// Their secrets are no secrets: they are here, and a demo listens on loopback
// only.
const (
	superuserEmail    = "superuser@demo.example"
	superuserPassword = "green-lantern-over-the-quay"
)

const day = 24 * time.Hour

// Keys of the people of the demo, for fillers.
const (
	NewLearner        = "new"
	HalfWayLearner    = "half-way"
	FinishedLearner   = "finished"
	FirstMentor       = "mentor"
	SecondMentor      = "second mentor"
	FirstFacilitator  = "facilitator"
	SecondFacilitator = "second facilitator"
	SafeguardingLead  = "lead"
	ProgrammeManager  = "programme manager"
	ManagerOfSite     = "site manager"
)

// cast is everybody in the demo, the same at each start.
func cast() []part {
	return []part{
		{key: NewLearner, role: web.Learner, username: "maple-48", name: "Dina", password: "maple-three-warm-loaves", card: card{"demo-card-of-maple-48-which-is-no-secret-000", "lemon kettle window", "402958"}, since: day},
		{key: HalfWayLearner, role: web.Learner, username: "harbour-17", name: "Yusuf", password: "harbour-early-morning-bus", card: card{"demo-card-of-harbour-17-which-is-no-secret-0", "bridge pencil summer", "617384"}, since: 30 * day},
		{key: FinishedLearner, role: web.Learner, username: "willow-63", name: "Grace", password: "willow-second-cup-of-tea", card: card{"demo-card-of-willow-63-which-is-no-secret-00", "garden ticket candle", "850219"}, since: 90 * day},
		{key: FirstMentor, role: web.Mentor, username: "robin-05", name: "Marek", password: "robin-long-way-round", since: 200 * day},
		{key: SecondMentor, role: web.Mentor, username: "heron-29", name: "Amina", password: "heron-quiet-by-the-water", since: 150 * day},
		{key: FirstFacilitator, role: web.Facilitator, username: "lantern-12", name: "Tom", password: "lantern-window-half-open", since: 300 * day},
		{key: SecondFacilitator, role: web.Facilitator, username: "compass-34", name: "Linh", password: "compass-paper-and-pencil", since: 250 * day},
		{key: SafeguardingLead, role: web.Lead, username: "beacon-71", name: "Farida", password: "beacon-always-somebody-in", since: 300 * day},
		{key: ProgrammeManager, role: web.Manager, username: "orchard-56", name: "Kofi", password: "orchard-apples-in-autumn", since: 320 * day},
		{key: ManagerOfSite, role: web.Manager, username: "keystone-90", name: "Helen", password: "keystone-old-stone-bridge", ofSite: true, since: 320 * day},
	}
}
