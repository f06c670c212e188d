package people_test

import (
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

func TestWhoeverIsErasedIsInTheOutboxNoMore(t *testing.T) {
	site := hooktest.Start(t)
	gone, stays := site.MustPerson(t), site.MustPerson(t)
	for id, person := range map[string]string{"mail00000000001": gone.ID, "mail00000000002": gone.ID, "mail00000000003": stays.ID} {
		_, err := site.App.NonconcurrentDB().NewQuery(`INSERT INTO outbox (id, person, kind, once, state, due, tries, trouble, sent, created, updated)
			VALUES ({:id}, {:person}, 'digest', {:id}, 'sent', {:now}, 1, '', {:now}, {:now}, {:now})`).
			Bind(dbx.Params{"id": id, "person": person, "now": people.Before(site.Clock.Now())}).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	keeper := people.NewMails(site.House.Notify)
	held, err := keeper.Held(t.Context(), gone.ID)
	if err != nil || len(held) != 1 || held[0].Count != 2 {
		t.Errorf("%v, %v", held, err)
	}
	removed, err := keeper.Erase(site.App, gone.ID, 10)
	want(t, "error", err, nil)
	want(t, "removed", removed, 2)
	want(t, "left", rowsOf(t, site, "outbox"), 1)
}
