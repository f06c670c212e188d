package hooks

import (
	"runtime/debug"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// language is that of commands: a terminal has no session.
const language = "en"

func say(key string, values map[string]string) string { return templates.Say(language, key, values) }

// collectAt lets the heap grow to five times what is in use before it is
// cleaned. Little is in use, so that costs some tens of megabytes and saves a
// tenth of a page's work.
const collectAt = 400

// serveCommand is PocketBase's own, with what this house adds to it.
func serveCommand(app core.App, o *Options) *cobra.Command {
	serve := cmd.NewServeCommand(app, false)
	serve.Short = say("serve.about", nil)
	serve.Flags().BoolVar(&o.Demo, "demo", false, say("serve.demo", nil))
	serve.Flags().BoolVar(&o.BehindProxy, "behind-proxy", false, say("serve.behind-proxy", nil))
	listen := serve.RunE
	serve.Args = func(c *cobra.Command, domains []string) error { return placeOf(c, domains, o).check() }
	serve.RunE = func(c *cobra.Command, domains []string) error {
		unlock, err := lock(app.DataDir())
		if err != nil {
			return err
		}
		defer unlock()
		debug.SetGCPercent(collectAt)
		return listen(c, domains)
	}
	return serve
}

func placeOf(c *cobra.Command, domains []string, o *Options) place {
	return place{
		address:     c.Flag("http").Value.String(),
		tls:         len(domains) > 0 || c.Flag("https").Value.String() != "",
		behindProxy: o.BehindProxy,
		demo:        o.Demo,
	}
}
