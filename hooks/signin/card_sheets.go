package signin

import "time"

// A sheet is cards that were just made, for the session that made them.
type sheet struct {
	session string
	cards   []*NewCard
}

// sheets are what waits to be printed.
type sheets struct{ *waiting[sheet] }

func newSheets() sheets { return sheets{newWaiting[sheet]()} }

func (s sheets) keep(session string, cards []*NewCard, now time.Time) (id string) {
	id, _ = s.put(sheet{session: session, cards: cards}, now)
	return id
}

// of is a sheet of a session, and until when it can be printed.
func (s sheets) of(session, id string, now time.Time) (cards []*NewCard, until time.Time, ok bool) {
	one, until, ok := s.get(id, now)
	if !ok || one.session != session {
		return nil, time.Time{}, false
	}
	return one.cards, until, true
}
