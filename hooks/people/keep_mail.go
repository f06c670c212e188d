package people

import (
	"context"
	"time"

	"alongside/hooks/notify"

	"github.com/pocketbase/pocketbase/core"
)

// mails is what the outbox keeps of somebody: that a mail went to them, and when.
// There is no text of it. The room of the outbox stands above this one, so its
// part is here.
type mails struct{ post *notify.Post }

// NewMails makes the part of the outbox.
func NewMails(post *notify.Post) Keeper { return &mails{post} }

const kindMails = "mails"

// Held counts mails that went, or are to go.
func (m *mails) Held(ctx context.Context, person string) ([]Holding, error) {
	n, err := m.post.Held(ctx, person)
	return []Holding{{Kind: kindMails, Count: n}}, err
}

// Tell says when there was a mail, and what became of it.
func (m *mails) Tell(ctx context.Context, t Telling) error {
	all, err := m.post.Mails(ctx, t.Viewer.ID)
	if err != nil {
		return err
	}
	for _, one := range all {
		err := t.Item(Item{Kind: kindMails, At: Moment(one.At), Fields: []Field{
			{Name: "mail", Text: one.Kind, Words: "mail.kind." + one.Kind},
			{Name: "state", Text: one.State, Words: "kept-mail." + one.State},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// Erase removes them.
func (m *mails) Erase(tx core.App, person string, most int) (int, error) {
	return m.post.Erase(tx, person, most)
}

// Clocks has that of what is done with.
func (m *mails) Clocks() []Clock {
	return []Clock{{
		Name: "mails", Days: notify.DaysKept, Least: 1, Due: m.post.Due,
		Retire: func(_ context.Context, before time.Time, most int) (int, error) { return m.post.Retire(before, most) },
	}}
}
