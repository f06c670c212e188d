package vault

import (
	"container/list"
	"sync"
)

// A keyCache remembers the data keys used last, by their ids. What an id means
// never changes, so nothing in it can be out of date.
type keyCache struct {
	mu     sync.Mutex
	size   int
	recent *list.List // of *dataKey, the last used in front
	byID   map[string]*list.Element
}

func newKeyCache(size int) *keyCache {
	return &keyCache{size: size, recent: list.New(), byID: make(map[string]*list.Element)}
}

func (c *keyCache) get(id string) (*dataKey, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	c.recent.MoveToFront(at)
	return at.Value.(*dataKey), true
}

func (c *keyCache) put(key *dataKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byID[key.id]; ok {
		c.recent.MoveToFront(at)
		return
	}
	c.byID[key.id] = c.recent.PushFront(key)
	if c.recent.Len() > c.size {
		last := c.recent.Back()
		delete(c.byID, c.recent.Remove(last).(*dataKey).id)
	}
}
