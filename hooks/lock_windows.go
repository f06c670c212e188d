package hooks

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockFirst takes the lock of a file, or returns errLocked at once.
func lockFirst(file *os.File) error {
	err := windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errLocked
	}
	return err
}
