package hooks

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"alongside/courses"
	"alongside/hooks/content"

	"github.com/spf13/cobra"
)

// offlineCommands look after a course folder on somebody's own computer. They
// open no data folder and need no server.
func offlineCommands() []*cobra.Command {
	check := &cobra.Command{
		Use:   "check DIR",
		Short: say("check.about", nil),
		RunE:  func(c *cobra.Command, args []string) error { return checkCourse(c, args[0]) },
	}
	format := &cobra.Command{
		Use:   "fmt DIR",
		Short: say("fmt.about", nil),
		RunE:  func(c *cobra.Command, args []string) error { return formatCourse(c, args[0]) },
	}
	for _, command := range []*cobra.Command{check, format} {
		command.Args = cobra.ExactArgs(1)
		command.Annotations = map[string]string{withoutData: ""}
	}
	return []*cobra.Command{check, format}
}

// checkCourse lists every problem. Notices are only told: with nothing else a
// course is fine.
func checkCourse(c *cobra.Command, dir string) error {
	folder, err := courses.OpenDir(dir)
	if err != nil {
		return err
	}
	problems := courses.Check(folder.Read(nil))
	content.PrintProblems(c.OutOrStdout(), problems)
	if slices.ContainsFunc(problems, func(p courses.Problem) bool { return p.Level != courses.Notice }) {
		return content.ErrProblems
	}
	fmt.Fprintln(c.OutOrStdout(), say("check.fine", nil))
	return nil
}

// formatCourse writes the ids that were derived into each module of a folder.
func formatCourse(c *cobra.Command, dir string) error {
	folder, err := courses.OpenDir(dir)
	if err != nil {
		return err
	}
	text := map[string][]byte{}
	for _, file := range folder.Files {
		text[file.Path] = file.Data
	}
	for _, module := range allModules(folder.Read(nil)) {
		formatted := courses.Format(text[module.Path], module)
		if bytes.Equal(formatted, text[module.Path]) {
			continue
		}
		if err := overwrite(filepath.Join(dir, filepath.FromSlash(module.Path)), formatted); err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), module.Path)
	}
	return nil
}

// allModules are those of a course and their translations, by path.
func allModules(course *courses.Course) []*courses.Module {
	var all []*courses.Module
	for _, module := range course.Modules {
		all = append(all, module)
		for _, translation := range module.Translations {
			all = append(all, translation)
		}
	}
	slices.SortFunc(all, func(a, b *courses.Module) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) })
	return all
}

// overwrite replaces a file whole or not at all, and keeps its mode.
func overwrite(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("format: %w", err)
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".fmt-*")
	if err != nil {
		return fmt.Errorf("format: %w", err)
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(data)
	if err := errors.Join(err, draft.Chmod(info.Mode()), draft.Close()); err != nil {
		return fmt.Errorf("format %s: %w", path, err)
	}
	return os.Rename(draft.Name(), path)
}
