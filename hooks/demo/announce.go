package demo

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"alongside/templates"
)

// Announce writes down who can sign in on a site at an address, and tells the
// operator so.
func Announce(out io.Writer, folder, site string) error {
	if err := writeCredentials(folder, site); err != nil {
		return err
	}
	fmt.Fprintln(out, templates.Say("en", "demo.who", nil))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range credentials(site) {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", c.Role, c.Username, c.Password)
	}
	table.Flush()
	fmt.Fprintln(out, templates.Say("en", "demo.file", map[string]string{"file": filepath.Join(folder, credentialsFile)}))
	return nil
}
