package authoring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/content"
)

// takenBackList is a file beside the keys, one line for each story that was taken
// back: the course's id, a hash of the story's place, and the moment. It says
// nothing by itself and is in no copy of the data folder, so when an old copy is put
// back, it says which stories must not come back with it.
type takenBackList struct{ path string }

func (a *Authoring) takenBack() takenBackList { return takenBackList{a.vault.Beside(".taken-back")} }

// markOf is the place of a story, as the list writes it.
func markOf(path, story string) string {
	sum := sha256.Sum256([]byte(path + "\n" + story))
	return hex.EncodeToString(sum[:16])
}

// add writes a story down, on disk before it returns.
func (l takenBackList) add(course, path, story string, at time.Time) error {
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("list of stories taken back: %w", err)
	}
	_, err = fmt.Fprintf(file, "\n%s %s %s\n", course, markOf(path, story), strings.ReplaceAll(stamp(at), " ", "T")) // the line before may have been cut off
	folder, e := os.Open(filepath.Dir(l.path))
	if e == nil {
		_ = folder.Sync() // where a system cannot, the file is there all the same
		e = folder.Close()
	}
	if err = errors.Join(err, file.Sync(), file.Close(), e); err != nil {
		return fmt.Errorf("list of stories taken back: %w", err)
	}
	return nil
}

// read gives the last moment of each mark, by course.
func (l takenBackList) read() (map[string]map[string]string, error) {
	text, err := os.ReadFile(l.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list of stories taken back: %w", err)
	}
	marks := map[string]map[string]string{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) != 3 || len(fields[1]) != 32 {
			continue
		}
		if marks[fields[0]] == nil {
			marks[fields[0]] = map[string]string{}
		}
		marks[fields[0]][fields[1]] = strings.Replace(fields[2], "T", " ", 1)
	}
	return marks, nil
}

// Replay takes every story on the list back again that is here: an old copy of the
// data was put back, or a withdrawal was cut off. It runs before anybody is served,
// and says how many there were.
func (a *Authoring) Replay(ctx context.Context) (int, error) {
	marks, err := a.takenBack().read()
	if err != nil || len(marks) == 0 {
		return 0, err
	}
	again := 0
	for course, known := range marks {
		here, err := a.storiesHere(ctx, course, known)
		if err != nil {
			return again, err
		}
		for _, one := range here {
			if err := a.takeBack(ctx, one, audit.Act{Kind: audit.ConsentWithdrawn, Detail: backAgain}); err != nil {
				return again, err
			}
			again++
		}
	}
	return again, nil
}

// storiesHere are the stories of a course that were taken back and are there, in
// whatever text: what was stored later under the same id is another story.
func (a *Authoring) storiesHere(ctx context.Context, course string, known map[string]string) ([]content.Forgotten, error) {
	here := map[string]content.Forgotten{}
	note := func(path, created string, src courses.Source) {
		for _, story := range courses.Stories(courses.Compile(src)) {
			if at := known[markOf(path, story.ID)]; created <= at {
				here[markOf(path, story.ID)] = content.Forgotten{Course: course, Path: path, Story: story.ID, At: at}
			}
		}
	}
	err := a.content.EachRevision(ctx, course, func(r content.RevisionSource) error {
		note(r.Path, r.Created, r.Source())
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.eachState(ctx, a.app, course, func(row stateRow) error {
		note(row.Path, row.Created, row.source())
		return nil
	})
	return slices.Collect(maps.Values(here)), err
}
