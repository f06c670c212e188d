// Package e2e takes the real binary through a real browser, as people do.
package e2e

import (
	"context"
	"fmt"
	"os"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// What all tests of a run share: made once by TestMain, changed by none.
var (
	chromium *browser.Browser
	pristine *product.Product // the demo as it is after its first start, stopped
	binary   string
)

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "alongside-e2e-")
	if err == nil {
		err = prepare(folder)
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, "the journeys cannot begin:", err)
	} else {
		code = m.Run()
	}
	if chromium != nil {
		chromium.Close()
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// prepare builds the binary, makes the demo's folder and starts the browser.
func prepare(folder string) (err error) {
	if binary, err = product.Build(context.Background(), "..", folder); err != nil {
		return err
	}
	if pristine, err = product.At(binary, folder, "--demo"); err != nil {
		return err
	}
	if err = pristine.Start(); err != nil {
		return err
	}
	if err = pristine.Stop(); err != nil {
		return err
	}
	if chromium, err = browser.Start("testdata/axe.min.js"); err != nil {
		return err
	}
	chromium.Stored = os.Getenv("PAGES")
	_ = os.Getenv("PRODUCT") // what is tested: asked for, so that Go remembers for which product these tests passed
	return nil
}

// startDemo starts the demo on a folder of this test's own.
func startDemo(t *testing.T) *product.Product {
	t.Helper()
	p, err := pristine.Copy(t.TempDir())
	must(t, err)
	start(t, p)
	return p
}

// start starts a product and stops it when the test ends. Then nothing that was
// typed and is nobody else's to read may stand anywhere in its data folder.
func start(t *testing.T, p *product.Product) {
	t.Helper()
	must(t, p.Start())
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
		found, err := p.Spilled()
		if err != nil {
			t.Error(err)
		}
		for _, where := range found {
			t.Error(where)
		}
		if t.Failed() {
			t.Log("the server said:\n" + p.Output())
		}
	})
}

// open opens a page on a product, as a guest.
func open(t *testing.T, p *product.Product, options browser.Options) *browser.Page {
	t.Helper()
	options.Secret = p.Secret
	return chromium.Open(t, p.Address, options)
}

// person is the n-th demo person of a role, from 0.
func person(t *testing.T, p *product.Product, role string, n int) product.Person {
	t.Helper()
	people, err := p.People()
	must(t, err)
	for _, who := range people {
		if who.Role != role {
			continue
		}
		if n == 0 {
			return who
		}
		n--
	}
	t.Fatalf("the demo has too few people who are %s", role)
	return product.Person{}
}

// signIn signs a person in, from whichever page the way in begins.
func signIn(page *browser.Page, who product.Person) {
	page.Visit("/sign-in")
	enter(page, who)
}

// enter fills the sign-in form that is on the screen.
func enter(page *browser.Page, who product.Person) {
	page.Fill("Username or e-mail", who.Username)
	page.Fill("Password", who.Password)
	page.Press("Sign in")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
