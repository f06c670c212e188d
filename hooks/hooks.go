// Package hooks is the one list of what is bound to PocketBase, in order, and
// the commands of the binary. Each room is a package below; in the list of
// rooms a package imports only what stands above it.
package hooks

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/authoring"
	"alongside/hooks/content"
	"alongside/hooks/demo"
	"alongside/hooks/facilitation"
	"alongside/hooks/learning"
	"alongside/hooks/notify"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/vault"
	"alongside/hooks/web"
	_ "alongside/pb_migrations" // the shape of the data

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"
)

// A House is every room of one app.
type House struct {
	App      core.App
	Vault    *vault.Vault
	Audit    *audit.Log
	Notify   *notify.Post
	People   *people.Office
	Pages    web.Pages // those that are bound, once it serves
	SignIn   *signin.Desk
	Content  *content.Content
	Learning *learning.Learning
	Keeping  *people.Keeping

	Authoring *authoring.Authoring

	Reflections  *reflections.Room
	Facilitation *facilitation.Facilitation
	Practice     *facilitation.Practice
}

// Open makes the rooms of an app whose migrations have run. It serves nothing
// yet, so commands use it too.
func Open(app core.App, o *Options) (*House, error) {
	h := &House{App: app}
	var err error
	if h.Vault, err = vault.New(app, o.Keys); err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	h.Audit = audit.New(app, h.Vault, o.Now)
	if err := h.Audit.Listen(); err != nil {
		return nil, fmt.Errorf("record of acts: %w", err)
	}
	h.Notify = notify.New(app, h.Vault, h.Audit, people.Recipients(app), o.Now)
	h.People = people.New(app, h.Audit, h.Notify, o.Now)
	reads := web.NewReads(app)
	means := signin.Means{Vault: h.Vault, Audit: h.Audit, Reads: reads, Now: o.Now, Pause: o.Pause, AskSecond: o.AskSecond && !o.Demo}
	if h.SignIn, err = signin.New(app, means); err != nil {
		return nil, fmt.Errorf("sign-in: %w", err)
	}
	h.Content = content.New(app)
	h.Reflections = reflections.New(app, h.Content, h.Vault, h.Audit, o.Now)
	h.Reflections.Mail(h.Notify.Urgent)
	h.People.CountWishes(h.Reflections.CountWishes)
	h.People.CountConcerns(h.Reflections.CountConcerns)
	h.Notify.Ask(h.Reflections.News()...)
	h.Learning = learning.New(app, h.Content, h.Reflections, h.Vault, reads, web.NewWrites(app))
	h.Authoring = h.authoring(o.Now)
	h.Notify.Ask(h.Authoring.News()...)
	h.Learning.Hear(h.Authoring)
	h.Facilitation = facilitation.New(app, h.Content, h.Reflections, h.Learning, h.SignIn, h.Audit, o.Now)
	h.Practice = facilitation.NewPractice(app, h.Vault, o.Now)
	h.Keeping = people.NewKeeping(app, h.Audit, h.Vault, o.Now, h.SignIn,
		h.SignIn.Keeper(), people.NewMails(h.Notify), h.Learning.Keeper(), h.Reflections.Shelf(), h.Reflections.Keeper(), h.Practice.Keeper(), h.Authoring.Keeper())
	h.Keeping.Lead(h.Reflections.Keeper().Leads)
	return h, nil
}

// Serve binds every room to a server that is about to start.
func (h *House) Serve(se *core.ServeEvent, o *Options) {
	web.Lay(h.App, o.BehindProxy, o.Now)
	web.ShowWays(h.App, func(v *web.Viewer) web.Ways {
		ways := people.Ways(v)
		ways.Called, ways.Asked = h.Reflections.Called(v)
		ways.ConcernWaits = h.Reflections.ConcernWaits(v)
		return ways
	})
	web.KnowPlaces(h.App, h.People.PlacesOf)
	web.KnowHelpers(h.App, h.People.HelpersOf)
	web.KeepLate(h.App, h.SignIn.LateForms())

	// for every request, PocketBase's own too
	se.Router.Bind(web.HideSecrets(append(signin.SecretPaths(), notify.SecretPaths()...)...), web.LogFaults(), signin.CloseREST(), h.SignIn.Session(), h.Audit.Superusers())

	// the pages, room by room
	pages := web.NewPages(se.Router)
	h.Pages = pages
	web.Routes(se.Router, pages)
	h.Notify.Routes(pages)
	h.People.Routes(pages)
	h.Keeping.Routes(pages)
	h.SignIn.Routes(pages)
	h.Content.Routes(pages)
	h.Reflections.Routes(pages)
	h.Learning.Routes(pages)
	h.Authoring.Routes(pages)
	h.Facilitation.Routes(pages)
	h.Practice.Routes(pages)

	// what rooms do by themselves
	h.Audit.Watch(h.App)
	h.SignIn.GuardRecords()
	h.SignIn.GuardRealtime()
	h.Notify.Begin()
	h.SignIn.Begin()
	h.Keeping.Begin()
	h.Reflections.Begin()
	h.Authoring.Begin()
}

