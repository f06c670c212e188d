package templates

import (
	"strconv"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_GB"
)

// dateNames gives the names of weekdays and months in a language.
type dateNames interface {
	WeekdayWide(time.Weekday) string
	MonthWide(time.Month) string
}

// dateNamesOf lists the languages whose names are in the binary: one line each.
func dateNamesOf(tag string) dateNames {
	known := map[string]func() locales.Translator{
		sourceLanguage: en_GB.New,
	}
	if names := known[tag]; names != nil {
		return names()
	}
	return en_GB.New()
}

// date writes an ISO date as people say it: "Friday 3 May 2024". What is no
// date stays as it is.
func (w *words) date(iso string) string {
	if len(iso) < len(time.DateOnly) {
		return iso
	}
	day, err := time.Parse(time.DateOnly, iso[:len(time.DateOnly)])
	if err != nil {
		return iso
	}
	return w.say("date.long", map[string]string{
		"weekday": w.dates.WeekdayWide(day.Weekday()),
		"day":     strconv.Itoa(day.Day()),
		"month":   w.dates.MonthWide(day.Month()),
		"year":    strconv.Itoa(day.Year()),
	})
}

// moment writes a moment as people say it, to the minute. Nobody has said which
// clock the reader goes by, so it says whose it is: "Friday 3 May 2024, 10:05 UTC".
// What is no moment is written as a date.
func (w *words) moment(iso string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05.999Z07:00"} {
		if at, err := time.Parse(layout, iso); err == nil {
			at = at.UTC()
			return w.say("date.moment", map[string]string{"date": w.date(at.Format(time.DateOnly)), "time": at.Format("15:04")})
		}
	}
	return w.date(iso)
}
