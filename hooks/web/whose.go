package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Two people may use one browser one after the other, and a page of the first
// may still be open in another tab. So a form into which somebody types carries
// a mark of whose page it was, and is refused once somebody else is signed in.

// whose is the field of a form that holds the mark of its page.
const whose = "whose"

// Mark is what a page of this viewer carries: a stamp of the person, which stays
// the same whenever they sign in, and the session that the page was made in. It
// is "" for a guest.
func (v *Viewer) Mark() string {
	if v == nil {
		return ""
	}
	return stampOfPerson(v.ID) + "." + v.Session
}

// stampOfPerson needs no key: ids are random, there is nothing to guess.
func stampOfPerson(id string) string {
	sum := sha256.Sum256([]byte("whose page\n" + id))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// IsAnothers reports whether a form came from a page of somebody else than this
// person. One without a mark is from a page that was opened before forms had
// them, or that said that nothing is kept: whoever sends it is believed, since
// to refuse it would lose what they wrote.
func IsAnothers(form url.Values, person string) bool {
	stamp, _, marked := strings.Cut(form.Get(whose), ".")
	return marked && stamp != stampOfPerson(person)
}

// SessionOf is the session in which the page of a form was made, as the form
// says; "" where it does not.
func SessionOf(form url.Values) string {
	_, session, _ := strings.Cut(form.Get(whose), ".")
	return session
}

// SavesItself reports whether nobody pressed anything: a page sent its form by
// itself.
func SavesItself(form url.Values) bool { return form.Get("auto") != "" }

// leadOn tells whoever is signed in that the page was another's, on the page as
// it is for them. Nothing of the form is kept or shown. A page that saves by
// itself reads the status alone.
func leadOn(e *core.RequestEvent) error {
	if SavesItself(e.Request.PostForm) {
		return e.NoContent(ErrAnothers.Status)
	}
	Notify(e, ErrAnothers.Key)
	return GoTo(e, pageOf(e))
}
