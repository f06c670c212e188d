package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// build makes the real binary.
func (b *bench) build() error {
	b.binary = filepath.Join(b.dir, "alongside")
	say("build …")
	out, err := exec.Command("go", "build", "-o", b.binary, ".").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build (run it where go.mod is): %w\n%s", err, out)
	}
	return nil
}

// command runs the real binary to its end.
func (b *bench) command(args ...string) error {
	out, err := exec.Command(b.binary, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("alongside %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// A server is a process that answers on loopback.
type server struct {
	address string // host:port
	process *exec.Cmd
	started time.Duration // from its start to "ready"
}

// serve starts the real binary on a data folder.
func (b *bench) serve(data string) (*server, error) {
	return start(b.binary, func(address string) []string {
		return []string{"serve", "--http", address, "--dir", data}
	})
}

// start starts a server and waits for its line "ready".
func start(binary string, args func(address string) []string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{address: address, process: exec.Command(binary, args(address)...)}
	s.process.Stderr = os.Stderr
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "ready" {
			s.started = time.Since(began)
			return s, nil
		}
	}
	return nil, fmt.Errorf("%s did not get ready: %v", strings.Join(s.process.Args, " "), s.process.Wait())
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// stop ends a server as an operator does.
func (s *server) stop() {
	if s == nil {
		return
	}
	s.process.Process.Signal(syscall.SIGTERM)
	s.process.Wait()
}

// tick is the unit of processor times in /proc, the same on every Linux.
const tick = 10 * time.Millisecond

// processor is the processor time that the server has used so far.
func (s *server) processor() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("processor time is measured on Linux only: %w", err)
	}
	_, after, _ := strings.Cut(string(stat), ") ") // what is before may hold spaces
	fields := strings.Fields(after)
	var ticks int
	for _, field := range fields[11:13] { // in user and in system mode
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, fmt.Errorf("processor time: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

// memory is what the server holds, in megabytes: now, and at most since it started.
func (s *server) memory() (now, most float64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, 0, fmt.Errorf("memory is measured on Linux only: %w", err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		name, value, _ := strings.Cut(line, ":")
		kilobytes, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 64)
		switch name {
		case "VmRSS":
			now = kilobytes / 1024
		case "VmHWM":
			most = kilobytes / 1024
		}
	}
	return now, most, nil
}
