//go:build unix

package hooks

import (
	"errors"
	"os"
	"syscall"
)

// lockFirst takes the lock of a file, or returns errLocked at once.
func lockFirst(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
