package notify

import (
	"context"
	"errors"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"time"
)

// Why a mail did not go, in words of ours: what a server says may have somebody's
// address in it. Their words for people stand under "mail.trouble.".
const (
	refused     = "refused"     // the server does not want it
	unreachable = "unreachable" // there is no server, or it hung up
	badAddress  = "bad-address" // the server knows nobody there
	timeout     = "timeout"     // it does not answer
	noKey       = "no-key"      // without the master key there is no link to turn the daily mail off
)

// pauses are how long a daily mail waits after the first try, the second, …; the
// last counts for all that follow.
var pauses = [...]time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour}

// An urgent mail is tried all through its first day: with the rest, at most five
// minutes lie between two tries. Then it is tried every hour.
const (
	urgentPause  = 3 * time.Minute
	urgentFor    = 24 * time.Hour
	urgentSeldom = time.Hour
)

// longEnough is for how long a mail is tried.
const longEnough = 5 * 24 * time.Hour

// worth is how old an urgent mail may be when it goes, should mail have been turned
// off meanwhile: longer than it is tried, so that whoever looks after mail has time
// to send again what is stuck.
const worth = longEnough + 2*24*time.Hour

// rest is how long nothing is tried once the server was not there: the other
// mails would find the same.
const rest = 2 * time.Minute

// pauseAfter is how long a mail waits that was just tried once more.
func (p *Post) pauseAfter(one row) time.Duration {
	switch {
	case one.Kind != urgent:
		return pauses[min(one.Tries, len(pauses)-1)]
	case p.age(one) < urgentFor:
		return urgentPause
	default:
		return urgentSeldom
	}
}

func (p *Post) age(one row) time.Duration { return p.now().Sub(read(one.Created)) }

// troubleOf is the word for what went wrong.
func troubleOf(err error) string {
	var said *textproto.Error
	var line net.Error
	switch {
	case errors.Is(err, errNoKey):
		return noKey
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &line) && line.Timeout():
		return timeout
	case errors.As(err, &said) && isAboutAddress(said):
		return badAddress
	case errors.As(err, &said):
		return refused
	default:
		return unreachable
	}
}

// enhanced is the second kind of code that many servers begin their words with.
var enhanced = regexp.MustCompile(`^[245]\.\d+\.\d+\b`)

// isAboutAddress reads the codes of RFC 5321 and, where there is one, of RFC 3463,
// which says it better.
func isAboutAddress(said *textproto.Error) bool {
	if code := enhanced.FindString(said.Msg); code != "" {
		return strings.HasPrefix(code, "5.1.")
	}
	return said.Code == 550 || said.Code == 551 || said.Code == 553
}

// isOfServer reports whether every other mail would meet the same trouble now. An
// urgent one needs no key.
func isOfServer(trouble string) bool {
	return trouble == unreachable || trouble == timeout
}
