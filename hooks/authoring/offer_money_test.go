package authoring

import (
	"testing"
	"time"
)

func TestMoneyIsReadAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]int{
		"45": 4500, "45.5": 4550, "45,50": 4550, " £45.05 ": 4505, "45 €": 4500, "۴۵٫۵": 4550, "٤٥": 4500, "0": 0, "007": 700,
		"": -1, "1,000": -1, "1.000": -1, "1,000.50": -1, "45.": -1, ".5": -1, "-5": -1, "+5": -1, "4 5": -1, "forty": -1, "1e3": -1, "12345678": -1, "4½": -1,
	} {
		got, ok := parseHundredths(typed)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is read as %d, and not %d", typed, got, want)
		}
	}
}

func TestMoneyAndHoursAreWrittenPlainly(t *testing.T) {
	for minutes, want := range map[int]string{60: "1", 90: "1.5", 20: "0.33", 45: "0.75", 6: "0.1", 600: "10"} {
		if got := hoursOf(minutes); got != want {
			t.Errorf("%d minutes are written as %q, and not %q", minutes, got, want)
		}
	}
	for n, want := range map[int]string{4500: "45", 4505: "45.05", 4550: "45.50", 5: "0.05"} {
		if got := hundredths(n); got != want {
			t.Errorf("%d is written as %q, and not %q", n, got, want)
		}
	}
}

func TestAPaymentIsOfADayThatHasCome(t *testing.T) {
	late := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) // and the 24th, where it is earliest
	for typed, want := range map[string]string{"2026-11-23": "", "2026-11-24": "", "2026-11-25": "offer-day-later", "2019-11-22": "offer-day", "2026-02-30": "offer-day", "": "offer-day"} {
		if _, got := dayPaid(typed, late); got != want {
			t.Errorf("%q: %q, and not %q", typed, got, want)
		}
	}
}
