// Alongside is a peer-mentoring learning platform in one binary.
package main

import (
	"os"

	"alongside/hooks"
)

func main() {
	options := hooks.DefaultOptions()
	app := hooks.NewApp(os.Args[1:])
	hooks.Register(app, options)
	hooks.AddCommands(app, options)
	os.Exit(hooks.Run(app, os.Args[1:]))
}
