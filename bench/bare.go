package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"

	"alongside/hooks"
	_ "alongside/pb_migrations"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// serveBare is PocketBase alone, as it serves itself, with the same database
// settings as the real server: a route that writes bytes which it has in memory,
// and one that saves an answer with app.Save.
//
// Its arguments are an address, a data folder, and a file with the pages as a
// JSON array.
func serveBare(args []string) error {
	if len(args) != 3 {
		return errors.New("want an address, a data folder and a file of pages")
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: args[1], DataMaxOpenConns: 8, DataMaxIdleConns: 8, AuxMaxOpenConns: 4, DBConnect: hooks.Connect})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.InstallerFunc = nil // there is nobody to open a browser for
		if err := bareRoutes(app, e.Router, args[2]); err != nil {
			return err
		}
		listener, err := net.Listen("tcp", args[0])
		if err != nil {
			return err
		}
		e.Listener = listener
		fmt.Println("ready") // who connects now waits for the server to take them
		return e.Next()
	})
	return apis.Serve(app, apis.ServeConfig{HttpAddr: args[0]})
}

func bareRoutes(app core.App, routes *router.Router[*core.RequestEvent], file string) error {
	pages, err := readPages(file)
	if err != nil {
		return err
	}
	save, err := bareSave(app)
	if err != nil {
		return err
	}
	routes.GET("/page/{n}", func(e *core.RequestEvent) error {
		n, err := strconv.Atoi(e.Request.PathValue("n"))
		if err != nil || n >= len(pages) {
			return e.NotFoundError("", err)
		}
		e.Response.Header().Set("Content-Length", strconv.Itoa(len(pages[n])))
		return e.Blob(http.StatusOK, "text/html; charset=utf-8", pages[n])
	}).Bind(apis.SkipSuccessActivityLog())
	routes.POST("/save", save).Bind(apis.SkipSuccessActivityLog())
	return nil
}

// bareSave stores the row that an answer is, the plain way.
func bareSave(app core.App) (func(*core.RequestEvent) error, error) {
	answers, err := app.FindCollectionByNameOrId("answers")
	if err != nil {
		return nil, err
	}
	var enrolment, module, revision string
	err = app.DB().NewQuery(`SELECT e.id, r.module, r.id FROM enrolments e, revisions r
		WHERE r.state = 'live' AND r.kind = 'module' LIMIT 1`).Row(&enrolment, &module, &revision)
	if err != nil {
		return nil, fmt.Errorf("somebody to answer: %w", err)
	}
	return func(e *core.RequestEvent) error {
		if err := e.Request.ParseForm(); err != nil {
			return e.BadRequestError("", err)
		}
		answer := core.NewRecord(answers)
		answer.Set("enrolment", enrolment)
		answer.Set("module", module)
		answer.Set("revision", revision)
		answer.Set("activity", core.GenerateDefaultRandomId())
		answer.Set("positions", map[string]any{"chosen": []int{len(e.Request.PostForm)}})
		answer.Set("tries", 1)
		answer.Set("tried", true)
		if err := app.Save(answer); err != nil {
			return err
		}
		return e.Redirect(http.StatusSeeOther, "/")
	}, nil
}

func readPages(file string) ([][]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var pages [][]byte
	return pages, json.Unmarshal(text, &pages)
}
