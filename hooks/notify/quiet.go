package notify

import "time"

// The usual hours in which no daily mail comes, of whoever set none.
const (
	usualFrom  = "21:00"
	usualUntil = "08:00"
)

// hourOfDigest is when the daily mail is made, by the server's clock, which is
// UTC. A server that was not running then makes it up until the hour of lastCall.
const (
	hourOfDigest = 8
	lastCall     = 12
)

// Hours are somebody's quiet hours, or the usual ones. Where both are the same
// there are none.
func (r Recipient) Hours() (from, until string) {
	if r.QuietFrom == "" || r.QuietUntil == "" {
		return usualFrom, usualUntil
	}
	return r.QuietFrom, r.QuietUntil
}

// quietUntil is when somebody's quiet hours end, where a moment is in them, else
// zero.
func (r Recipient) quietUntil(now time.Time) time.Time {
	from, until := r.Hours()
	start, ok := at(now, from)
	end, fine := at(now, until)
	if !ok || !fine || start.Equal(end) {
		return time.Time{}
	}
	switch {
	case start.Before(end) && !now.Before(start) && now.Before(end):
		return end
	case end.Before(start) && now.Before(end):
		return end
	case end.Before(start) && !now.Before(start):
		return end.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// at is a time of day, "08:00", on the day of a moment.
func at(day time.Time, clock string) (time.Time, bool) {
	read, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, false
	}
	return beginOf(day).Add(time.Duration(read.Hour())*time.Hour + time.Duration(read.Minute())*time.Minute), true
}

// beginOf is when the day of a moment began.
func beginOf(now time.Time) time.Time { return now.UTC().Truncate(24 * time.Hour) }
