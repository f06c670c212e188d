package demo

import (
	"fmt"
	"time"

	"alongside/hooks/signin"

	"github.com/pocketbase/pocketbase/core"
)

// cardLife is long: a demo that is looked at again next year still opens.
const cardLife = 3650 * day

// makeCards gives learners the cards that demo.json names.
func makeCards(app core.App, desk *signin.Desk, made People, same marks, now time.Time) error {
	for _, p := range cast() {
		if p.card == (card{}) || same.has(p.username) {
			continue
		}
		if err := desk.GiveCard(app, p.given(made[p.key], now)); err != nil {
			return fmt.Errorf("card of %s: %w", p.username, err)
		}
	}
	return nil
}

func (p part) given(user string, now time.Time) signin.GivenCard {
	return signin.GivenCard{User: user, Secret: p.card.secret, Words: p.card.words, PIN: p.card.pin, Until: now.Add(cardLife)}
}
