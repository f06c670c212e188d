package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
)

// A point is where a chain ends: number and MAC of a row.
type point struct {
	Number int
	MAC    string
}

// A head is where the chain ended when it was last written to, in memory and in
// a file beside the keys. It moves after a commit, so it is never ahead of the
// database, and behind it only by what came in the moment of a crash. Whoever
// can write the database alone cannot write it: rows that are cut off the end
// show, also when others have followed since.
type head struct {
	path   string
	log    *slog.Logger
	mu     sync.Mutex
	loaded bool
	at     point
	torn   bool // the database holds another row than the head names
	noting bool // a row that says so is about to be committed
	warned bool // the file could not be written, and the log has it
}

func newHead(path string, log *slog.Logger) *head { return &head{path: path, log: log} }

// isCut reports whether the database does not hold what the head names, and the
// number that it names. It looks at the row itself once, after a start; from
// then on the newest row tells.
func (h *head) isCut(newest point, macOf func(number int) (string, error)) (was int, yes bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.noting {
		return 0, false, nil
	}
	if err := h.load(macOf); err != nil {
		return 0, false, err
	}
	h.noting = h.torn || h.at.Number > newest.Number || h.at.Number == newest.Number && h.at.MAC != newest.MAC
	return h.at.Number, h.noting, nil
}

// load reads the file, the first time. Where there is none, Verify says so.
func (h *head) load(macOf func(number int) (string, error)) error {
	if h.loaded {
		return nil
	}
	at, err := readHead(h.path)
	if err == nil {
		mac, err := macOf(at.Number)
		if err != nil {
			return err
		}
		h.torn = mac != "" && mac != at.MAC
	}
	h.at, h.loaded = at, true
	return nil
}

// settle moves the head once a transaction has ended. Of two that arrive in
// another order than they were committed, the later row stays; only where rows
// had been cut off may the number be a smaller one.
func (h *head) settle(to point, wasCut, committed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if wasCut {
		h.noting = false
	}
	if !committed || !h.loaded || to.Number <= h.at.Number && !wasCut {
		return
	}
	h.torn = h.torn && !wasCut
	h.at = to
	if err := writeHead(h.path, to); err != nil && !h.warned {
		h.warned = true
		h.log.Error("the end of the record of acts could not be written beside the keys", "file", h.path, "error", err)
	}
}

// sync brings the file to disk, at the end. After a power cut it is behind.
func (h *head) sync() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.at.Number == 0 {
		return
	}
	file, err := os.OpenFile(h.path, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	_ = file.Sync()
	_ = file.Close()
}

// headLine is one line that always has the same length, so that writing it anew
// never leaves half of the former one.
const headLine = "%020d %-60s\n"

func writeHead(path string, at point) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(fmt.Appendf(nil, headLine, at.Number, at.MAC), 0)
	return errors.Join(err, file.Close())
}

// readHead gives fs.ErrNotExist where there is none, or none that can be read
// as one.
func readHead(path string) (point, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return point{}, err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	parts := strings.Fields(line)
	if len(parts) != 2 {
		return point{}, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	number, err := strconv.Atoi(parts[0])
	if err != nil || number <= 0 {
		return point{}, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	return point{Number: number, MAC: parts[1]}, nil
}
