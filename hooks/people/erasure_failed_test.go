package people_test

import (
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// listed is what stands on the list of erasures.
func (h *keptHouse) listed(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(h.Dir + ".keys.erased")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}

func (h *keptHouse) stays(t *testing.T) {
	t.Helper()
	want(t, "people with that name and a password", h.count(t, "SELECT COUNT(*) FROM users WHERE username = 'zephyr-77' AND password != ''"), 1)
}

func TestAnErasureThatFailedAtItsBeginIsNotCarriedOutAtNight(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	before := "someoneelse0001 2026-01-01\n"
	if err := os.WriteFile(h.Dir+".keys.erased", []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	h.asksFor(t, manager, h.learner.ID)
	h.execute(t, "CREATE TRIGGER fails BEFORE DELETE ON keys BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
	if r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {"zephyr-77"}}); r.Status != 500 {
		t.Fatalf("status %d", r.Status)
	}
	h.execute(t, "DROP TRIGGER fails")
	if text := h.listed(t); text != before {
		t.Errorf("the list has %q", text)
	}
	if err := h.House.Keeping.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.stays(t)
	h.erased(t, manager)
	h.isGone(t)
	if text := h.listed(t); !strings.HasPrefix(text, before+h.learner.ID+" ") {
		t.Errorf("the list has %q", text)
	}
}

func TestTheListErasesNobodyWhoWasPutOnHoldSinceOrWhoseWishWasTakenBack(t *testing.T) {
	for name, since := range map[string]func(h *keptHouse, manager *hooktest.Browser){
		"hold": func(h *keptHouse, _ *hooktest.Browser) {
			h.holds(t, h.SignIn(t, h.MustPerson(t, web.Lead)), h.learner.ID, "safeguarding")
		},
		"taken back": func(h *keptHouse, manager *hooktest.Browser) {
			h.asksFor(t, manager, h.learner.ID)
			manager.Post("/manage/erasures/"+h.learner.ID+"/back", url.Values{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustKeptHouse(t)
			line := h.learner.ID + " " + h.Clock.Now().UTC().Add(-time.Minute).Format("2006-01-02 15:04:05.000Z") + "\n"
			since(h, h.SignIn(t, h.MustPerson(t, web.Manager)))
			var said strings.Builder
			h.Site = h.AfterPowerCut(t, func(s *hooktest.Setup) {
				s.Before = func(app core.App) {
					if err := os.WriteFile(app.DataDir()+".keys.erased", []byte(line), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				s.Out = &said
			})
			h.stays(t)
			wantIn(t, "what the start says", said.String(), "not erased again (1)")
			wantNotIn(t, "what the start says", said.String(), "are erased again")
		})
	}
}
