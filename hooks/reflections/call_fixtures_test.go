package reflections_test

import (
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
)

// A circle is a house with a learner and those around them.
type circle struct {
	*room
	programme                  string
	maple, tom, mia, lea, anna hooktest.Person // learner, facilitator, mentor, lead, manager
}

const step = "/courses/small/first/back"

func newCircle(t *testing.T, change ...func(*hooktest.Setup)) *circle {
	t.Helper()
	c := &circle{room: open(t, change...)}
	c.programme, _ = c.MustProgramme(t)
	c.maple, c.tom, c.mia = c.named(t, "Maple", web.Learner), c.named(t, "Tom", web.Facilitator), c.named(t, "Mia", web.Mentor)
	c.lea, c.anna = c.named(t, "Lea", web.Lead), c.named(t, "Anna", web.Manager)
	c.assign(t, c.maple, c.tom, web.Facilitator)
	c.assign(t, c.maple, c.mia, web.Mentor)
	c.execute(t, "UPDATE courses SET open = TRUE", nil)
	return c
}

func (c *circle) named(t *testing.T, name string, roles ...web.Role) hooktest.Person {
	t.Helper()
	p := c.MustPerson(t, roles...)
	c.execute(t, "UPDATE users SET name = {:name} WHERE id = {:id}", dbx.Params{"name": name, "id": p.ID})
	return p
}

func (c *circle) assign(t *testing.T, learner, worker hooktest.Person, role web.Role) {
	t.Helper()
	err := people.Assign(c.App, people.Assignment{Learner: learner.ID, Worker: worker.ID, Role: role, Programme: c.programme, Starts: c.Clock.Now().Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
}

// elsewhere is another programme.
func (c *circle) elsewhere(t *testing.T) string {
	t.Helper()
	programme, err := people.CreateProgramme(c.App, people.Programme{Name: "South Quay", Label: "South Quay"})
	if err != nil {
		t.Fatal(err)
	}
	return programme
}

// viewer is somebody as the house knows them at a request.
func (c *circle) viewer(t *testing.T, p hooktest.Person) *web.Viewer {
	t.Helper()
	v := &web.Viewer{ID: p.ID}
	var rows []struct {
		Role      string `db:"role"`
		Programme string `db:"programme"`
	}
	if err := c.App.DB().NewQuery("SELECT role, programme FROM memberships WHERE user = {:id} AND ends = ''").Bind(dbx.Params{"id": p.ID}).All(&rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		v.Memberships = append(v.Memberships, web.Membership{Role: web.Role(row.Role), Programme: row.Programme})
	}
	return v
}

func (c *circle) one(t testing.TB, sql string, params dbx.Params) (value string) {
	t.Helper()
	if err := c.App.DB().NewQuery(sql).Bind(params).Row(&value); err != nil {
		return ""
	}
	return value
}

// main is what somebody reads on a page.
func shows(t *testing.T, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Get(address)
	if r.Status != 200 {
		t.Fatalf("GET %s: status %d, to %q", address, r.Status, r.Location)
	}
	return r.Page(t).Find("main").Text()
}

// stuckOn presses "I'm stuck here" with something typed.
func (c *circle) stuckOn(t *testing.T, b *hooktest.Browser, typed string) hooktest.Response {
	t.Helper()
	page := b.Get(step).Page(t)
	form := url.Values{"do": {"stuck"}, "has": {"heard"}, "a.heard": {typed}}
	for _, name := range []string{"revision", "whose"} {
		form.Set(name, page.Find("form#step input[name="+name+"]").AttrOr("value", ""))
	}
	return b.Post(step, form)
}

// fieldsOf is a form of a page as it stands, to be changed and sent.
func fieldsOf(t *testing.T, r hooktest.Response, action string) url.Values {
	t.Helper()
	form := r.Page(t).Find("form[action='" + action + "']")
	if form.Length() != 1 {
		t.Fatalf("status %d: %d forms to %s", r.Status, form.Length(), action)
	}
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		switch kind := field.AttrOr("type", ""); {
		case goquery.NodeName(field) == "textarea":
			values.Set(name, field.Text())
		case goquery.NodeName(field) == "select":
			values.Set(name, field.Find("option[selected]").AttrOr("value", ""))
		case kind == "radio" || kind == "checkbox":
			if _, on := field.Attr("checked"); on {
				values.Add(name, field.AttrOr("value", ""))
			}
		default:
			values.Set(name, field.AttrOr("value", ""))
		}
	})
	return values
}
