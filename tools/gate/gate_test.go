package gate

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// root is the project's own folder.
var root = os.DirFS("../..")

func TestEveryImportOfTheProjectGoesUpTheHouse(t *testing.T) {
	problems, err := Imports(root)
	report(t, problems, err)
}

func TestNoRoomOfTheProjectUsesATableOfARoomBelow(t *testing.T) {
	problems, err := Tables(root)
	report(t, problems, err)
}

func TestWhatSeveralDoAtOnceIsWatchedForRaces(t *testing.T) {
	problems, err := AtOnce(root)
	report(t, problems, err)
}

func TestATestThatStartsSomethingBesideItselfAndDoesNotSaySoIsReported(t *testing.T) {
	for _, c := range []struct{ name, path, code, want string }{
		{"a goroutine", "hooks/learning/a_test.go", `func TestTwoSaves(t *testing.T) { go f() }`, "TestTwoSaves starts something"},
		{"a group", "hooks/learning/a_test.go", `func TestTwoSaves(t *testing.T) { g.Go(f) }`, "TestTwoSaves starts something"},
		{"its name says so", "hooks/learning/a_test.go", `func TestTwoSavesAtOnce(t *testing.T) { go f() }`, ""},
		{"a room that is watched whole", "hooks/web/a_test.go", `func TestTwoSaves(t *testing.T) { go f() }`, ""},
		{"nothing beside", "hooks/learning/a_test.go", `func TestTwoSaves(t *testing.T) { f() }`, ""},
		{"no test", "hooks/learning/a.go", `func TestTwoSaves() { go f() }`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			house := fstest.MapFS{
				"Makefile": {Data: []byte("watched := . web\nat_once := AtOnce|Meanwhile\n")},
				c.path:     {Data: []byte("package p\n" + c.code + "\n")},
			}
			problems, err := AtOnce(house)
			expect(t, problems, err, c.want)
		})
	}
	if _, err := AtOnce(fstest.MapFS{"Makefile": {Data: []byte("all:\n")}}); err == nil {
		t.Error("a Makefile that watches nothing is taken")
	}
}

func report(t *testing.T, problems []string, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

func TestAnImportThatGoesDownTheHouseIsReported(t *testing.T) {
	for _, c := range []struct{ name, path, imports, want string }{
		{"a room below", "hooks/web/a.go", "alongside/hooks/learning", "web stands above learning"},
		{"a room below, in a test", "hooks/web/a_test.go", "alongside/hooks/learning", "web stands above learning"},
		{"a part of a room below", "hooks/signin/a.go", "alongside/hooks/learning/part", "signin stands above learning"},
		{"a room above", "hooks/learning/a.go", "alongside/hooks/web", ""},
		{"the course format", "hooks/content/a.go", "alongside/courses/library", ""},
		{"an unlisted room", "hooks/attic/a.go", "alongside/hooks/web", "not in the list"},
		{"the list of rooms", "hooks/learning/a.go", "alongside/hooks", "does not import the list"},
		{"the test house from a room", "hooks/learning/a.go", "alongside/hooks/hooktest", "only tests"},
		{"the test house from a test", "hooks/learning/a_test.go", "alongside/hooks/hooktest", ""},
		{"the test house from main", "main.go", "alongside/hooks/hooktest", "only tests"},
		{"main", "main.go", "alongside/hooks", ""},
		{"ours from courses", "courses/a.go", "alongside/templates", "imports nothing of ours"},
		{"courses from the library", "courses/library/a.go", "alongside/courses", ""},
		{"PocketBase from courses", "courses/a.go", "github.com/pocketbase/pocketbase/core", "pure"},
		{"HTTP from courses", "courses/a.go", "net/http", "pure"},
		{"courses from templates", "templates/a.go", "alongside/courses", ""},
		{"a room from templates", "templates/a.go", "alongside/hooks/web", "may know courses"},
		{"a room from a test of templates", "templates/a_test.go", "alongside/hooks/web", "may know courses"},
		{"a room from a test of the gallery", "templates/gallery/a_test.go", "alongside/hooks/web", ""},
		{"a room from the gallery", "templates/gallery/a.go", "alongside/hooks/web", "may know courses"},
		{"courses from a migration", "pb_migrations/a.go", "alongside/courses", "imports nothing of ours"},
		{"another library from a migration", "pb_migrations/a.go", "golang.org/x/text", "PocketBase only"},
		{"PocketBase from a migration", "pb_migrations/a.go", "github.com/pocketbase/dbx", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			house := fstest.MapFS{c.path: {Data: []byte("package p\nimport _ \"" + c.imports + "\"\n")}}
			problems, err := Imports(house)
			expect(t, problems, err, c.want)
		})
	}
}

