package courses

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAChangeIsMadeWhereTheLinesThatItTouchesStillStand(t *testing.T) {
	const was = "- Money: we do not lend it.\n- Love: never.\n- Home: not alone."
	for name, c := range map[string]struct {
		text, is, want string
		ok             bool
	}{
		"as it was":              {"Lines:\n\n" + was + "\n", strings.Replace(was, "never", "never, and not after", 1), "Lines:\n\n" + strings.Replace(was, "never", "never, and not after", 1) + "\n", true},
		"another line changed":   {strings.Replace(was, "lend it", "lend or hold it", 1), strings.Replace(was, "never", "never, and not after", 1), strings.NewReplacer("lend it", "lend or hold it", "never", "never, and not after").Replace(was), true},
		"that line changed":      {strings.Replace(was, "never", "not", 1), strings.Replace(was, "never", "never, and not after", 1), "", false},
		"a line comes":           {"x\r\n" + strings.ReplaceAll(was, "\n", "\r\n") + "\r\n", was + "\n- Gifts: ask.", "x\r\n" + strings.ReplaceAll(was, "\n", "\r\n") + "\r\n- Gifts: ask.\r\n", true},
		"a line comes first":     {was, "- Names: none.\n" + was, "- Names: none.\n" + was, true},
		"a line goes":            {was + "\n\nEnd.", strings.Replace(was, "- Love: never.\n", "", 1), strings.Replace(was, "- Love: never.\n", "", 1) + "\n\nEnd.", true},
		"it stands there twice":  {was + "\n\n" + was, strings.Replace(was, "never", "not", 1), "", false},
		"it is not there at all": {"Nothing.\n", strings.Replace(was, "never", "not", 1), "", false},
		"nothing is there":       {"", "a", "", false},
	} {
		got, ok := Amend([]byte(c.text), was, c.is)
		if ok != c.ok || ok && string(got) != c.want || !ok && string(got) != c.text {
			t.Errorf("%s: %v %q", name, ok, got)
		}
	}
}

func TestAChangeOfAPartIsThatPartChangedAndNothingElse(t *testing.T) {
	line := rapid.StringMatching(`[a-c]{0,3}`)
	rapid.Check(t, func(r *rapid.T) {
		was := strings.Join(rapid.SliceOfN(line, 1, 5).Draw(r, "was"), "\n")
		is := strings.Join(rapid.SliceOfN(line, 1, 5).Draw(r, "is"), "\n")
		before, behind := rapid.StringMatching(`(x{1,3}\n){0,3}`).Draw(r, "before"), rapid.StringMatching(`(\ny{1,3}){0,3}`).Draw(r, "behind")
		got, ok := Amend([]byte(before+was+behind), was, is)
		if ok && string(got) != before+is+behind {
			r.Fatalf("%q becomes %q", before+was+behind, got)
		}
	})
}
