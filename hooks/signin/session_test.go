package signin

import (
	"reflect"
	"testing"
	"time"

	"alongside/hooks/web"
)

func TestASessionHoldsUntilTheMomentItEnds(t *testing.T) {
	for _, c := range []struct {
		ended bool
		left  time.Duration
		want  standing
	}{
		{false, time.Nanosecond, holds},
		{false, 0, timedOut},
		{false, -time.Hour, timedOut},
		{true, time.Hour, over},
		{true, -time.Hour, over},
	} {
		if got := stands(c.ended, start.Add(c.left), start); got != c.want {
			t.Errorf("ended %v, %v left: %v, want %v", c.ended, c.left, got, c.want)
		}
	}
}

func TestTokensAreLongAndNeverTheSame(t *testing.T) {
	a, b := newToken(), newToken()
	if len(a) != 43 || a == b {
		t.Errorf("%q and %q", a, b)
	}
}

func TestWhatIsRememberedOfASessionCountsWhereItIsLater(t *testing.T) {
	s := newSeen()
	s.touch("a", start, time.Minute)
	if got := s.expires("a", start); !got.Equal(start.Add(time.Minute)) {
		t.Errorf("remembered: %v", got)
	}
	if got := s.expires("a", start.Add(time.Hour)); !got.Equal(start.Add(time.Hour)) {
		t.Errorf("stored later: %v", got)
	}
	if got := s.expires("b", start); !got.Equal(start) {
		t.Errorf("not remembered: %v", got)
	}
}

func TestAMarkThatChangedWhileItWasWrittenIsKept(t *testing.T) {
	s := newSeen()
	s.touch("a", start, time.Minute)
	s.touch("b", start, time.Minute)
	written := s.copy()
	s.touch("b", start.Add(time.Second), time.Minute)
	s.forget(written)
	if _, ok := s.marks["a"]; ok {
		t.Error("a was written and is still remembered")
	}
	if _, ok := s.marks["b"]; !ok {
		t.Error("b was used again and is forgotten")
	}
}

func TestMembershipsAreReadAsTheStatementPacksThem(t *testing.T) {
	got := memberships("learner,p1,c1;manager,,")
	want := []web.Membership{{Role: web.Learner, Programme: "p1", Cohort: "c1"}, {Role: web.Manager}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	if memberships("") != nil {
		t.Error("nothing packed is somebody")
	}
}

func TestADeviceIsNamedSoThatItsOwnerKnowsIt(t *testing.T) {
	for agent, want := range map[string]Device{
		"Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36": {"Samsung Internet", "Android"},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1":                    {"Safari", "iPhone"},
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0":                                      {"Edge", "Windows"},
		"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0":                                                                 {"Firefox", "Linux"},
		"curl/8.0": {},
		"":         {},
	} {
		if got := deviceOf(agent); got != want {
			t.Errorf("%s\nis %v, want %v", agent, got, want)
		}
	}
}
