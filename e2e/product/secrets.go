package product

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// shortest is how many bytes of a text are enough to look for it: what is shorter
// stands in any file by chance, or in the course.
const shortest = 6

// demoFile names the demo's passwords on purpose.
const demoFile = "demo.json"

// secrets are texts that may stand nowhere in the data folder as they are.
type secrets struct {
	mu  sync.Mutex
	all map[string]bool
}

// Secret remembers a text that may stand nowhere in the data folder: a password,
// a PIN, what a card holds, what a learner wrote. It may be called from anywhere.
func (p *Product) Secret(text string) {
	if len(text) < shortest {
		return
	}
	p.secrets.mu.Lock()
	defer p.secrets.mu.Unlock()
	if p.secrets.all == nil {
		p.secrets.all = map[string]bool{}
	}
	p.secrets.all[text] = true
}

// Spilled looks for the secrets in every file of the data folder, the logs and
// what SQLite keeps of deleted rows among them, and says which stands where. The
// server must be stopped.
func (p *Product) Spilled() (found []string, err error) {
	p.secrets.mu.Lock()
	defer p.secrets.mu.Unlock()
	err = filepath.WalkDir(p.Folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == demoFile {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("look for secrets: %w", err)
		}
		for text := range p.secrets.all {
			if holds(content, text) {
				found = append(found, fmt.Sprintf("%s holds %q, as it was typed", entry.Name(), text))
			}
		}
		return nil
	})
	return found, err
}

// holds says whether the text stands in the content. Digits count only where they
// are the whole number: six of them stand inside some longer one by chance, as in
// the id that PocketBase gives a field.
func holds(content []byte, text string) bool {
	number := strings.Trim(text, "0123456789") == ""
	for {
		at := bytes.Index(content, []byte(text))
		if at < 0 {
			return false
		}
		after := content[at+len(text):]
		if !number || !endsInDigit(content[:at]) && !endsInDigit(after[:min(1, len(after))]) {
			return true
		}
		content = content[at+1:]
	}
}

func endsInDigit(b []byte) bool {
	return len(b) > 0 && b[len(b)-1] >= '0' && b[len(b)-1] <= '9'
}
