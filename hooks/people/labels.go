package people

import (
	"slices"
	"strings"
	"unicode"
)

// telling are words that say of a programme who is in it. A label that holds one
// of them gives everybody away who carries its paper.
var telling = [...]string{
	"prison", "prisoner", "prisoners", "probation", "offender", "offenders", "offending", "reoffending", "ex-offender", "custody",
	"mappa", "parole", "convict", "convicts", "conviction", "convictions", "criminal", "crime", "justice", "resettlement",
	"refugee", "refugees", "asylum", "migrant", "migrants", "immigration", "detention", "trafficking", "trafficked", "slavery",
	"recovery", "addiction", "rehab", "drug", "drugs", "alcohol", "homeless", "homelessness", "abuse", "violence", "survivor", "survivors",
	"hiv", "mental",
}

// labelDoubt says why a label may give its programme away, as a locale key below
// "problem-in-form.", or "" where nothing speaks against it.
func labelDoubt(name, label string) string {
	if strings.EqualFold(oneLine(name), oneLine(label)) && label != "" {
		return "label-same"
	}
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	for _, word := range words {
		if slices.Contains(telling[:], word) {
			return "label-telling"
		}
	}
	return ""
}
