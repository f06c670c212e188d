package content

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// language is that of commands: the operator's terminal has no session.
const language = "en"

// ErrProblems means that a folder has problems that break a learner, which the
// command has listed. Nothing was changed.
var ErrProblems = errors.New("the course has problems")

// A Recorder opens the record of acts of a data folder, for commands.
type Recorder func() (*audit.Log, error)

// Commands are `import` and `export`. They may run beside a server.
func Commands(app core.App, open Recorder, limits Limits) []*cobra.Command {
	return []*cobra.Command{importCommand(app, open), exportCommand(app, open, limits)}
}

func importCommand(app core.App, open Recorder) *cobra.Command {
	var publish bool
	command := &cobra.Command{
		Use:   "import DIR|ZIP",
		Short: say("import.about", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			log, err := open()
			if err != nil {
				return err
			}
			return runImport(cmd.Context(), cmd.OutOrStdout(), New(app), log, args[0], publish)
		},
	}
	command.Flags().BoolVar(&publish, "publish", false, say("import.publish", nil))
	return command
}

func runImport(ctx context.Context, out io.Writer, c *Content, log *audit.Log, path string, publish bool) error {
	folder, err := openFolder(path)
	if err != nil {
		return err
	}
	course := folder.Read(nil)
	PrintProblems(out, course.Problems)
	done, err := c.Store(ctx, course, How{
		Origin: Imported, Publish: publish, Message: "import",
		Then: func(tx core.App, course string) error { return log.Record(tx, imported(course, publish)) },
	})
	if errors.Is(err, ErrProblems) {
		fmt.Fprintln(out, say("import.blocked", nil))
	}
	if err != nil {
		return err
	}
	printStored(out, done, publish)
	return nil
}

// imported is what the operator did; live says that it was published.
func imported(course string, publish bool) audit.Act {
	act := audit.Act{Kind: audit.CourseImported, Item: course}
	if publish {
		act.Detail = "live"
	}
	return act
}

// openFolder reads a folder or a zip whole. What it refuses is a *courses.Refusal.
func openFolder(path string) (courses.Folder, error) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return courses.OpenDir(path)
	}
	file, err := os.Open(path)
	if err != nil {
		return courses.Folder{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return courses.Folder{}, err
	}
	folder, err := courses.OpenZip(file, info.Size())
	if folder.Name == "" {
		folder.Name = strings.TrimSuffix(info.Name(), ".zip")
	}
	return folder, err
}

// PrintProblems writes each as `file:line: level: what: what to do`.
func PrintProblems(out io.Writer, problems []courses.Problem) {
	for _, p := range problems {
		where := p.File
		if p.Line > 0 {
			where += ":" + strconv.Itoa(p.Line)
		}
		fmt.Fprintf(out, "%s: %s: %s: %s\n", where, say("level."+string(p.Level), nil),
			strings.TrimSuffix(say("problem."+p.Code, p.Values), "."), say("problem."+p.Code+".do", p.Values))
	}
}

func printStored(out io.Writer, done Stored, publish bool) {
	for _, list := range []struct {
		key   string
		paths []string
	}{{"import.new", done.New}, {"import.changed", done.Changed}, {"import.waiting", done.Waiting}, {"import.withdrawn", done.Withdrawn}} {
		for _, path := range list.paths {
			fmt.Fprintln(out, say(list.key, map[string]string{"path": path}))
		}
	}
	key := "import.drafts"
	if publish {
		key = "import.live"
	}
	fmt.Fprintln(out, say(key, map[string]string{
		"course": done.Course, "new": strconv.Itoa(len(done.New)), "changed": strconv.Itoa(len(done.Changed)),
		"unchanged": strconv.Itoa(done.Unchanged), "withdrawn": strconv.Itoa(len(done.Withdrawn)),
	}))
}

func exportCommand(app core.App, open Recorder, limits Limits) *cobra.Command {
	var reach string
	command := &cobra.Command{
		Use:   "export COURSE DIR",
		Short: say("export.about", nil),
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(Reaches, Reach(reach)) {
				return errors.New(say("export.for.wrong", map[string]string{"for": reach}))
			}
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			log, err := open()
			if err != nil {
				return err
			}
			done, err := runExport(cmd.Context(), New(app), log, args[0], args[1], func(ctx context.Context, course string) ([]HeldBack, error) {
				return limits(ctx, course, Reach(reach))
			})
			if err != nil {
				return err
			}
			printExported(cmd.OutOrStdout(), done, args[1])
			return nil
		},
	}
	command.Flags().StringVar(&reach, "for", string(Shared), say("export.for", nil))
	return command
}

func printExported(out io.Writer, done Exported, dir string) {
	for _, one := range done.LeftOut {
		fmt.Fprintln(out, say("export.left-out", map[string]string{"path": one.Path, "story": one.Story}))
	}
	for _, path := range done.Media {
		fmt.Fprintln(out, say("export.left-out-file", map[string]string{"path": path}))
	}
	fmt.Fprintln(out, say("export.done", map[string]string{"files": strconv.Itoa(done.Files), "dir": dir}))
}

// runExport records what it did, once it did.
func runExport(ctx context.Context, c *Content, log *audit.Log, slug, dir string, held func(ctx context.Context, course string) ([]HeldBack, error)) (Exported, error) {
	course, err := c.app.FindFirstRecordByData("courses", "slug", slug)
	if err != nil {
		return Exported{}, fmt.Errorf("%s: %w", slug, ErrNoCourse)
	}
	stories, err := held(ctx, course.Id)
	if err != nil {
		return Exported{}, err
	}
	done, err := c.Export(ctx, slug, dir, stories)
	if err != nil {
		return done, err
	}
	return done, log.Record(c.app, audit.Act{Kind: audit.CourseExported, Item: course.Id})
}

func say(key string, values map[string]string) string { return templates.Say(language, key, values) }
