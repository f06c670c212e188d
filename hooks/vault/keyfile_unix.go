//go:build unix

package vault

import (
	"os"
	"syscall"
)

// syncFolder makes a rename or a new name in a folder last through a power cut.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// keepOwner gives a draft the owner of the file that it will replace: keys that
// root rotates stay readable for the server.
func keepOwner(draft, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || os.Geteuid() != 0 {
		return nil
	}
	return os.Chown(draft, int(owner.Uid), int(owner.Gid))
}

// othersMayRead reports whether somebody besides the owner can read a file.
func othersMayRead(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().Perm()&0o044 != 0
}
