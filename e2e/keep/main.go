// Command keep stores this version's demo folder and key as
// testdata/kept/NAME.zip, for later versions to open. Run it in e2e.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"alongside/e2e/product"
)

// largest keeps the repository small: it holds one file for every version.
const largest = 400 << 10

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "say which version this is: keep NAME")
		os.Exit(2)
	}
	if err := keep(filepath.Join("testdata", "kept", os.Args[1]+".zip")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func keep(file string) error {
	folder, err := os.MkdirTemp("", "alongside-keep-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	binary, err := product.Build(context.Background(), "..", folder)
	if err != nil {
		return err
	}
	p, err := product.At(binary, folder, "--demo")
	if err != nil {
		return err
	}
	wrote, err := live(p)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if err := p.Keep(file, wrote); err != nil {
		return err
	}
	return report(file, len(wrote))
}

// live runs the demo once and notes what its learners have written.
func live(p *product.Product) (wrote []product.Wrote, err error) {
	if err := p.Start(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	people, err := p.People()
	if err != nil {
		return nil, err
	}
	for _, who := range people {
		if who.Role != "learner" {
			continue
		}
		texts, err := written(p, who)
		if err != nil {
			return nil, err
		}
		wrote = append(wrote, texts...)
	}
	if len(wrote) == 0 {
		return nil, errors.New("the demo's learners have written nothing that could be kept")
	}
	return wrote, nil
}

// written walks through the steps of all courses as a learner, and notes what
// they wrote.
func written(p *product.Product, who product.Person) ([]product.Wrote, error) {
	client, err := p.SignIn(who)
	if err != nil {
		return nil, err
	}
	var wrote []product.Wrote
	queue, seen := []string{"/courses"}, map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || !strings.HasPrefix(path, "/courses") {
			continue
		}
		seen[path] = true
		page, err := client.Get(path)
		if err != nil {
			return nil, err
		}
		for _, text := range product.Typed(page) {
			wrote = append(wrote, product.Wrote{Who: who, Path: path, Text: text})
		}
		queue = append(queue, product.Links(page)...)
	}
	return wrote, nil
}

func report(file string, texts int) error {
	about, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d KB, %d texts of learners\n", file, about.Size()>>10, texts)
	if about.Size() > largest {
		return fmt.Errorf("%s is larger than %d KB: what in it is not needed?", file, largest>>10)
	}
	return nil
}
