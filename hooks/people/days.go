package people

import (
	"time"

	"github.com/pocketbase/pocketbase/tools/types"
)

// Days are written and shown as ISO dates. A role that is somebody's until a
// day holds to the end of that day, so what is stored is the beginning of the
// next.

// startOf is the moment at which a day begins; the zero time for "".
func startOf(day string) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return at
}

// endOf is the moment at which a day is over; the zero time for "".
func endOf(day string) time.Time {
	if at := startOf(day); !at.IsZero() {
		return at.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// dayOf is the day that a stored moment lies in; "" for none.
func dayOf(at types.DateTime) string {
	if at.IsZero() {
		return ""
	}
	return at.Time().Format(time.DateOnly)
}

// dayBefore is lastDay of a moment that was read as text.
func dayBefore(ends string) string {
	at, _ := types.ParseDateTime(ends) // what is no moment is none
	return lastDay(at)
}

// lastDay is the last day of what ends at a stored moment; "" for no end.
func lastDay(ends types.DateTime) string {
	if ends.IsZero() {
		return ""
	}
	return ends.Time().Add(-time.Millisecond).Format(time.DateOnly)
}
