// Package product builds the real binary, starts it on a folder of its own and
// stops it again, as whoever runs Alongside would.
package product

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// patience is how long a start or a stop may take before it has failed.
const patience = 60 * time.Second

// Build builds the binary of the module in root into dir and returns its path.
func Build(ctx context.Context, root, dir string) (string, error) {
	binary := filepath.Join(dir, "alongside")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, ".")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", root, err, out)
	}
	return binary, nil
}

// A Product is one data folder, and the server that may be running on it.
type Product struct {
	Binary  string
	Folder  string // data folder
	Keys    string // key file
	Address string // http://127.0.0.1:port, the same at each start
	args    []string
	serve   *exec.Cmd
	ended   chan error
	out     output
	secrets secrets
}

// At prepares a product on a folder; nothing is started yet. The data folder
// and the key file stand in it as data and data.keys. args are further
// arguments of serve, such as --demo.
func At(binary, folder string, args ...string) (*Product, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	return &Product{
		Binary:  binary,
		Folder:  filepath.Join(folder, "data"),
		Keys:    filepath.Join(folder, "data.keys"),
		Address: "http://" + address,
		args:    args,
	}, nil
}

// freeAddress finds a port of the loopback that nobody listens on.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// Start starts the server and returns when it has said that it is ready.
func (p *Product) Start() error {
	args := append([]string{"serve", "--http", strings.TrimPrefix(p.Address, "http://"), "--dir", p.Folder, "--keys", p.Keys}, p.args...)
	p.serve = exec.Command(p.Binary, args...)
	pipe, err := p.serve.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start %s: %w", p.Binary, err)
	}
	p.serve.Stderr = p.serve.Stdout
	if err := p.serve.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.Binary, err)
	}
	ready := make(chan struct{})
	p.ended = make(chan error, 1)
	go p.follow(pipe, ready)
	select {
	case <-ready:
		return nil
	case err := <-p.ended:
		p.serve = nil
		return fmt.Errorf("serve ended before it was ready: %w\n%s", errors.Join(err), p.Output())
	case <-time.After(patience):
		p.Kill()
		return fmt.Errorf("serve was not ready after %s\n%s", patience, p.Output())
	}
}

// follow reads what the server prints, until it ends.
func (p *Product) follow(pipe io.Reader, ready chan<- struct{}) {
	said := false
	lines := bufio.NewScanner(pipe)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.out.add(lines.Text())
		if !said && strings.TrimSpace(lines.Text()) == "ready" {
			said = true
			close(ready)
		}
	}
	p.ended <- p.serve.Wait()
}

// Stop ends the server as a service manager does, and waits until it is gone.
func (p *Product) Stop() error {
	if p.serve == nil {
		return nil
	}
	if err := p.serve.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop serve: %w", err)
	}
	select {
	case err := <-p.ended:
		p.serve = nil
		return err
	case <-time.After(patience):
		p.Kill()
		return fmt.Errorf("serve did not stop after %s\n%s", patience, p.Output())
	}
}

// Kill ends the server as a power cut does: kill -9, this process and no other.
func (p *Product) Kill() {
	if p.serve == nil {
		return
	}
	_ = p.serve.Process.Kill()
	<-p.ended
	p.serve = nil
}

// Run runs a command beside the server, on the same folder, and returns what it
// printed and its exit code.
func (p *Product) Run(args ...string) (out string, code int, err error) {
	command := exec.Command(p.Binary, append(args, "--dir", p.Folder, "--keys", p.Keys)...)
	said, err := command.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return string(said), exit.ExitCode(), nil
	}
	return string(said), 0, err
}

// Output is what the server has printed so far.
func (p *Product) Output() string { return p.out.String() }

// Copy makes a second product from this one's files, which must be stopped.
func (p *Product) Copy(folder string) (*Product, error) {
	other, err := At(p.Binary, folder, p.args...)
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(other.Folder, os.DirFS(p.Folder)); err != nil {
		return nil, fmt.Errorf("copy %s: %w", p.Folder, err)
	}
	keys, err := os.ReadFile(p.Keys)
	if err != nil {
		return nil, fmt.Errorf("copy the keys: %w", err)
	}
	return other, os.WriteFile(other.Keys, keys, 0o600)
}

// output collects lines from another goroutine.
type output struct {
	mu    sync.Mutex
	lines strings.Builder
}

func (o *output) add(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines.WriteString(line + "\n")
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lines.String()
}
