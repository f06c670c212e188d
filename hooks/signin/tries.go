package signin

import (
	"net/netip"
	"sync"
	"time"
)

// Limits on guessing. An account is closed for a while after a few wrong tries;
// a network address is only slowed, because a whole class sits behind one.
const (
	freeTries    = 5
	firstWait    = time.Minute
	longestWait  = 15 * time.Minute
	forgetAfter  = 15 * time.Minute
	slowPace     = 250 * time.Millisecond // between two tries of a slowed address
	longestQueue = 10 * time.Second
	pruneAbove   = 10_000 // names remembered before old ones are dropped
)

// tries counts wrong tries, in memory: a restart forgives. PINs of a card are
// counted in its row as well.
type tries struct {
	mu        sync.Mutex
	accounts  map[string]*accountTries
	addresses map[string]*addressTries
}

type accountTries struct {
	wrong int
	last  time.Time
	until time.Time // closed until then
}

type addressTries struct {
	wrong int
	last  time.Time
	next  time.Time // the next free place in its queue
}

func newTries() *tries {
	return &tries{accounts: map[string]*accountTries{}, addresses: map[string]*addressTries{}}
}

// take asks to check one password, before it is checked, so that tries at the
// same moment are counted too. It returns how long to wait first, or when to
// come back instead: then the password must not be looked at.
func (t *tries) take(account, address string, now time.Time) (wait time.Duration, comeBack time.Time) {
	address = network(address)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.prune(now)
	a := t.account(account, now)
	if now.Before(a.until) {
		return 0, a.until
	}
	wait, comeBack = t.queue(address, now)
	if comeBack.IsZero() {
		a.count(now)
	}
	return wait, comeBack
}

// right forgives an account, once its password was right.
func (t *tries) right(account string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.accounts, account)
}

// wrong counts a wrong password against an address.
func (t *tries) wrong(address string, now time.Time) {
	address = network(address)
	t.mu.Lock()
	defer t.mu.Unlock()
	a := t.addresses[address]
	if a == nil || now.Sub(a.last) > forgetAfter {
		a = &addressTries{}
		t.addresses[address] = a
	}
	a.wrong++
	a.last = now
}

func (t *tries) account(name string, now time.Time) *accountTries {
	a := t.accounts[name]
	if a == nil || now.Sub(a.last) > forgetAfter {
		a = &accountTries{}
		t.accounts[name] = a
	}
	return a
}

func (a *accountTries) count(now time.Time) {
	a.wrong++
	a.last = now
	if a.wrong >= freeTries {
		a.until = now.Add(closedFor(a.wrong))
	}
}

// closedFor doubles with every wrong try after the free ones.
func closedFor(wrong int) time.Duration {
	wait := firstWait
	for range wrong - freeTries {
		wait = min(wait*2, longestWait)
	}
	return wait
}

// queue gives a slowed address its next place. An address that has been typing
// rightly waits for nothing.
func (t *tries) queue(address string, now time.Time) (wait time.Duration, comeBack time.Time) {
	a := t.addresses[address]
	if a == nil || a.wrong < freeTries || now.Sub(a.last) > forgetAfter {
		return 0, time.Time{}
	}
	place := a.next
	if place.Before(now) {
		place = now
	}
	if place.Sub(now) > longestQueue {
		return 0, place
	}
	a.next = place.Add(slowPace)
	return place.Sub(now), time.Time{}
}

// network is what tries from an address count for. Of IPv6 everybody has more
// addresses than could be counted, but one network.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || ip.Is4In6() {
		return address
	}
	net, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return net.String()
}

// prune keeps memory bounded when somebody tries many names.
func (t *tries) prune(now time.Time) {
	if len(t.accounts)+len(t.addresses) < pruneAbove {
		return
	}
	for name, a := range t.accounts {
		if now.Sub(a.last) > forgetAfter {
			delete(t.accounts, name)
		}
	}
	for address, a := range t.addresses {
		if now.Sub(a.last) > forgetAfter {
			delete(t.addresses, address)
		}
	}
}
