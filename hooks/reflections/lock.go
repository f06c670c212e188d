package reflections

import (
	"encoding/json"
	"errors"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Lock says why words that are there do not show. Neither kind is an error: the
// words are safe, the page says so, and nothing takes their place.
type Lock string

// Locks of words.
const (
	Unlocked Lock = ""
	NotNow   Lock = "not-now" // they cannot be opened: the key is missing, or they were changed by hand
	Shut     Lock = "shut"    // they are closed for this viewer, who can open them with a secret of theirs
)

// OpenWords opens what was sealed for the viewer's own eyes. It is the one way in
// which pages do: whatever is closed for them (web.Viewer.Opens) comes back
// without a word.
func OpenWords(app core.App, v *vault.Vault, viewer *web.Viewer, place vault.Place, sealed string) (Words, Lock, error) {
	text, err := v.Open(app, viewer.ID, place, sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		return Words{}, NotNow, nil
	}
	if err != nil {
		return Words{}, NotNow, err
	}
	var words Words
	if err := json.Unmarshal(text, &words); err != nil {
		return Words{}, NotNow, err
	}
	if !viewer.Opens(words.Under) {
		return Words{}, Shut, nil
	}
	return words, Unlocked, nil
}
