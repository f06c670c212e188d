package hooks_test

import (
	"testing"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/pocketbase/core"
)

// ours are the collections of this house, PocketBase's own left out.
func ours(t *testing.T, app core.App) []*core.Collection {
	t.Helper()
	all, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	var found []*core.Collection
	for _, c := range all {
		if !c.System {
			found = append(found, c)
		}
	}
	if len(found) < 8 {
		t.Fatalf("only %d collections: the test looks at the wrong place", len(found))
	}
	return found
}

func TestNoCollectionHasARuleThatOpensIt(t *testing.T) {
	site := hooktest.Start(t)
	for _, c := range ours(t, site.App) {
		rules := map[string]*string{"list": c.ListRule, "view": c.ViewRule, "create": c.CreateRule, "update": c.UpdateRule, "delete": c.DeleteRule}
		if c.IsAuth() {
			rules["auth"], rules["manage"] = c.AuthRule, c.ManageRule
		}
		for name, rule := range rules {
			if rule != nil {
				t.Errorf("%s: its %s rule is %q, and it should be null", c.Name, name, *rule)
			}
		}
	}
}

func TestEveryRelationIsIndexed(t *testing.T) {
	site := hooktest.Start(t)
	for _, c := range ours(t, site.App) {
		for _, field := range c.Fields {
			if _, ok := field.(*core.RelationField); ok && !isIndexed(t, site.App, c.Name, field.GetName()) {
				t.Errorf("%s.%s: no index begins with it", c.Name, field.GetName())
			}
		}
	}
}

// isIndexed reports whether an index over all rows begins with a column.
func isIndexed(t *testing.T, app core.App, table, column string) bool {
	t.Helper()
	var n int
	err := app.DB().NewQuery(`
		SELECT COUNT(*) FROM pragma_index_list({:table}) l JOIN pragma_index_info(l.name) i
		WHERE l.partial = 0 AND i.seqno = 0 AND i.name = {:column}`).
		Bind(map[string]any{"table": table, "column": column}).Row(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}
