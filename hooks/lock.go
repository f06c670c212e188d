package hooks

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockFile marks the data folder that a server uses. What is in it says
// nothing: the lock on it does, and the system drops that when the process ends,
// however it ends.
const lockFile = "serve.lock"

// errLocked means that another process holds the lock.
var errLocked = errors.New("another server uses this data folder")

// lock takes a data folder for this server alone. Commands do not ask for it:
// they may run beside a server.
func lock(folder string) (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := lockFirst(file); err != nil {
		file.Close()
		if errors.Is(err, errLocked) {
			return nil, errors.New(say("serve.locked", map[string]string{"folder": folder}))
		}
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	return func() { file.Close() }, nil
}
