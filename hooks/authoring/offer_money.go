package authoring

import (
	"strconv"
	"strings"
	"unicode"
)

// currencies are those in which work may be offered, ISO 4217. Each has hundredths.
var currencies = []string{"GBP", "EUR", "USD", "AUD", "CAD", "CHF", "DKK", "NOK", "NZD", "PLN", "SEK"}

// signs of currencies, which people write before or after an amount.
const moneySigns = "£€$"

// parseHundredths reads a number as people type it, "45", "45.5", "45,50", "£45" or
// "۴۵", in hundredths. A comma or point before three digits could mean either, so that
// is no number: "1,000" is asked again.
func parseHundredths(typed string) (int, bool) {
	text := strings.TrimFunc(strings.TrimSpace(strings.Trim(strings.TrimSpace(typed), moneySigns)), unicode.IsSpace)
	text = strings.Map(westernDigit, text)
	whole, part, has := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if len(whole) == 0 || len(whole) > 7 || has && (len(part) == 0 || len(part) > 2) {
		return 0, false
	}
	n, err := strconv.Atoi(whole + (part + "00")[:2])
	return n, err == nil && !strings.ContainsAny(whole+part, "+-")
}

// westernDigit gives a digit of any script as "0" to "9", and their decimal sign as a
// point. What is none stays.
func westernDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	case r == '٫':
		return '.'
	default:
		return r
	}
}

// hundredths writes a number of them with a point: "45" or "45.50".
func hundredths(n int) string {
	if n%100 == 0 {
		return strconv.Itoa(n / 100)
	}
	part := strconv.Itoa(100 + n%100)
	return strconv.Itoa(n/100) + "." + part[1:]
}

// hoursOf writes minutes in hours, "1.5".
func hoursOf(minutes int) string {
	text := hundredths((minutes*100 + 30) / 60)
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(text, "0")
	}
	return text
}
