package audit

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// Watch records what superusers do in the dashboard and over the REST API, and
// keeps the record itself out of their reach. What they change is recorded
// before it is changed, so that nothing is changed without; some of it may then
// be refused for another reason.
func (l *Log) Watch(app core.App) {
	guard(app)
	app.OnRecordCreateRequest().BindFunc(func(e *core.RecordRequestEvent) error { return l.changing(e, "create") })
	app.OnRecordUpdateRequest().BindFunc(func(e *core.RecordRequestEvent) error { return l.changing(e, "update") })
	app.OnRecordDeleteRequest().BindFunc(func(e *core.RecordRequestEvent) error { return l.changing(e, "delete") })
	app.OnRecordViewRequest().BindFunc(l.viewing)
	app.OnRecordsListRequest().BindFunc(l.listing)
	app.OnRecordAuthRequest(core.CollectionNameSuperusers).BindFunc(l.superuserIn)
	app.OnRecordAuthWithPasswordRequest(core.CollectionNameSuperusers).BindFunc(l.superuserAsks)
}

func (l *Log) changing(e *core.RecordRequestEvent, how string) error {
	if !e.HasSuperuserAuth() {
		return e.Next()
	}
	people := []string{personOf(e.App, e.Record.Original()), personOf(e.App, e.Record)}
	if people[0] == "" {
		people = people[1:]
	}
	for _, person := range slices.Compact(people) {
		if err := l.Record(e.App, Act{Kind: SuperuserChange, Actor: e.Auth.Id, Subject: person, Item: itemOf(e.Record), Detail: how}); err != nil {
			return err
		}
	}
	return e.Next()
}

func (l *Log) viewing(e *core.RecordRequestEvent) error {
	if !e.HasSuperuserAuth() {
		return e.Next()
	}
	err := l.Record(e.App, Act{Kind: SuperuserView, Actor: e.Auth.Id, Subject: personOf(e.App, e.Record), Item: itemOf(e.Record), Detail: "view"})
	if err != nil {
		return err
	}
	return e.Next()
}

// listing is recorded once an hour for each collection: the dashboard asks all
// the time.
func (l *Log) listing(e *core.RecordsListRequestEvent) error {
	if e.HasSuperuserAuth() {
		l.NoteOnce(Act{Kind: SuperuserView, Actor: e.Auth.Id, Item: e.Collection.Name, Detail: "list"})
	}
	return e.Next()
}

// superuserIn leaves out what only makes a sign-in last longer.
func (l *Log) superuserIn(e *core.RecordAuthRequestEvent) error {
	if e.AuthMethod == "" {
		return e.Next()
	}
	if err := l.Record(e.App, Act{Kind: SuperuserIn, Actor: e.Record.Id, Detail: e.AuthMethod}); err != nil {
		return err
	}
	return e.Next()
}

func (l *Log) superuserAsks(e *core.RecordAuthWithPasswordRequestEvent) error {
	err := e.Next()
	if err != nil {
		act := Act{Kind: SuperuserNotIn}
		if e.Record != nil {
			act.Item = itemOf(e.Record)
		}
		l.Note(act)
	}
	return err
}

func itemOf(r *core.Record) string { return r.Collection().Name + "/" + r.Id }

// personOf is whose a record is, as far as its fields say; "" for nobody's.
func personOf(app core.App, r *core.Record) string {
	collection := r.Collection()
	if collection.Name == "users" {
		return r.Id
	}
	for _, name := range []string{"user", "learner", "person"} {
		if collection.Fields.GetByName(name) != nil {
			return r.GetString(name)
		}
	}
	if enrolment, ok := collection.Fields.GetByName("enrolment").(*core.RelationField); ok {
		if found, err := app.FindRecordById(enrolment.CollectionId, r.GetString("enrolment")); err == nil {
			return found.GetString("user")
		}
	}
	return ""
}
