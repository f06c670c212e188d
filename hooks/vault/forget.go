package vault

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Forget deletes the data key of an owner, for good: whatever was sealed under it
// opens nowhere any more, in no copy of a text that is left. Once it is committed
// the key is gone from memory too. The wrapped key stays in copies of the data
// folder until these are deleted.
func (v *Vault) Forget(tx core.App, owner string) error {
	if owner == "" || owner == signer {
		return fmt.Errorf("%q cannot own a text", owner)
	}
	_, err := tx.NonconcurrentDB().NewQuery("DELETE FROM keys WHERE owner = {:owner}").Bind(dbx.Params{"owner": owner}).Execute()
	if err != nil {
		return fmt.Errorf("forget the key of %s: %w", owner, err)
	}
	info := tx.TxInfo()
	if info == nil {
		v.keys.drop(owner)
		return nil
	}
	info.OnComplete(func(failed error) error {
		if failed == nil {
			v.keys.drop(owner)
		}
		return nil
	})
	return nil
}

// drop forgets the keys of an owner.
func (c *keyCache) drop(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, at := range c.byID {
		if at.Value.(*dataKey).owner == owner {
			c.recent.Remove(at)
			delete(c.byID, id)
		}
	}
}
