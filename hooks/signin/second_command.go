package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// commandLanguage is that of commands: the operator's terminal has no session.
const commandLanguage = "en"

// Commands are `second-factor reset`: the way back in for a site manager who
// lost their phone and their codes. keyFile is the value of --keys, read when a
// command runs.
func Commands(app core.App, keyFile *string, now func() time.Time) []*cobra.Command {
	second := &cobra.Command{Use: "second-factor", Short: say("second-factor.about", "")}
	second.AddCommand(&cobra.Command{
		Use:   "reset USERNAME",
		Short: say("second-factor.reset", ""),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := runReset(app, *keyFile, now, args[0]); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), say("second-factor.done", args[0]))
			return nil
		},
	})
	return []*cobra.Command{second}
}

func runReset(app core.App, keyFile string, now func() time.Time, username string) error {
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	log, err := audit.Open(app, keyFile, now)
	if err != nil {
		return err
	}
	var user string
	err = app.DB().NewQuery("SELECT id FROM users WHERE username = {:username} COLLATE NOCASE").
		Bind(dbx.Params{"username": username}).Row(&user)
	if errors.Is(err, sql.ErrNoRows) {
		return errors.New(say("second-factor.nobody", username))
	}
	if err != nil {
		return fmt.Errorf("find %s: %w", username, err)
	}
	return forgetSecond(app, log, now(), audit.Act{Kind: audit.SecondReset, Subject: user})
}

func say(key, username string) string {
	return templates.Say(commandLanguage, key, map[string]string{"username": username})
}
