package audit

import (
	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// Listen lets the log hear what becomes of the keys, from the opening of its
// vault on.
func (l *Log) Listen() error { return l.vault.Listen(l) }

// KeyMade implements vault.Listener.
func (l *Log) KeyMade(master string) error {
	return l.Record(l.app, Act{Kind: KeysMade, Item: master})
}

// KeyMissing implements vault.Listener.
func (l *Log) KeyMissing(how vault.Standing) error {
	return l.Record(l.app, Act{Kind: KeysMissing, Detail: string(how)})
}

// KeysRotated implements vault.Listener.
func (l *Log) KeysRotated(tx core.App, done vault.Rotation) error {
	return l.Record(tx, Act{Kind: KeysRotated, Item: done.Master})
}
