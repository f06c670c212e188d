package hooks

import (
	"path/filepath"
	"runtime"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

// Every connection may hold this much of the database in memory, outside of
// Go's heap: a few connections with a little each beat many with much.
const pragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)" +
	"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16000)"

// What is acknowledged is stored, also when power goes; what is erased is
// overwritten. The log, in its own file, needs neither.
const (
	forData = "&_pragma=synchronous(FULL)&_pragma=secure_delete(ON)"
	forLogs = "&_pragma=synchronous(NORMAL)"
)

// Connect opens one of the two databases of a data folder.
func Connect(path string) (*dbx.DB, error) {
	if filepath.Base(path) == "data.db" {
		return dbx.Open("sqlite", path+pragmas+forData)
	}
	return dbx.Open("sqlite", path+pragmas+forLogs)
}

// openConnections is how many may read at the same time: more only cost memory.
func openConnections() int { return max(8, 4*runtime.NumCPU()) }

// NewApp makes the app, with its data folder in the working directory unless
// --dir says otherwise. Nothing is opened yet. PocketBase fixes the folder
// before any command runs, so --demo is looked for in the arguments here.
func NewApp(args []string) *pocketbase.PocketBase {
	folder := "pb_data"
	if slices.Contains(args, "--demo") || slices.Contains(args, "--demo=true") {
		folder = "demo_data"
	}
	return pocketbase.NewWithConfig(pocketbase.Config{
		HideStartBanner:  true,
		DefaultDataDir:   folder,
		DataMaxOpenConns: openConnections(),
		DataMaxIdleConns: openConnections(),
		AuxMaxOpenConns:  4,
		DBConnect:        Connect,
	})
}

// keepDatabase replaces PocketBase's nightly job. Its checkpoint that empties
// the write-ahead log would block every write for seconds beside a replica.
func keepDatabase(app core.App) {
	app.Cron().Remove("__pbDBOptimize__")
	app.Cron().MustAdd("optimize", "0 3 * * *", func() {
		if _, err := app.NonconcurrentDB().NewQuery("PRAGMA optimize").Execute(); err != nil {
			app.Logger().Warn("optimize", "error", err)
		}
	})
}
