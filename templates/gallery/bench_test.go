package gallery

import (
	"io"
	"testing"

	"alongside/hooks/learning"
	"alongside/templates"
)

// A step's page with one of everything that can be answered, all answered.
func BenchmarkAStepWithEveryActivityAnswered(b *testing.B) {
	benchmarkStep(b, 1, given{tried: true, text: "I wait."})
}

func BenchmarkAStepWithOneScale(b *testing.B) { benchmarkStep(b, 0, given{}) }

func benchmarkStep(b *testing.B, number int, g given) {
	benchmarkPage(b, stepPage(number, g)(base("en", "/", true)))
}

func benchmarkPage(b *testing.B, page any) {
	b.ReportAllocs()
	for b.Loop() {
		if err := templates.Render(io.Discard, "en", "learning/step", templates.Whole, page); err != nil {
			b.Fatal(err)
		}
	}
}

// What every step's page costs whatever is in it: the parts that read the same
// for everybody come rendered.
func BenchmarkAStepWithNothingToFillIn(b *testing.B) {
	page := stepPage(0, given{})(base("en", "/", true)).(*learning.StepPage)
	page.Parts, page.Terms = nil, nil
	benchmarkPage(b, page)
}
