package templates

import "testing"

func TestADayThatIsNoneStaysInItsField(t *testing.T) {
	for typed, want := range map[string]string{"": "date", "2026-02-28": "date", "2026-02-30": "text", "yesterday": "text"} {
		if got := field("last", typed, nil, "label", "", "date").Kind(); got != want {
			t.Errorf("a field that holds %q is a %s, want %s", typed, got, want)
		}
	}
}
