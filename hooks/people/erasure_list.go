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
// erased: id and moment. It is in no copy of the data folder, so when an old copy
// is put back, it says who must not come back with it.
type erasureList struct{ path string }

func (k *Keeping) list() erasureList { return erasureList{k.vault.Beside(".erased")} }

// add writes a person down, on disk before it returns.
func (l erasureList) add(person string, at time.Time) error {
	text, err := l.read()
	if err != nil {
		return err
	}
	line := person + " " + Before(at) + "\n"
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

// size is how long the list is.
func (l erasureList) size() (int64, error) {
	info, err := os.Stat(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("list of erasures: %w", err)
	}
	return info.Size(), nil
}

// cutTo takes out what was added since the list was so long, on disk before it
// returns.
func (l erasureList) cutTo(size int64) error {
	if now, err := l.size(); err != nil || now <= size {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("list of erasures: %w", err)
	}
	if err := errors.Join(file.Truncate(size), file.Sync(), file.Close()); err != nil {
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

// A lineOfList is somebody on a list, with the moment as the database writes it.
// Lines of before have the day alone, which stands before each moment of it.
type lineOfList struct{ person, at string }

// linesIn are the people on a list, each once, with the last that is said of them.
func linesIn(text string) []lineOfList {
	var all []lineOfList
	for line := range strings.Lines(text) {
		id, at, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !personIDs.MatchString(id) {
			continue
		}
		all = slices.DeleteFunc(all, func(l lineOfList) bool { return l.person == id })
		all = append(all, lineOfList{id, at})
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

// Replayed is what a replay of the list of erasures did.
type Replayed struct {
	Again int // so many were erased again
	Left  int // so many were not: since their line there is a hold, or their wish was taken back
}

// Replay erases again whoever is on the list and is here: an old copy of the
// data was put back, or an erasure was cut off. It runs before anybody is served.
func (k *Keeping) Replay(ctx context.Context) (Replayed, error) {
	var did Replayed
	text, err := k.list().read()
	if err != nil {
		return did, err
	}
	for _, line := range linesIn(text) {
		here, err := k.isHere(ctx, line.person)
		if err != nil {
			return did, err
		}
		if !here {
			continue
		}
		err = k.remove(ctx, line.person, "", func(tx core.App) error { return k.stillHolds(ctx, tx, line) })
		if errors.Is(err, errChangedSince) {
			k.app.Logger().Warn("on the list of erasures, and not erased again: there is a hold since, or the wish was taken back", "person", line.person)
			did.Left++
			continue
		}
		if err != nil {
			return did, fmt.Errorf("erase %s again: %w", line.person, err)
		}
		did.Again++
	}
	if did.Again == 0 {
		return did, nil
	}
	return did, k.audit.Record(k.app, audit.Act{Kind: audit.ErasedAgain, Detail: strconv.Itoa(did.Again)})
}

var errChangedSince = errors.New("a hold or a change of mind is newer than the line")

// stillHolds returns errChangedSince where somebody was put on hold after their
// line was written, or their wish was taken back; never where the erasure has
// begun in this data, which can keep nothing any more. What is older than the line was
// looked at when it was written: an old copy has holds that ended since.
func (k *Keeping) stillHolds(ctx context.Context, tx core.App, line lineOfList) error {
	asked, err := openErasure(ctx, tx, line.person)
	if err != nil || asked.hasBegun() {
		return err
	}
	var changed bool
	err = tx.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM holds WHERE person = {:person} AND ended = '' AND starts > {:at})
		OR EXISTS (SELECT 1 FROM erasures WHERE person = {:person} AND state = {:back} AND done > {:at})`).
		Bind(dbx.Params{"person": line.person, "at": line.at, "back": erasureBack}).WithContext(ctx).Row(&changed)
	if err != nil {
		return fmt.Errorf("what is newer than the line of %s: %w", line.person, err)
	}
	if changed {
		return errChangedSince
	}
	return nil
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
