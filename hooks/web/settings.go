package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"sync/atomic"

	"github.com/pocketbase/pocketbase/core"
)

// settingsCache holds the settings as of one stamp of their row. Whoever has a
// newer stamp reads them again, so nothing needs to be told of a change.
type settingsCache struct{ held atomic.Pointer[stamped] }

type stamped struct {
	stamp string
	site  *Site
}

type settingsRow struct {
	Name        string `db:"name"`
	LeaveTarget string `db:"leave_target"`
	Languages   string `db:"languages"`
	Help        string `db:"help"`
	Stamp       string `db:"stamp"`
}

// SettingsStamp is the expression, for a statement that reads something else as
// well, which tells whether the settings changed.
const SettingsStamp = "(SELECT updated || '/' || revision FROM settings LIMIT 1)"

// countChanges lets every change of the settings give them a new stamp.
func countChanges(app core.App) {
	app.OnRecordUpdate("settings").BindFunc(func(e *core.RecordEvent) error {
		e.Record.Set("revision", e.Record.GetInt("revision")+1)
		return e.Next()
	})
}

// SetSettingsStamp gives a request the stamp of the settings row, where it was
// read together with something else.
func SetSettingsStamp(e *core.RequestEvent, stamp string) { e.Set(stampKey, stamp) }

const stampKey = "settingsStamp"

// at gives the settings of a stamp, from memory if it is the one that is held.
func (c *settingsCache) at(app core.App, stamp string) (*Site, error) {
	if held := c.held.Load(); held != nil && held.stamp == stamp {
		return held.site, nil
	}
	var row settingsRow
	err := app.ConcurrentDB().
		NewQuery("SELECT name, leave_target, languages, help, " + SettingsStamp + " AS stamp FROM settings LIMIT 1").
		One(&row)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	site, err := row.site()
	if err != nil {
		return nil, err
	}
	c.held.Store(&stamped{stamp: row.Stamp, site: site})
	return site, nil
}

func (r settingsRow) site() (*Site, error) {
	s := &Site{Name: r.Name, LeaveTarget: leaveTarget(r.LeaveTarget)}
	if err := json.Unmarshal([]byte(r.Languages), &s.Languages); err != nil {
		return nil, fmt.Errorf("settings, languages: %w", err)
	}
	if err := json.Unmarshal([]byte(r.Help), &s.Help); err != nil {
		return nil, fmt.Errorf("settings, help: %w", err)
	}
	return s, nil
}

// leaveTarget refuses what the field should never hold: Leave must always go
// somewhere, and never run anything.
func leaveTarget(address string) string {
	if IsLeaveTarget(address) {
		return address
	}
	return defaultLeaveTarget
}

// IsLeaveTarget reports whether Leave may go there: an https address, or a path
// of this site.
func IsLeaveTarget(address string) bool { return IsSecureAddress(address) || isLocal(address) }

// IsSecureAddress reports whether this is an https address with a host.
func IsSecureAddress(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && parsed.Scheme == "https" && parsed.Hostname() != "" && parsed.User == nil
}

// stampOf is the stamp of the settings as of now: what the session's statement
// brought, else a statement of its own.
func stampOf(e *core.RequestEvent) (string, error) {
	if stamp, ok := e.Get(stampKey).(string); ok {
		return stamp, nil
	}
	var stamp string
	err := e.App.ConcurrentDB().NewQuery("SELECT " + SettingsStamp).Row(&stamp)
	if err != nil {
		return "", fmt.Errorf("read stamp of settings: %w", err)
	}
	return stamp, nil
}
