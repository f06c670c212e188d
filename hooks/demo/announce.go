package demo

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"alongside/templates"
)

// Announce tells the operator who can sign in, and where that is written down.
func Announce(out io.Writer, folder string) {
	fmt.Fprintln(out, templates.Say("en", "demo.who", nil))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range credentials() {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", c.Role, c.Username, c.Password)
	}
	table.Flush()
	fmt.Fprintln(out, templates.Say("en", "demo.file", map[string]string{"file": filepath.Join(folder, credentialsFile)}))
}