func TestATableOfARoomBelowIsReportedHoweverItIsNamed(t *testing.T) {
	for _, c := range []struct{ name, path, code, want string }{
		{"SQL", "hooks/signin/a.go", "var q = `SELECT id FROM answers WHERE x = 1`", "signin/a.go:2: uses the table answers"},
		{"SQL in small letters", "hooks/signin/a.go", `var q = "select id from answers"`, "answers"},
		{"a join", "hooks/signin/a.go", "var q = `SELECT u.id FROM users u\n JOIN [[enrolments]] e ON e.user = u.id`", "enrolments"},
		{"a piece of SQL", "hooks/signin/a.go", `var q = "LEFT JOIN {{progress}} p"`, "progress"},
		{"a write", "hooks/signin/a.go", `var q = "UPDATE answers SET x = 1"`, "answers"},
		{"joined with a constant", "hooks/signin/a.go", "const table = \"answers\"\nvar q = \"DELETE FROM \" + table + \" WHERE 1\"", "answers"},
		{"a record", "hooks/signin/a.go", `func f() { app.FindRecordById("answers", id) }`, "answers"},
		{"a record by a constant", "hooks/signin/a.go", "const table = \"answers\"\nfunc f() { app.RecordQuery(table) }", "answers"},
		{"a collection", "hooks/signin/a.go", `func f() { app.FindCachedCollectionByNameOrId("answers") }`, "answers"},
		{"its own table", "hooks/learning/a.go", `var q = "UPDATE answers SET x = 1"`, ""},
		{"a table above", "hooks/learning/a.go", `var q = "SELECT id FROM users"`, ""},
		{"plain words", "hooks/signin/a.go", `var q = "take what comes from answers"`, ""},
		{"an error's words", "hooks/signin/a.go", `var q = "update answers: %w"`, ""},
		{"a test", "hooks/signin/a_test.go", `var q = "SELECT id FROM answers"`, ""},
		{"a collection that nobody owns", "pb_migrations/a.go", `func f() { core.NewBaseCollection("secrets_of_others") }`, "no room owns"},
		{"a collection that somebody owns", "pb_migrations/a.go", `func f() { core.NewBaseCollection("answers") }`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			house := fstest.MapFS{c.path: {Data: []byte("package p\n" + c.code + "\n")}}
			problems, err := Tables(house)
			expect(t, problems, err, c.want)
		})
	}
}

func TestNoTableHasTwoOwners(t *testing.T) {
	seen := map[string]string{}
	for _, r := range rooms {
		for _, table := range r.tables {
			if other := seen[table]; other != "" {
				t.Errorf("%s is %s's and %s's", table, other, r.name)
			}
			seen[table] = r.name
		}
	}
}

func expect(t *testing.T, problems []string, err error, want string) {
	t.Helper()
	all := strings.Join(problems, "\n")
	switch {
	case err != nil:
		t.Fatal(err)
	case want == "" && all != "":
		t.Errorf("reported: %s", all)
	case want != "" && !strings.Contains(all, want):
		t.Errorf("reported %q, want %q in it", all, want)
	}
}
