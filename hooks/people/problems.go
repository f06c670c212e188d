package people

import (
	"regexp"

	"alongside/hooks/web"

	"github.com/pocketbase/ozzo-validation/v4/is"
)

// usernames are what the collection takes too.
var usernames = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)

// Problems says what has to be put right before a person can be made: fields
// username, email and password. Whether a name is taken only Create can tell.
func (p Person) Problems(password string) []web.FieldError {
	var wrong []web.FieldError
	switch {
	case p.Username == "":
		wrong = append(wrong, web.FieldError{Field: "username", Key: "username-missing"})
	case !usernames.MatchString(p.Username):
		wrong = append(wrong, web.FieldError{Field: "username", Key: "username-letters"})
	}
	if p.Email != "" && is.EmailFormat.Validate(p.Email) != nil {
		wrong = append(wrong, web.FieldError{Field: "email", Key: "email-wrong"})
	}
	if problem := PasswordProblem(p.Username, password); problem != "" {
		wrong = append(wrong, web.FieldError{Field: "password", Key: problem})
	}
	return wrong
}
