package courses

import (
	"slices"
	"strings"
	"testing"
)

func TestATextNamesItsPicturesRecordingsTranscriptsAndOtherTexts(t *testing.T) {
	const text = "# A\n\n![A boat](media/boat.jpg)\n\n:::story[Bee]\nWords with ![a hive](./media/hive%20one.png \"Mine\").\n\n" +
		"::audio[A voice]{src=\"media/voice.ogg\" transcript=\"media/voice.md\"}\n:::\n\n" +
		"[next](02-b.md#there), [top](#a), [out](https://example.org/x.png)\n\n```\n![no](media/no.png)\n```\n"
	want := []string{"02-b.md", "media/boat.jpg", "media/hive one.png", "media/voice.md", "media/voice.ogg"}
	if got := FilesIn(Source{Path: "01-a.md", Text: []byte(text)}); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARecordingGetsAnotherTranscriptAndNothingElseChanges(t *testing.T) {
	const text = "# A\r\n\r\nRead media/old.md: `transcript=\"media/old.md\"`.\r\n\r\n::audio[A voice]{src=\"media/v.ogg\" transcript=\"media/old.md\"}\r\n\r\n" +
		"::video[A film]{src=\"media/f.mp4\" transcript=\"media/other.md\"}"
	want := strings.Replace(text, `v.ogg" transcript="media/old.md"`, `v.ogg" transcript="media/new.md"`, 1)
	got, found := SwapTranscript(Source{Path: "01-a.md", Text: []byte(text)}, "media/old.md", "media/new.md")
	if string(got) != want || !found {
		t.Errorf("%v\n%s", found, got)
	}
	if got, found := SwapTranscript(Source{Path: "01-a.md", Text: []byte(text)}, "media/none.md", "media/new.md"); found || string(got) != text {
		t.Error("it changed something that it was not asked for")
	}
}
