package hooks

import (
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"strings"

	"alongside/hooks/demo"
	"alongside/hooks/vault"

	"github.com/pocketbase/pocketbase/core"
)

// listen starts to listen, and says so once browsers can connect.
func (h *House) listen(se *core.ServeEvent, o *Options) error {
	if o.Out == nil {
		return se.Next()
	}
	listener, err := net.Listen("tcp", se.Server.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	se.Listener = listener
	if err := se.Next(); err != nil {
		return err
	}
	return h.announce(o, baseAddress(se, o))
}

// baseAddress is what to type into a browser on this computer.
func baseAddress(se *core.ServeEvent, o *Options) string {
	address := se.Listener.Addr().String()
	if se.CertManager != nil && strings.HasSuffix(address, ":443") {
		return "https://" + address
	}
	return "http://" + address
}

// announce says where this server is, who can get in, and at last "ready".
func (h *House) announce(o *Options, address string) error {
	fmt.Fprintln(o.Out, say("serve.at", map[string]string{"address": address}))
	if err := sayVault(o.Out, h.Vault.State()); err != nil {
		return err
	}
	if o.Demo {
		if err := demo.Announce(o.Out, h.App.DataDir(), address); err != nil {
			return err
		}
	}
	link, err := h.SignIn.OfferFirstManager()
	if err != nil {
		return err
	}
	if link != "" {
		fmt.Fprintln(o.Out, say("serve.first-manager", map[string]string{"link": address + link}))
	}
	debug.FreeOSMemory() // reading every page and course needed more than serving them does
	fmt.Fprintln(o.Out, "ready")
	return nil
}

// sayVault warns where what is sealed stays closed, or its key lies open.
func sayVault(out io.Writer, state vault.State) error {
	if state.Standing != vault.Ready {
		fmt.Fprintln(out, say(state.Key(), state.Values()))
		fmt.Fprintln(out, say(state.Key()+".do", state.Values()))
	}
	if state.Open {
		fmt.Fprintln(out, say("vault.open", state.Values()))
	}
	return nil
}
