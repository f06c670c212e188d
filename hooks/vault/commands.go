package vault

import (
	"fmt"
	"strconv"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// language is that of commands: the operator's terminal has no session.
const language = "en"

// Commands are `keys rotate`. keyFile is the value of --keys, read when a
// command runs; listen gives each vault that is opened its listener.
func Commands(app core.App, keyFile *string, listen func(*Vault) error) []*cobra.Command {
	keys := &cobra.Command{Use: "keys", Short: say("keys.about")}
	keys.AddCommand(rotateCommand(app, keyFile, listen))
	return []*cobra.Command{keys}
}

func rotateCommand(app core.App, keyFile *string, listen func(*Vault) error) *cobra.Command {
	var forget bool
	rotate := &cobra.Command{
		Use:   "rotate",
		Short: say("keys.rotate"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			done, err := runRotate(app, *keyFile, forget, listen)
			if err != nil {
				return err
			}
			report(cmd, done)
			return nil
		},
	}
	rotate.Flags().BoolVar(&forget, "forget", false, say("keys.rotate.forget"))
	return rotate
}

func runRotate(app core.App, keyFile string, forget bool, listen func(*Vault) error) (Rotation, error) {
	if err := app.RunAllMigrations(); err != nil {
		return Rotation{}, err
	}
	v, err := New(app, keyFile)
	if err != nil {
		return Rotation{}, err
	}
	if err := listen(v); err != nil {
		return Rotation{}, err
	}
	return v.Rotate(forget)
}

func report(cmd *cobra.Command, done Rotation) {
	values := map[string]string{
		"master": done.Master, "rewrapped": strconv.Itoa(done.Rewrapped),
		"left": strconv.Itoa(done.Left), "former": strconv.Itoa(done.Former),
	}
	fmt.Fprintln(cmd.OutOrStdout(), templates.Say(language, "keys.rotated", values))
	if done.Left > 0 {
		fmt.Fprintln(cmd.OutOrStdout(), templates.Say(language, "keys.left", values))
	}
	if done.Former > 0 {
		fmt.Fprintln(cmd.OutOrStdout(), templates.Say(language, "keys.former", values))
	}
}

func say(key string) string { return templates.Say(language, key, nil) }
