package reflections

import (
	"context"
	"slices"
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/web"
)

// withChosen adds those whom a concern is about, and whom it names, where the lists
// have no room for them.
func (r *Room) withChosen(ctx context.Context, viewer *web.Viewer, c Concern, learners, beside []people.Member) (about, staff []people.Member, err error) {
	if !has(learners, c.About) {
		found, err := people.LearnersToRaiseBy(ctx, r.app, viewer, c.About, r.now())
		if err != nil {
			return nil, nil, err
		}
		learners = append(learners, found...)
	}
	if !has(beside, c.Staff) {
		found, err := people.StaffBesideBy(ctx, r.app, viewer, c.Staff, r.now())
		if err != nil {
			return nil, nil, err
		}
		beside = append(beside, found...)
	}
	return learners, beside, nil
}

func has(members []people.Member, id string) bool {
	return slices.ContainsFunc(members, func(m people.Member) bool { return m.ID == id })
}

// readTyped reads the usernames that were typed instead of choosing from a list. While
// somebody is still typing one, the page that saves by itself is told nothing of it.
func (d *drafting) readTyped() error {
	now := d.now()
	if name := username(d.form.Get("about_username")); name != "" {
		found, err := people.LearnersToRaiseBy(d.ctx, d.app, d.viewer, name, now)
		if err != nil {
			return err
		}
		if one, ok := preferred(found, d.c.Programme); ok {
			d.c.Programme, d.c.About = one.Programme, one.ID
		} else if !d.auto() {
			d.wrong("about_username", "concern-about-unknown")
		}
	}
	if name := username(d.form.Get("staff_username")); name != "" {
		found, err := people.StaffBesideBy(d.ctx, d.app, d.viewer, name, now)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(m people.Member) bool { return m.ID == d.viewer.ID })
		if one, ok := preferred(found, d.c.Programme); ok {
			d.works, d.c.Staff = one.Programme, one.ID
		} else if !d.auto() {
			d.wrong("staff_username", "concern-staff-unknown")
		}
	}
	return nil
}

// username is one as it is stored.
func username(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// preferred is somebody in a programme, or else in another.
func preferred(found []people.Member, programme string) (people.Member, bool) {
	for _, m := range found {
		if m.Programme == programme {
			return m, true
		}
	}
	if len(found) == 0 {
		return people.Member{}, false
	}
	return found[0], true
}

// unknown is a username that was typed and that nobody has, for the page that says so.
func (d *drafting) unknown(field string) string {
	if !slices.ContainsFunc(d.problems, func(p web.FieldError) bool { return p.Field == field }) {
		return ""
	}
	return strings.ToValidUTF8(d.form.Get(field), "")
}
