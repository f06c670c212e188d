//go:build !unix

package vault

// Where files have no Unix modes, the folder's own rights protect the key file.

func syncFolder(string) error { return nil }

func keepOwner(string, string) error { return nil }

func othersMayRead(string) bool { return false }
