package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// phrases are what the mentors of the demo wrote for whoever answers.
func phrases() []struct{ id, by, name, kind, text string } {
	return []struct{ id, by, name, kind, text string }{
		{"demophrase00001", FirstMentor, "Marek", "thank", "Thank you for writing this down. I read it slowly."},
		{"demophrase00002", SecondMentor, "Amina", "strength", "You did that on a bad day. I noticed."},
		{"demophrase00003", FirstMentor, "Marek", "question", "What was different that time?"},
		{"demophrase00004", SecondMentor, "Amina", "step", "Which part of it is small enough for this week?"},
	}
}

// Phrases puts them there. One that was taken away stays away.
func Phrases(now time.Time) Filler {
	return func(app core.App, made People) error {
		at, err := types.ParseDateTime(now.Add(-40 * day))
		if err != nil {
			return err
		}
		for _, p := range phrases() {
			_, err := app.NonconcurrentDB().NewQuery(`INSERT INTO phrases (id, author, name, kind, language, text, ended, created, updated)
				VALUES ({:id}, {:author}, {:name}, {:kind}, 'en', {:text}, '', {:at}, {:at}) ON CONFLICT (id) DO NOTHING`).
				Bind(dbx.Params{"id": p.id, "author": made[p.by], "name": p.name, "kind": p.kind, "text": p.text, "at": at.String()}).Execute()
			if err != nil {
				return fmt.Errorf("phrase: %w", err)
			}
		}
		return nil
	}
}
