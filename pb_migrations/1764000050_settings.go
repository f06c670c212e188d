package pb_migrations

import (
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a charity sets for its installation: exactly one row, made here with
// what is right for England until a manager has looked at it.
func init() {
	m.Register(func(app core.App) error {
		settings := core.NewBaseCollection("settings")
		settings.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 60},
			&core.TextField{Name: "leave_target", Required: true, Max: 500}, // https address, or a path of this site
			&core.JSONField{Name: "languages", MaxSize: 2 << 10},            // list of BCP 47
			&core.JSONField{Name: "help", MaxSize: 64 << 10},                // list of help numbers
			// Counts changes. With `updated` it is the stamp by which every page knows
			// that what it remembers is out of date: two changes fit in a millisecond.
			&core.NumberField{Name: "revision", OnlyInt: true},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		if err := app.Save(settings); err != nil {
			return err
		}
		row := core.NewRecord(settings)
		row.Set("name", "Alongside")
		row.Set("leave_target", "https://www.bbc.co.uk/weather")
		row.Set("languages", []string{"en"})
		row.Set("help", json.RawMessage(helpInEngland))
		return app.Save(row)
	}, func(app core.App) error {
		return deleteCollection(app, "settings")
	})
}

const helpInEngland = `[
{"kind":"emergency","name":"Police, fire or ambulance","number":"999","when":"day and night","cost":"free, also without credit","about":"When someone is in danger now.","language":"en"},
{"kind":"crisis","name":"Samaritans","number":"116 123","address":"https://www.samaritans.org","when":"day and night","cost":"free, also without credit","about":"When life feels too much, and you want someone to listen.","language":"en"},
{"kind":"crisis","name":"NHS 111, mental health","number":"111","address":"https://111.nhs.uk","when":"day and night, choose option 2","cost":"free","about":"When you need help with your mental health today.","language":"en"},
{"kind":"health","name":"NHS 111","number":"111","address":"https://111.nhs.uk","when":"day and night","cost":"free","about":"When you need a doctor or nurse and it is not an emergency.","language":"en"},
{"kind":"advice","name":"Citizens Advice","number":"0800 144 8848","address":"https://www.citizensadvice.org.uk","when":"Monday to Friday, 9 to 5","cost":"free","about":"Benefits, debt, work, housing and your rights.","language":"en"},
{"kind":"housing","name":"Shelter","number":"0808 800 4444","address":"https://england.shelter.org.uk","when":"Monday to Friday, 8 to 6","cost":"free","about":"When you have nowhere to stay, or could lose your home.","language":"en"},
{"kind":"migration","name":"Migrant Help","number":"0808 8010 503","address":"https://www.migranthelpuk.org","when":"day and night","cost":"free","about":"Help for people who ask for asylum, in many languages.","language":"en"}
]`
