package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// A text may be open in two tabs, or on two devices, and what is saved from one of
// them must not take the place of what the other saved unseen. So its form carries
// the stamp of what it shows as stored, and where that is not what is stored any
// more, the person sees both texts and chooses.

// What somebody may keep of two texts, as values of the field keep.
const (
	KeepMine   = "mine"
	KeepStored = "stored"
	KeepBoth   = "both"
)

// choiceDue stands before a stamp in a form that asks what to keep: that the
// other text was shown does not mean yet that they chose.
const choiceDue = "?"

// ChoiceDue is what a form shows as stored while it asks what to keep.
func ChoiceDue(stamp string) string { return choiceDue + stamp }

// maxPageName is how much is kept of what a page's script calls it.
const maxPageName = 32

// A Tab is what a form says of the open page that it comes from.
type Tab struct {
	Page string // what its script calls it; "" without scripts
	Asks bool   // whether the form says at all what it saw; one of ours always does
	Saw  string // the stamp of what it showed as stored; "" for nothing
	due  bool   // it asked what to keep
	keep string
	auto bool
}

// TabOf reads it. of ends the names of its fields, where a form has several texts.
func TabOf(form url.Values, of string) Tab {
	t := Tab{Page: form.Get("page"), Asks: form.Has("seen" + of), keep: form.Get("keep" + of), auto: SavesItself(form)}
	t.Page = t.Page[:min(len(t.Page), maxPageName)]
	t.Saw, t.due = strings.CutPrefix(form.Get("seen"+of), choiceDue)
	return t
}

// Keeps says what of two texts is to be kept where something else is stored than
// what was typed: its stamp, and the page by which it was stored. It is "" where
// that has to be asked first. A page that saves by itself never chooses.
func (t Tab) Keeps(stamp, by string) string {
	switch {
	case !t.Asks:
		return KeepMine
	case !t.due && (t.Saw == stamp || t.Page != "" && t.Page == by):
		return KeepMine
	case t.due && t.Saw == stamp && !t.auto && slices.Contains([]string{KeepMine, KeepStored, KeepBoth}, t.keep):
		return t.keep
	default:
		return ""
	}
}

// Keep gives what somebody chose of two texts; both stand one after the other.
func Keep(choice, stored, mine string) string {
	switch {
	case choice == KeepStored || mine == "" && choice == KeepBoth:
		return stored
	case choice == KeepBoth && stored != "" && stored != mine:
		return stored + "\n\n" + mine
	default:
		return mine
	}
}

// An Other is what was saved from elsewhere since a page was opened, and the field
// in which somebody says what to keep: the partial "other-text".
type Other struct {
	Error FieldError
	Parts []OtherPart
}

// OtherText asks what of two texts to keep. of is that of TabOf.
func OtherText(of string, parts ...OtherPart) *Other {
	return &Other{Error: FieldError{Field: "keep" + of, Key: "other-text"}, Parts: parts}
}

// An OtherPart is what stands in one of its fields.
type OtherPart struct {
	Label string // its key; "" where there is one field alone
	Said  string
}

// Stored tells a page that saved by itself what it shows as stored from now on, by
// the names of its fields. So a page that was opened before there was anything knows
// that there is something, and also that it is gone.
func Stored(e *core.RequestEvent, seen url.Values) error {
	e.Response.Header().Set("Stored", seen.Encode())
	return e.NoContent(http.StatusNoContent)
}
