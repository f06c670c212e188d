package people

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// An erasureList is a file beside the keys, one line for each person who was
// erased: id and date. It is in no copy of the data folder, so when an old copy
// is put back, it says who must not come back with it.
type erasureList struct{ path string }

func (k *Keeping) list() erasureList { return erasureList{k.vault.Beside(".erased")} }

// add writes a person down, on disk before it returns.
func (l erasureList) add(person string, at time.Time) error {
	text, err := l.read()
	if err != nil || slices.Contains(idsIn(text), person) {
		return err
	}
	line := person + " " + at.UTC().Format(time.DateOnly) + "\n"
	if text != "" && !strings.HasSuffix(text, "\n") {
		line = "\n" + line // the one before was cut off
	}
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("list of erasures: %w", err)
	}
	_, err = file.WriteString(line)
	if err = errors.Join(err, file.Sync(), file.Close(), syncFolder(filepath.Dir(l.path))); err != nil {
		return fmt.Errorf("list of erasures: %w", err)
	}
	return nil
}

func (l erasureList) read() (string, error) {
	text, err := os.ReadFile(l.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("list of erasures: %w", err)
	}
	return string(text), nil
}

// personIDs are what a person's id looks like: a line that was cut off names nobody.
var personIDs = regexp.MustCompile(`^[a-z0-9]{15}$`)

// idsIn are the people on a list.
func idsIn(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if id, _, _ := strings.Cut(strings.TrimSpace(line), " "); personIDs.MatchString(id) {
			all = append(all, id)
		}
	}
	return all
}

// syncFolder brings a new file's name to disk. Where a system cannot, the file
// is there all the same.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = folder.Sync()
	return folder.Close()
}

// Replay erases again whoever is on the list and is here: an old copy of the
// data was put back, or an erasure was cut off. It runs before anybody is
// served, and says how many it erased.
func (k *Keeping) Replay(ctx context.Context) (int, error) {
	text, err := k.list().read()
	if err != nil {
		return 0, err
	}
	again := 0
	for _, person := range idsIn(text) {
		here, err := k.isHere(ctx, person)
		if err != nil {
			return again, err
		}
		if !here {
			continue
		}
		if err := k.remove(ctx, person, "", func(core.App) error { return nil }); err != nil {
			return again, fmt.Errorf("erase %s again: %w", person, err)
		}
		again++
	}
	if again == 0 {
		return 0, nil
	}
	return again, k.audit.Record(k.app, audit.Act{Kind: audit.ErasedAgain, Detail: strconv.Itoa(again)})
}

// isHere reports whether anything is kept of a person.
func (k *Keeping) isHere(ctx context.Context, person string) (bool, error) {
	held, err := k.heldByKind(ctx, person)
	if err != nil || len(held) > 0 {
		return len(held) > 0, err
	}
	var key bool
	err = k.app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM keys WHERE owner = {:person})").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&key)
	return key, err
}
