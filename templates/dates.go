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
