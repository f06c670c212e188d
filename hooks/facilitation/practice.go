package facilitation

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Practice is what those who walk beside learners keep for themselves: notes on
// their own practice, and when they meet somebody for supervision. Nobody else
// sees any of it, nor how much there is: no page, list or count of another person
// asks these tables, and what is done here is not on the record of acts.
type Practice struct {
	app   core.App
	vault *vault.Vault
	now   func() time.Time
}

// NewPractice makes the part of the room that serves them. now is the clock.
func NewPractice(app core.App, v *vault.Vault, now func() time.Time) *Practice {
	return &Practice{app: app, vault: v, now: now}
}

// Routes binds its pages. Every row is looked for by its owner too.
func (p *Practice) Routes(pages web.Pages) {
	mine := people.To(people.Practice)
	pages.GET("/facilitate/practice", mine, p.showPractice)

	pages.GET("/facilitate/practice/notes/new", mine, p.showNoteNew)
	pages.POST("/facilitate/practice/notes/new", mine, p.addNote).Kept()
	pages.GET("/facilitate/practice/notes/{note}", mine, p.showNote)
	pages.POST("/facilitate/practice/notes/{note}", mine, p.changeNote).Kept()
	pages.POST("/facilitate/practice/notes/{note}/delete", mine, p.deleteNote)

	pages.GET("/facilitate/practice/supervision/new", mine, p.showSupervisionNew)
	pages.POST("/facilitate/practice/supervision/new", mine, p.addSupervision).Kept()
	pages.GET("/facilitate/practice/supervision/{supervision}", mine, p.showSupervision)
	pages.POST("/facilitate/practice/supervision/{supervision}", mine, p.changeSupervision).Kept()
	pages.POST("/facilitate/practice/supervision/{supervision}/delete", mine, p.deleteSupervision)

	pages.GET("/facilitate/practice/record", mine, p.showPracticeRecord)
	pages.GET("/facilitate/practice/record.csv", mine, p.sendPracticeRecord)
}

// onlyMe is authenticated with each text.
const onlyMe = "only me"

func placeOfNote(id string) vault.Place {
	return vault.Place{Collection: "practice_notes", Row: id, Visibility: onlyMe}
}

func placeOfSupervision(id string) vault.Place {
	return vault.Place{Collection: "supervisions", Row: id, Visibility: onlyMe}
}

// seal closes what somebody wrote, under their own key.
func (p *Practice) seal(owner string, place vault.Place, written any) (string, error) {
	text, err := json.Marshal(written)
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", place.Collection, place.Row, err)
	}
	return p.vault.Seal(p.app, owner, place, text)
}

// open opens it for its writer, and says where it cannot be opened now.
func (p *Practice) open(owner string, place vault.Place, sealed string, written any) (reflections.Lock, error) {
	text, err := p.vault.Open(p.app, owner, place, sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		return reflections.NotNow, nil
	}
	if err != nil {
		return reflections.NotNow, err
	}
	return reflections.Unlocked, json.Unmarshal(text, written)
}

// errOlder says that a row is not any more as its page showed it.
var errOlder = errors.New("it was changed elsewhere meanwhile")

// tidy is a text of several lines as it is kept.
func tidy(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}
