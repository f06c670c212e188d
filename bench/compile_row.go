package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"alongside/courses"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// compile reads the modules of the course that ships with our compiler and with
// bare goldmark, in turn.
func (b *bench) compile() error {
	files, err := filepath.Glob("courses/library/" + course + "/[0-9]*.md")
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no modules in courses/library: %v", err)
	}
	texts, size := make([][]byte, len(files)), 0
	for i, file := range files {
		if texts[i], err = os.ReadFile(file); err != nil {
			return err
		}
		size += len(texts[i])
	}
	bare := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	var ratios, ours, theirs []float64
	for range 2 * b.rounds {
		a := often(func() error {
			for i, text := range texts {
				courses.Compile(courses.Source{Path: filepath.Base(files[i]), Lang: "en", Text: text})
			}
			return nil
		})
		z := often(func() error {
			for _, text := range texts {
				if err := bare.Convert(text, io.Discard); err != nil {
					return err
				}
			}
			return nil
		})
		ratios, ours, theirs = append(ratios, a/z), append(ours, a), append(theirs, z)
	}
	megabytes := float64(size) / 1e6
	b.add(atLeast("compiling: bytes a second, of bare goldmark", 0.5, median(ratios),
		fmt.Sprintf("%.1f against %.1f MB/s", median(ours)*megabytes, median(theirs)*megabytes)))
	return nil
}

// often runs something for a fifth of a second and gives its times a second.
func often(do func() error) float64 {
	times, began := 0, time.Now()
	for time.Since(began) < 200*time.Millisecond {
		if err := do(); err != nil {
			return 0
		}
		times++
	}
	return float64(times) / time.Since(began).Seconds()
}
