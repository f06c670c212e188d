package product

import "testing"

func TestASecretIsFoundWhereItStandsAndNotInsideALongerNumber(t *testing.T) {
	for _, is := range []struct {
		content, text string
		holds         bool
	}{
		{"the PIN is 111112.", "111112", true},
		{"111112", "111112", true},
		{`"id":"relation2577111112"`, "111112", false},
		{"1111123", "111112", false},
		{"1111123 and 111112", "111112", true},
		{"pin=111112&who=7", "111112", true},
		{"maple-three-warm-loaves", "three-warm", true},
		{"7three-warm7", "three-warm", true},
		{"", "111112", false},
	} {
		if got := holds([]byte(is.content), is.text); got != is.holds {
			t.Errorf("holds(%q, %q) = %v", is.content, is.text, got)
		}
	}
}
