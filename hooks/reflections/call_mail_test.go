package reflections_test

import (
	"slices"
	"testing"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// mails notes whom mail goes to at once.
func (c *circle) mails() *[]string {
	var to []string
	c.House.Reflections.Mail(func(tx core.App, person, once string) error {
		if tx.IsTransactional() && once != "" {
			to = append(to, person)
		}
		return nil
	})
	return &to
}

func TestNowIsMailedAtOnceToWhoeverIsFlaggedOnceEach(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	to, maple := c.mails(), c.SignIn(t, c.maple)
	maple.Post("/help/now", nil)
	maple.Post("/help/now", nil)
	if !slices.Equal(*to, []string{c.lea.ID}) {
		t.Errorf("mail to %v", *to)
	}
}

func TestConcernIsMailedAtOnceToEachLeadButTheNamed(t *testing.T) {
	c := newCircle(t)
	leo := c.named(t, "Leo", web.Lead)
	to, tom := c.mails(), c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	form.Set("staff", c.programme+":"+c.lea.ID)
	c.raised(t, tom, form)
	if !slices.Equal(*to, []string{leo.ID}) {
		t.Errorf("mail to %v", *to)
	}
	c.raised(t, tom, c.saying(t, tom, c.maple))
	if len(*to) != 3 || !slices.Contains(*to, c.lea.ID) {
		t.Errorf("one that names nobody: mail to %v", *to)
	}
}
