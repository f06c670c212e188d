package audit

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"alongside/hooks/vault"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// language is that of commands: the operator's terminal has no session.
const language = "en"

// Commands are `audit verify`. It may run beside a server. keyFile is the value
// of --keys, read when a command runs.
func Commands(app core.App, keyFile *string, now func() time.Time) []*cobra.Command {
	command := &cobra.Command{Use: "audit", Short: say("audit.about", nil)}
	command.AddCommand(&cobra.Command{
		Use:   "verify",
		Short: say("audit.verify.about", nil),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			v, err := vault.New(app, *keyFile)
			if err != nil {
				return err
			}
			if state := v.State(); state.Standing != vault.Ready {
				fmt.Fprintln(cmd.OutOrStdout(), say(state.Key(), state.Values()))
			}
			return runVerify(cmd.Context(), cmd.OutOrStdout(), New(app, v, now))
		},
	})
	return []*cobra.Command{command}
}

func runVerify(ctx context.Context, out io.Writer, l *Log) error {
	report, err := l.Verify(ctx, nil)
	if err != nil {
		return err
	}
	for _, line := range report.Lines(language) {
		fmt.Fprintln(out, line)
	}
	if !report.IsWhole() {
		return ErrProblems
	}
	return nil
}

// Lines say in words what was found.
func (r Report) Lines(lang string) []string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, f.Say(lang))
	}
	add := func(key string) {
		lines = append(lines, templates.Say(lang, key, map[string]string{
			"rows": templates.Count(lang, "audit.verified.rows", r.Rows), "newest": strconv.Itoa(r.Newest),
			"until": templates.Moment(lang, r.Until), "retired": strconv.Itoa(r.Retired),
		}))
	}
	if r.More > 0 {
		lines = append(lines, templates.Count(lang, "audit.verified.more", r.More))
	}
	if r.Retired > 0 {
		add("audit.verified.retired")
	}
	switch {
	case !r.IsWhole():
		add("audit.verified.not-whole")
	case r.Rows == 0:
		add("audit.verified.empty")
	default:
		add("audit.verified.whole")
	}
	return lines
}

// Open gives commands of other rooms the log of a data folder, to record what
// they do.
func Open(app core.App, keyFile string, now func() time.Time) (*Log, error) {
	v, err := vault.New(app, keyFile)
	if err != nil {
		return nil, err
	}
	l := New(app, v, now)
	return l, l.Listen()
}

func say(key string, values map[string]string) string { return templates.Say(language, key, values) }
