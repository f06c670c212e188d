package web

import (
	"sync"

	"modernc.org/libc"
)

// What SQLite allocates are slots in pages of this size, each page cut into slots
// of one power of two (modernc.org/memory).
const slotPage, smallestSlot, largestSlot = 64 << 10, 16, 16 << 10

// holdPages keeps a page of slots of each size free for as long as the process
// lives, 0.7 MB in all. The allocator gives a page back to the system as soon as
// its last slot is free. Where all other pages of a size are full, or there is
// none, each statement would have one mapped and unmapped for its cursor or its
// text, which took half of a page's time.
var holdPages = sync.OnceFunc(func() {
	thread := libc.NewTLS()
	defer thread.Close()
	for size := smallestSlot; size <= largestSlot; size *= 2 {
		held := map[uintptr]bool{}
		var free []uintptr
		for range slotPage / size {
			slot := libc.Xmalloc(thread, libc.Tsize_t(size))
			if page := slot &^ (slotPage - 1); held[page] {
				free = append(free, slot)
			} else {
				held[page] = true
			}
		}
		for _, slot := range free {
			libc.Xfree(thread, slot)
		}
	}
})
