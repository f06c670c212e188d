package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A load is what one process sends: requests in turn, from many connections
// that stay open. With Once it sends each request a single time.
type load struct {
	Address     string
	Connections int
	For         time.Duration
	Once        bool
	Requests    [][]byte // whole, as they go over the wire
	Want        int      // the status that each must answer
}

// A result is what a load found.
type result struct {
	Requests  int
	Took      time.Duration
	P50, P99  time.Duration
	Processor time.Duration // that the server used meanwhile
	Failure   string        // the first thing that went wrong; "" for none
}

func (r result) perSecond() float64 { return float64(r.Requests) / r.Took.Seconds() }

// each is the processor time of one request.
func (r result) each() float64 { return float64(r.Processor) / float64(r.Requests) }

// send runs a load in a process of its own.
func send(l load) (result, error) {
	self, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	spec, err := json.Marshal(l)
	if err != nil {
		return result{}, err
	}
	child := exec.Command(self, asLoad)
	child.Stdin, child.Stderr = bytes.NewReader(spec), os.Stderr
	out, err := child.Output()
	if err != nil {
		return result{}, fmt.Errorf("send load: %w", err)
	}
	var r result
	if err := json.Unmarshal(out, &r); err != nil {
		return result{}, err
	}
	if r.Failure != "" {
		return r, fmt.Errorf("load on %s: %s", l.Address, r.Failure)
	}
	return r, nil
}

// sendLoad is the process that sends.
func sendLoad(in io.Reader, out io.Writer) error {
	var l load
	if err := json.NewDecoder(in).Decode(&l); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(l.run())
}

func (l load) run() result {
	var next atomic.Int64
	var all sync.WaitGroup
	waited := make([][]time.Duration, l.Connections)
	failures := make([]error, l.Connections)
	began := time.Now()
	for i := range l.Connections {
		all.Go(func() { waited[i], failures[i] = l.connection(&next, began.Add(l.For)) })
	}
	all.Wait()
	r := result{Took: time.Since(began)}
	for _, err := range failures {
		if err != nil {
			r.Failure = err.Error()
		}
	}
	every := slices.Concat(waited...)
	slices.Sort(every)
	if r.Requests = len(every); r.Requests > 0 {
		r.P50, r.P99 = every[len(every)/2], every[len(every)*99/100]
	}
	return r
}

// connection sends one request after the other and notes how long each took.
// It reads HTTP by hand: a full client would take the processor from the server.
func (l load) connection(next *atomic.Int64, end time.Time) (waited []time.Duration, err error) {
	connection, err := net.Dial("tcp", l.Address)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	connection.SetDeadline(end.Add(time.Minute)) // a server that hangs fails, and does not wait for ever
	in := bufio.NewReaderSize(connection, 64<<10)
	for {
		n, began := int(next.Add(1)-1), time.Now()
		if l.Once && n >= len(l.Requests) || !l.Once && began.After(end) {
			return waited, nil
		}
		if _, err := connection.Write(l.Requests[n%len(l.Requests)]); err != nil {
			return waited, err
		}
		status, err := readResponse(in)
		if err != nil {
			return waited, err
		}
		if status != l.Want {
			return waited, fmt.Errorf("status %d to %q", status, bytes.SplitN(l.Requests[n%len(l.Requests)], []byte("\r\n"), 2)[0])
		}
		waited = append(waited, time.Since(began))
	}
}

var contentLength = []byte("Content-Length: ")

// readResponse reads one response to its end and gives its status.
func readResponse(in *bufio.Reader) (status int, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("not a response: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length := -1
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, contentLength); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 && status != 204 && status != 304 {
		return 0, fmt.Errorf("a response of status %d without its length", status)
	}
	_, err = in.Discard(max(length, 0))
	return status, err
}
