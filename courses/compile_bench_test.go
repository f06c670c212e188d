package courses

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// BenchmarkCompile reads the same text with Compile and with bare goldmark, in
// turn, and prints the ratio of their bytes per second, each at its best. The
// budget is at least 0.5.
func BenchmarkCompile(b *testing.B) {
	b.Run("blocks", func(b *testing.B) { compare(b, denseText(b)) })
	b.Run("course", func(b *testing.B) { compare(b, ownText(b)) })
	b.Run("lesson", func(b *testing.B) { compare(b, lesson(b)) })
}

func compare(b *testing.B, text []byte) {
	md := goldmark.New(goldmark.WithExtensions(
		extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	ours, theirs := time.Hour, time.Hour
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		ours = min(ours, timed(func() { Compile(Source{Path: "x.md", Lang: "en", Text: text}) }))
		theirs = min(theirs, timed(func() {
			var out bytes.Buffer
			if err := md.Convert(text, &out); err != nil {
				b.Fatal(err)
			}
		}))
	}
	b.ReportMetric(float64(theirs)/float64(ours), "of-goldmark")
	b.ReportMetric(float64(len(text))/ours.Seconds()/1e6, "MB/s-compile")
}

func timed(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}

// denseText is the valid examples of the description, many times over: blocks
// closer together than an author writes them.
func denseText(tb testing.TB) []byte {
	var b strings.Builder
	prose := strings.Repeat("Some ordinary words about *listening* to people, with [a link](https://example.org).\n\n", 5)
	for b.Len() < 60<<10 {
		for _, e := range examples(tb) {
			if !e.broken && kindNamed(e.name) != Box {
				b.WriteString("## A step\n\n" + prose + strings.ReplaceAll(e.text, "again=", "later=") + "\n")
			}
		}
	}
	return []byte(b.String())
}

// ownText is a module of the course that comes with Alongside.
func ownText(tb testing.TB) []byte {
	text, err := os.ReadFile("library/walking-alongside/03-listening.md")
	if err != nil {
		tb.Skip(err)
	}
	return text
}

// lesson is a foreign text with few blocks.
func lesson(tb testing.TB) []byte {
	folder := os.Getenv("CORPORA")
	if folder == "" {
		tb.Skip("CORPORA names no folder of foreign courses")
	}
	text, err := os.ReadFile(folder + "/git-novice/episodes/04-changes.md")
	if err != nil {
		tb.Skip(err)
	}
	return text
}
