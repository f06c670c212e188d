package authoring

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What became of a suggestion.
const (
	SuggestionOpen    = "open"
	SuggestionTaken   = "taken"
	SuggestionChanged = "changed" // before it was taken
	SuggestionNo      = "declined"
)

// A SuggestionView is another text for a block, and what became of it.
type SuggestionView struct {
	ID      string `db:"id"`
	Place   string `db:"place"`
	Was     string `db:"was"`
	Text    string `db:"text"`
	Why     string `db:"why"`
	By      string `db:"by"`
	Called  string `db:"called"`
	State   string `db:"state"`
	Thanks  string `db:"thanks"`
	Version string `db:"revision"`
	Created string `db:"created"`
	Page    *ReviewPage
}

// Changes are the words that it changes.
func (s SuggestionView) Changes() []Change { return changes(s.Was, s.Text) }

func (a *Authoring) suggestionsOf(ctx context.Context, p Place, text string) (map[string][]SuggestionView, error) {
	var rows []SuggestionView
	err := a.app.ConcurrentDB().NewQuery(`SELECT s.id, s.place, s.was, s.text, s.why, s.by, COALESCE(NULLIF(u.name, ''), u.username, '') AS called, s.state, s.thanks, s.revision, s.created
		FROM suggestions s LEFT JOIN users u ON u.id = s.by WHERE s.draft = {:draft} ORDER BY s.created, s.rowid`).
		Bind(dbx.Params{"draft": p.Draft.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("suggestions for draft %s: %w", p.Draft.ID, err)
	}
	carry := a.carrier(ctx, p, text)
	all := map[string][]SuggestionView{}
	for _, row := range rows {
		place, err := carry(row.Version, row.Place)
		if err != nil {
			return nil, err
		}
		if place == "" {
			continue // the block is gone, and with it what to change
		}
		all[place] = append(all[place], row)
	}
	return all, nil
}

// suggestText says how somebody would write a block.
func (a *Authoring) suggestText(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	text, err := a.content.RevisionText(e.Request.Context(), p.Draft.Revision)
	if err != nil {
		return err
	}
	place := form.Get("place")
	piece, ok := courses.PieceAt([]byte(text), compiled(p, text), place)
	if !ok {
		return web.ErrNotFound
	}
	was := piece.Source([]byte(text))
	said := strings.TrimRight(string(courses.SameNewlines([]byte(form.Get("text")), []byte(was))), "\r\n \t")
	page := &ReviewPage{Typed: ReviewTyped{Form: "suggest", Place: place, Text: form.Get("text"), Why: strings.TrimSpace(form.Get("why"))}}
	switch {
	case said == was:
		page.Errors = []web.FieldError{{Field: "main", Key: "suggestion-same"}}
	case len(said) > courses.MaxFileBytes:
		page.Errors = []web.FieldError{{Field: "main", Key: "text-long", Max: courses.MaxFileBytes >> 10}}
	case utf8.RuneCountInString(page.Typed.Why) > noteMost:
		page.Errors = []web.FieldError{{Field: "main", Key: "line-long", Max: noteMost}}
	}
	if len(page.Errors) > 0 {
		return a.reviewPage(e, p, http.StatusUnprocessableEntity, page)
	}
	err = web.Exec(a.app, `INSERT INTO suggestions (id, draft, revision, place, was, text, why, by, state, thanks, decided_by, decided, created, updated)
		VALUES ({:id}, {:draft}, {:revision}, {:place}, {:was}, {:text}, {:why}, {:by}, 'open', '', '', '', {:now}, {:now})`, dbx.Params{
		"id": web.NewRowID(a.now()), "draft": p.Draft.ID, "revision": p.Draft.Revision, "place": place, "was": was, "text": said,
		"why": page.Typed.Why, "by": web.Current(e).ID, "now": stamp(a.now()),
	})
	if err != nil {
		return err
	}
	web.Notify(e, "suggestion-added")
	return web.SeeOther(e, p.ReviewAddress()+anchorOf(place))
}

// decideSuggestion is what a writer does with a suggestion: takes it, takes it with
// changes, or declines it with thanks.
func (a *Authoring) decideSuggestion(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	ctx, thanks := e.Request.Context(), strings.TrimSpace(form.Get("thanks"))
	if utf8.RuneCountInString(thanks) > noteMost {
		thanks = string([]rune(thanks)[:noteMost])
	}
	gone := false
	err = a.app.RunInTransaction(func(tx core.App) error {
		var s SuggestionView
		err := tx.DB().NewQuery("SELECT id, place, was, text, state FROM suggestions WHERE id = {:id} AND draft = {:draft} AND state = 'open'").
			Bind(dbx.Params{"id": e.Request.PathValue("suggestion"), "draft": p.Draft.ID}).WithContext(ctx).One(&s)
		if err != nil {
			return web.ErrNotFound
		}
		state := SuggestionNo
		if form.Get("do") == "take" {
			if p.Draft, err = a.draftByID(ctx, tx.DB(), p.Draft.ID); err != nil {
				return err
			}
			with := strings.TrimRight(string(courses.SameNewlines([]byte(form.Get("text")), []byte(s.Was))), "\r\n \t")
			if state = SuggestionTaken; with != s.Text && form.Has("text") {
				state = SuggestionChanged
			} else {
				with = s.Text
			}
			if gone, err = a.takeSuggestion(ctx, tx, p, s, with, web.Current(e).ID); err != nil || gone {
				return err
			}
		}
		return web.Exec(tx, "UPDATE suggestions SET state = {:state}, thanks = {:thanks}, decided_by = {:by}, decided = {:now}, updated = {:now} WHERE id = {:id}",
			dbx.Params{"state": state, "thanks": thanks, "by": web.Current(e).ID, "now": stamp(a.now()), "id": s.ID})
	})
	if err != nil {
		return err
	}
	if gone {
		web.Notify(e, "suggestion-gone")
	} else {
		web.Notify(e, "saved")
	}
	return web.SeeOther(e, p.ReviewAddress())
}

// takeSuggestion writes it into what the draft reads now. gone says that the block does
// not read any more as it did, so that a person has to do it.
func (a *Authoring) takeSuggestion(ctx context.Context, tx core.App, p Place, s SuggestionView, with, by string) (gone bool, err error) {
	head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
	if err != nil {
		return false, err
	}
	text := ""
	if block, ok := blockThatReads([]byte(head.Text), compiled(p, head.Text), s.Was, s.Place); ok {
		text = string(courses.ReplacePiece([]byte(head.Text), block, with))
	} else if amended, ok := courses.Amend([]byte(head.Text), s.Was, with); ok {
		text = string(amended) // another line of the same block changed, by another suggestion mostly
	} else {
		return true, nil
	}
	_, err = a.add(tx, p, State{After: head.Number, Text: text, By: by, How: Taken})
	return false, err
}

// blockThatReads finds the block of a text that reads so, the one at the same address
// where several do. ok is false where none does, or nobody can tell which is meant.
func blockThatReads(text []byte, m *courses.Module, was, place string) (found courses.Piece, ok bool) {
	several := false
	for at, piece := range courses.PartPieces(text, m) {
		switch {
		case piece.Source(text) != was:
		case at == place:
			return piece, true
		default:
			several = ok
			found, ok = piece, true
		}
	}
	return found, ok && !several
}
