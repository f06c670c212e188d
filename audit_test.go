package main

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inDatabase is somebody with the database file and nothing else.
func inDatabase(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "pb_data", "data.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestAuditVerifyCatchesWhatWasDoneToTheRecord(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	at := strings.Index(s.said, s.address+"/sign-in/first/")
	link, _, _ := strings.Cut(s.said[at:], "\n")
	post(t, link, url.Values{"username": {"helen"}, "password": {"old stone bridge"}})
	for range 4 {
		post(t, s.address+"/sign-in", url.Values{"who": {"helen"}, "password": {"old stone bridge"}})
	}
	expect := func(when string, want int, says string) {
		t.Helper()
		code, said := run(t, dir, "audit", "verify")
		if code != want || !strings.Contains(said, says) {
			t.Errorf("%s: exit code %d, want %d and %q\n%s", when, code, want, says, said)
		}
	}
	expect("beside the server", 0, "The record is whole: 7 rows")
	s.stop(t)
	expect("alone", 0, "The record is whole: 7 rows")
	if code, said := run(t, dir, "keys", "rotate"); code != 0 {
		t.Fatalf("rotate: exit code %d\n%s", code, said)
	}
	expect("after a rotation", 0, "The record is whole: 8 rows")

	copied := filepath.Join(dir, "copy.db")
	inDatabase(t, dir, "VACUUM INTO '"+copied+"'")
	for _, tamper := range []struct{ sql, says string }{
		{"UPDATE audit SET kind = 'erased' WHERE number = 4", "Row 4: it is not what was written."},
		{"DELETE FROM audit WHERE number = 4", "Row 4: it is missing."},
		{"INSERT INTO audit (id, number, at, kind) SELECT 'forged000000001', number, at, kind FROM audit WHERE number = 4", "Row 4: a row was put in here."},
		{"UPDATE audit SET number = CASE number WHEN 4 THEN 5 ELSE 4 END WHERE number IN (4, 5)", "Row 4: it was moved. It was written as row 5."},
		{"DELETE FROM audit WHERE number > 6", "Rows 7 to 8: they were cut off the end."},
	} {
		inDatabase(t, dir, "DROP TRIGGER IF EXISTS audit_never_changes", "DROP TRIGGER IF EXISTS audit_is_kept", "DROP TRIGGER IF EXISTS audit_only_adds",
			"DROP INDEX IF EXISTS audit_number", tamper.sql)
		expect(tamper.sql, 1, tamper.says)
		inDatabase(t, dir, "DELETE FROM audit", "ATTACH '"+copied+"' AS c; INSERT INTO main.audit SELECT * FROM c.audit; DETACH c")
		expect("put back", 0, "The record is whole")
	}

	keys := filepath.Join(dir, "pb_data.keys")
	if err := os.Rename(keys, keys+".away"); err != nil {
		t.Fatal(err)
	}
	expect("without the key", 3, "key")
}
