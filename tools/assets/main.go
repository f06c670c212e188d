// Command assets builds what browsers load: templates/assets/src in,
// templates/assets/built out, the same bytes every time.
//
//	go run -C tools/assets .          builds
//	go run -C tools/assets . -check   exits 1 where the built files are not what the sources give
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	root := flag.String("root", "../..", "the project's folder")
	check := flag.Bool("check", false, "compare instead of writing")
	flag.Parse()
	if err := run(filepath.Join(*root, "templates", "assets"), *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string, check bool) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	files, err := build(folder)
	if err != nil {
		return err
	}
	for _, f := range files {
		if check {
			err = compare(f)
		} else {
			err = os.WriteFile(f.Path, f.Contents, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// build bundles for browsers of about 2020 and later. Older ones show the plain
// page: a script that they cannot read is not run.
func build(folder string) ([]api.OutputFile, error) {
	var all []api.BuildOptions
	for _, name := range []string{"app.css", "write.css"} { // write.css only where somebody writes a course
		style := bundle(folder, name)
		style.Engines = []api.Engine{
			{Name: api.EngineChrome, Version: "88"},
			{Name: api.EngineFirefox, Version: "85"},
			{Name: api.EngineSafari, Version: "14.1"},
		}
		all = append(all, style)
	}
	for _, name := range []string{"app.js", "record.js", "write.js"} { // record.js only where somebody speaks
		script := bundle(folder, name)
		script.Target = api.ES2018
		all = append(all, script)
	}

	var files []api.OutputFile
	for _, options := range all {
		result := api.Build(options)
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("assets: %d errors", len(result.Errors))
		}
		files = append(files, result.OutputFiles...)
	}
	return files, nil
}

func bundle(folder, name string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints:       []string{filepath.Join(folder, "src", name)},
		Outdir:            filepath.Join(folder, "built"),
		AbsWorkingDir:     folder,
		Bundle:            true,
		Format:            api.FormatIIFE,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsInline,
		LogLevel:          api.LogLevelInfo,
	}
}

func compare(f api.OutputFile) error {
	have, err := os.ReadFile(f.Path)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, f.Contents) {
		return fmt.Errorf("%s is not what its sources give: run `go run -C tools/assets .`", filepath.Base(f.Path))
	}
	return nil
}
