package hooks

import (
	"errors"
	"net"
)

// A place says where a server is to listen, and what stands before it.
type place struct {
	address     string // host:port; "" for PocketBase's own loopback address
	tls         bool   // it has certificates of its own
	behindProxy bool
	demo        bool
}

// check refuses what would leave people's passwords and texts in the open on a
// network, and a demo that others could reach.
func (p place) check() error {
	loopback := p.isLoopback()
	switch {
	case p.demo && !loopback:
		return errors.New(say("serve.demo-is-local", nil))
	case !loopback && !p.tls && !p.behindProxy:
		return errors.New(say("serve.needs-tls", map[string]string{"address": p.address}))
	}
	return nil
}

func (p place) isLoopback() bool {
	if p.address == "" {
		return !p.tls
	}
	host, _, err := net.SplitHostPort(p.address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
