package courses

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// benchText is the valid examples of the description, many times over: blocks
// as dense as no author writes them, with ordinary text between.
func benchText(tb testing.TB) []byte {
	var b strings.Builder
	ids := func(s string) string { return strings.ReplaceAll(s, "again=", "later=") }
	prose := strings.Repeat("Some ordinary words about *listening* to people, with [a link](https://example.org).\n\n", 5)
	for b.Len() < 60<<10 {
		for _, e := range examples(tb) {
			if !e.broken && kindNamed(e.name) != Box {
				b.WriteString("## A step\n\n" + prose + ids(e.text) + "\n")
			}
		}
	}
	return []byte(b.String())
}

// BenchmarkCompile and BenchmarkGoldmark read the same text; Compile is to reach
// at least half of bare goldmark's bytes per second.
func BenchmarkCompile(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Compile(Source{Path: "x.md", Lang: "en", Text: text})
	}
}

func BenchmarkGoldmark(b *testing.B) {
	text := benchText(b)
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var out bytes.Buffer
		if err := md.Convert(text, &out); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLesson reads a file of CORPORA, as an ordinary text.
func BenchmarkLesson(b *testing.B) {
	text := lesson(b)
	b.Run("compile", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Compile(Source{Path: "x.md", Lang: "en", Text: text})
		}
	})
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	b.Run("goldmark", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var out bytes.Buffer
			if err := md.Convert(text, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

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
