package hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/content"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// What the binary says to the shell.
const (
	exitFine     = 0
	exitProblems = 1 // what was asked for was done, and found problems
	exitUsage    = 2 // it was called wrongly
	exitFailed   = 3
)

// A usageError is a wrong call: an unknown flag, a missing argument, an address
// that may not be served like this.
type usageError struct{ error } // nil where the command's help was shown

func (u usageError) Error() string {
	if u.error == nil {
		return ""
	}
	return u.error.Error()
}

func (u usageError) Unwrap() error { return u.error }

// Run runs one command of the app to its end and returns the exit code. Unlike
// PocketBase's Execute it keeps the command's error, and opens the data folder
// only for a command that really runs.
func Run(app *pocketbase.PocketBase, args []string) int {
	root := app.RootCmd
	root.SilenceErrors, root.SilenceUsage = true, true
	root.FParseErrWhitelist = cobra.FParseErrWhitelist{}
	root.SetArgs(args)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return open(app, c) }
	strict(root)

	err := waitFor(root.ExecuteContext)
	return exitCode(errors.Join(err, shutDown(app)), root.ErrOrStderr())
}

// withoutData is the annotation of commands that touch no data folder.
const withoutData = "without-data"

// open opens the data folder for a command that needs it. A new one is the
// operator's alone: what is in it is private.
func open(app core.App, c *cobra.Command) error {
	if _, without := c.Annotations[withoutData]; without {
		return nil
	}
	if err := os.MkdirAll(app.DataDir(), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return app.Bootstrap()
}

// strict makes wrong arguments a wrong call, in a command and all below it. One
// that only holds others shows its help, and that too is a wrong call.
func strict(command *cobra.Command) {
	if !command.Runnable() {
		command.Args = cobra.NoArgs
		command.Annotations = map[string]string{withoutData: ""}
		command.RunE = func(c *cobra.Command, _ []string) error { return usageError{c.Help()} }
	}
	if check := command.Args; check != nil {
		command.Args = func(c *cobra.Command, args []string) error { return asUsage(check(c, args)) }
	}
	for _, below := range command.Commands() {
		strict(below)
	}
}

func asUsage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

// waitFor ends with the command, or when the operator interrupts it. A server
// does not look at the context: it ends when the app does.
func waitFor(command func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	result := make(chan error, 1)
	go func() { result <- command(ctx) }()
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return nil
	}
}

func shutDown(app *pocketbase.PocketBase) error {
	event := &core.TerminateEvent{App: app}
	return app.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error {
		return e.App.ResetBootstrapState()
	})
}

func exitCode(err error, out io.Writer) int {
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, content.ErrProblems), errors.Is(err, audit.ErrProblems):
		return exitProblems
	case errors.As(err, &usage):
		if usage.error != nil {
			fmt.Fprintln(out, err)
		}
		return exitUsage
	default:
		sayError(err, out)
		return exitFailed
	}
}

// sayError says what failed, and what to do about it where we know.
func sayError(err error, out io.Writer) {
	var refusal *courses.Refusal
	if !errors.As(err, &refusal) {
		fmt.Fprintln(out, err)
		return
	}
	fmt.Fprintln(out, say("refusal."+refusal.Code, refusal.Values))
	fmt.Fprintln(out, say("refusal."+refusal.Code+".do", refusal.Values))
}