// Replay erases again whoever was erased and has come back with an old copy of
// the data, before anybody is served, and says so.
func (h *House) Replay(o *Options) error {
	did, err := h.Keeping.Replay(context.Background())
	if err != nil {
		return fmt.Errorf("list of erasures: %w", err)
	}
	if did.Again > 0 && o.Out != nil {
		fmt.Fprintln(o.Out, say("serve.erased-again", map[string]string{"count": strconv.Itoa(did.Again)}))
	}
	if _, err := h.Authoring.Replay(context.Background()); err != nil {
		return err
	}
	if did.Left > 0 && o.Out != nil {
		fmt.Fprintln(o.Out, say("serve.erased-left", map[string]string{"count": strconv.Itoa(did.Left)}))
	}
	return nil
}

// prepare brings in what ships with the binary, and a demo's people.
func (h *House) prepare(o *Options) error {
	if err := h.Content.StoreLibrary(context.Background()); err != nil {
		return err
	}
	if !o.Demo {
		return nil
	}
	err := demo.Fill(h.App, h.SignIn, o.Now(), h.fillers(o))
	if errors.Is(err, demo.ErrRealPeople) {
		return usageError{errors.New(say("demo.real-people", map[string]string{"folder": h.App.DataDir()}))}
	}
	return err
}

// authoring is where texts are written, by a clock.
func (h *House) authoring(now func() time.Time) *authoring.Authoring {
	return authoring.New(h.App, authoring.Means{Content: h.Content, Learning: h.Learning, Vault: h.Vault, Audit: h.Audit, Post: h.Notify, Now: now})
}

// fillers are what each room did for the people of a demo.
func (h *House) fillers(o *Options) []demo.Filler {
	then := demo.Sharing{Vault: h.Vault, Room: func(at time.Time) *reflections.Room {
		return reflections.New(h.App, h.Content, h.Vault, h.Audit, func() time.Time { return at })
	}}
	writing := func(at time.Time) *authoring.Authoring { return h.authoring(func() time.Time { return at }) }
	return []demo.Filler{
		demo.Assignments(o.Now()), demo.Journeys(h.Learning, o.Now()), demo.Shares(then, o.Now()), demo.Phrases(o.Now()), demo.NoSecondFactors,
		demo.Proposals(writing, o.Now()), demo.Remarks(writing, o.Now()),
	}
}

// Register binds the whole house to an app, to be opened when it serves: the
// migrations of the data have run only then.
func Register(app core.App, o *Options) {
	keepDatabase(app)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.InstallerFunc = nil // the first manager gets a link of ours
		house, err := Open(app, o)
		if err != nil {
			return err
		}
		if err := house.Replay(o); err != nil {
			return err
		}
		if err := house.prepare(o); err != nil {
			return err
		}
		house.Serve(se, o)
		return house.listen(se, o)
	})
}

// AddCommands adds what the binary can do: PocketBase's own commands, and those
// of each room.
func AddCommands(app *pocketbase.PocketBase, o *Options) {
	root := app.RootCmd
	root.Use, root.Short = "alongside", say("command.about", nil)
	root.PersistentFlags().StringVar(&o.Keys, "keys", "", say("command.keys", nil))
	root.AddCommand(serveCommand(app, o), cmd.NewSuperuserCommand(app))
	migratecmd.MustRegister(app, root, migratecmd.Config{Dir: "pb_migrations", TemplateLang: migratecmd.TemplateLangGo})
	root.AddCommand(vault.Commands(app, &o.Keys, func(v *vault.Vault) error { return audit.New(app, v, o.Now).Listen() })...)
	root.AddCommand(signin.Commands(app, &o.Keys, o.Now)...)
	root.AddCommand(audit.Commands(app, &o.Keys, o.Now)...)
	root.AddCommand(content.Commands(app, func() (*audit.Log, error) { return audit.Open(app, o.Keys, o.Now) }, authoring.Limits(app, o.Now))...)
	root.AddCommand(offlineCommands()...)
}
