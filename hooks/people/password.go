package people

import (
	"strings"
	"unicode/utf8"
)

// A password is long, and nothing else is asked of it: three words that only
// the person would put together do well.
const (
	MinPassword = 12 // characters
	MaxPassword = 71 // bytes: bcrypt takes no more
)

// PasswordProblem says what is wrong with a new password, as a locale key under
// "problem-in-form.", or "" where it will do.
func PasswordProblem(username, password string) string {
	switch {
	case password == "":
		return "password-missing"
	case utf8.RuneCountInString(password) < MinPassword:
		return "password-short"
	case len(password) > MaxPassword:
		return "password-long"
	case username != "" && strings.EqualFold(strings.TrimSpace(password), username), isOneCharacter(password):
		return "password-easy"
	}
	return ""
}

func isOneCharacter(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}
