package notify

import (
	"context"

	"github.com/pocketbase/pocketbase/core"
)

// Urgent lets somebody know at once that they have to look, whatever the hour.
// It belongs to the transaction of what it is about: where that is rolled back,
// nothing goes out. once is what makes it one mail: the id of what they are to
// look at.
//
// Nothing is put where mail is not set up or they have no e-mail: so no page may
// say that somebody was told by mail.
func (p *Post) Urgent(tx core.App, person, once string) error {
	if !IsSetUp(tx) {
		return nil
	}
	to, err := p.people.Recipient(context.Background(), tx, person)
	if err != nil || to.Email == "" {
		return err
	}
	return p.put(tx, urgent, person, once, p.now())
}
