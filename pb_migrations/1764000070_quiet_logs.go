package pb_migrations

import (
	"log/slog"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The log holds what went wrong, not who was where: only warnings, no network
// addresses. Collections are changed by migrations, not in the dashboard.
func init() {
	m.Register(func(app core.App) error {
		settings := app.Settings()
		settings.Meta.AppName = "Alongside"
		settings.Meta.HideControls = true
		settings.Logs.MinLevel = int(slog.LevelWarn)
		settings.Logs.LogIP = false
		settings.Batch.Enabled = false
		return app.Save(settings)
	}, func(app core.App) error {
		settings := app.Settings()
		settings.Meta.AppName = "Acme"
		settings.Meta.HideControls = false
		settings.Logs.MinLevel = int(slog.LevelInfo)
		return app.Save(settings)
	})
}
