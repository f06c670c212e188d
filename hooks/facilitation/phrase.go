package facilitation

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// PhraseKinds are what an answer may do, in the order that it may do it in. Their
// words are under "phrase.kind.", and what each means under "phrase.hint.".
func PhraseKinds() []string { return []string{"thank", "strength", "question", "step"} }

// A Phrase is a sentence that somebody who answers wrote for others to lean on. It
// gets into an answer only where somebody puts it there.
type Phrase struct {
	ID       string `db:"id"`
	Kind     string `db:"kind"`
	Language string `db:"language"` // BCP 47
	Text     string `db:"text"`
	Name     string `db:"name"`   // whom it is by, as they chose; ""
	Mine     bool   `db:"mine"`   // the viewer wrote it
	Mentor   bool   `db:"mentor"` // whoever wrote it was a mentor then
	MayEnd   bool   `db:"may_end"`
}

// PhrasesOfKind are the phrases of one kind.
type PhrasesOfKind struct {
	Kind    string
	Phrases []Phrase
}

// phrasesMost is more than anybody reads.
const phrasesMost = 500

// mayEndSQL is the condition that the viewer takes a phrase away: it is theirs, or
// whoever wrote it does not work here any more, and they are a facilitator.
var mayEndSQL = `(author = {:viewer} OR {:facilitator} AND NOT EXISTS (
	SELECT 1 FROM memberships m WHERE m.user = phrases.author AND m.role != 'learner' AND ` + people.InForce("m") + `))`

func mayEnd(v *web.Viewer, now time.Time) dbx.Params {
	return dbx.Params{"viewer": v.ID, "facilitator": v.Is(web.Facilitator), "policyNow": people.Before(now)}
}

// phrases reads what was written in some languages; nil for all.
func (f *Facilitation) phrases(e *core.RequestEvent, languages []string) ([]PhrasesOfKind, error) {
	list, err := json.Marshal(languages)
	if err != nil {
		return nil, err
	}
	params := mayEnd(web.Current(e), web.Now(e))
	params["all"], params["languages"], params["most"] = languages == nil, string(list), phrasesMost
	var rows []Phrase
	err = f.app.ConcurrentDB().NewQuery(`SELECT id, kind, language, text, name, author = {:viewer} AS mine, ` + mayEndSQL + ` AS may_end,
			EXISTS (SELECT 1 FROM memberships m WHERE m.user = author AND m.role = 'mentor' AND m.starts <= phrases.created AND (m.ends = '' OR m.ends > phrases.created)) AS mentor
		FROM phrases WHERE ended = '' AND ({:all} OR language IN (SELECT value FROM json_each({:languages}))) ORDER BY created, id LIMIT {:most}`).
		Bind(params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list phrases: %w", err)
	}
	all := NoPhrases()
	for i, of := range all {
		for _, one := range rows {
			if one.Kind == of.Kind {
				all[i].Phrases = append(all[i].Phrases, one)
			}
		}
	}
	return all, nil
}

// NoPhrases are the kinds, before anybody wrote a phrase.
func NoPhrases() (all []PhrasesOfKind) {
	for _, kind := range PhraseKinds() {
		all = append(all, PhrasesOfKind{Kind: kind})
	}
	return all
}

// phrasesFor are those that fit an answer: in the language of the page, and in that
// of what was asked.
func (f *Facilitation) phrasesFor(e *core.RequestEvent, asked string) ([]PhrasesOfKind, error) {
	languages := slices.Compact([]string{languageOf(e), asked})
	return f.phrases(e, languages)
}
