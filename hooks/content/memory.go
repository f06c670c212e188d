package content

import "sync"

// memory keeps what was made from an immutable key, up to a number of them,
// and forgets an arbitrary one when it is full: everything in it can be made
// again, and a library larger than it is read in no order worth guessing.
type memory[K comparable, V any] struct {
	mu    sync.RWMutex
	most  int
	items map[K]V
}

func newMemory[K comparable, V any](most int) *memory[K, V] {
	return &memory[K, V]{most: most, items: make(map[K]V)}
}

// get gives what is kept, or makes it. Two that ask at once may both make it;
// both get the same thing from then on.
func (m *memory[K, V]) get(key K, make func() (V, error)) (V, error) {
	if v, ok := m.peek(key); ok {
		return v, nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	return m.put(key, v), nil
}

// peek gives what is kept, and makes nothing.
func (m *memory[K, V]) peek(key K) (V, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.items[key]
	return v, ok
}

func (m *memory[K, V]) put(key K, v V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := m.items[key]; ok {
		return first
	}
	if len(m.items) >= m.most {
		for old := range m.items {
			delete(m.items, old)
			break
		}
	}
	m.items[key] = v
	return v
}

// drop forgets everything.
func (m *memory[K, V]) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.items)
}
