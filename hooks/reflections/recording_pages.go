package reflections

import (
	"cmp"
	"net/url"

	"alongside/hooks/web"
)

// VoicePage is where somebody speaks, "reflections/voice": at
// `/reflections/{reflection}/voice` to a reflection of theirs, and with /voice
// after a thread's address their next reply. Its form posts to the same address
// the file sound and the seconds that it takes. With the field reply, which a
// thread's form has, what was typed is kept as well. The address may name with
// back where it leads on.
type VoicePage struct {
	web.Base
	Place   string // its address, without a query
	On      string // where it leads on, as the address names it; "" for where the place itself leads
	Back    string // where the place itself leads
	Reply   bool   // it is a reply in a thread
	Shared  bool   // somebody else can hear what is kept, or what was kept before it
	Asked   Asked
	Heard   *Heard // what is kept; nil for nothing
	Longest int    // seconds
	Most    int    // megabytes
	Errors  []web.FieldError
}

// Action is where its form posts to.
func (p *VoicePage) Action() string { return p.Place + p.query() }

// Deletion is where the form posts to that deletes.
func (p *VoicePage) Deletion() string { return p.Place + "/delete" + p.query() }

// Onward is where it leads.
func (p *VoicePage) Onward() string { return cmp.Or(p.On, p.Back) }

func (p *VoicePage) query() string {
	if p.On == "" {
		return ""
	}
	return "?back=" + url.QueryEscape(p.On)
}

// Asked is what somebody speaks to.
type Asked struct {
	Lang    string // BCP 47
	Text    string
	Prompts []string
}

// Shut reports whether nothing may take the place of what is kept.
func (p *VoicePage) Shut() bool { return p.Heard != nil && p.Heard.mustStay(p.Viewer) }

// mustStay reports whether the viewer may neither replace nor delete a recording:
// it is closed for them, or may be.
func (h Heard) mustStay(viewer *web.Viewer) bool {
	return h.Lock == Shut || h.Lock == NotNow && viewer.Closed
}
