package courses

import (
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func readForm(a *Activity, form url.Values) (Answer, error) {
	return a.Read(func(field string) []string { return form[field] })
}

func TestTheFieldsOfAForm(t *testing.T) {
	for text, want := range map[string][]string{
		single: {"a.q"}, ticked: {"a.q"}, scaled: {"a.q"}, practise: {"a.q"}, written: {"a.q"},
		ordered: {"a.q.s1", "a.q.s2", "a.q.s3"}, sorted: {"a.q.s1", "a.q.s2"}, gapped: {"a.q.1", "a.q.2"},
		prompted: {"a.q.1", "a.q.2"}, chosen: {"a.q", "a.q.1"},
	} {
		a := theActivity(t, text)
		var got []string
		for _, n := range a.fieldNumbers() {
			got = append(got, a.Field(n))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: fields %v, not %v", a.Kind, got, want)
		}
	}
}

func TestHostileFormsAreReadAsFarAsTheyMakeSense(t *testing.T) {
	many := make([]string, 100_000)
	for i := range many {
		many[i] = strconv.Itoa(i % 5)
	}
	for _, c := range []struct {
		name, text string
		form       url.Values
		want       Answer
	}{
		{"nothing", single, nil, Answer{}},
		{"not a number", single, url.Values{"a.q": {"x", "", "1e3", "9999999999999999999999"}}, Answer{}},
		{"no such position", single, url.Values{"a.q": {"0", "-1", "3"}}, Answer{}},
		{"two where one is asked for", single, url.Values{"a.q": {"2", "1"}}, Answer{Chosen: []int{2}}},
		{"one twice", several, url.Values{"a.q": {"3", "1", "3"}}, Answer{Chosen: []int{1, 3}}},
		{"thousands", ticked, url.Values{"a.q": many}, Answer{Chosen: []int{1, 2}}},
		{"ranks that do not exist", ordered, url.Values{"a.q.s1": {"0"}, "a.q.s2": {"4"}, "a.q.s9": {"1"}}, Answer{}},
		{"ranks of a page from before", ordered, url.Values{"a.q.1": {"1"}}, Answer{}},
		{"a card in a card", sorted, url.Values{"a.q.s1": {"2", "n3", "n0"}, "a.q.s2": {"4", "n1"}}, Answer{Placed: map[int]int{2: 1}}},
		{"a choice that does not follow", chosen, url.Values{"a.q": {"2", "3"}, "a.q.3": {"2"}, "a.q.1": {"2"}}, Answer{Chosen: []int{3}}},
		{"a scenario to its end", chosen, url.Values{"a.q": {"n1"}, "a.q.1": {"n1"}}, Answer{Chosen: []int{1, 2}}},
		{"a scenario as pages said it before", chosen, url.Values{"a.q": {"1"}, "a.q.1": {"2"}}, Answer{Chosen: []int{1, 2}}},
		{"control characters", written, url.Values{"a.q": {"a\x00\x07b\r\nc\rd\te\x1b[31m"}}, Answer{Typed: map[int]string{0: "ab\nc\nd\te[31m"}}},
		{"broken UTF-8", written, url.Values{"a.q": {"a\xff\xfeb"}}, Answer{Typed: map[int]string{0: "a\uFFFDb"}}},
		{"only blanks", written, url.Values{"a.q": {" \n\t "}}, Answer{}},
		{"what was typed stays as it was", prompted, url.Values{"a.q.2": {"  سلام\u200f \u200cx\n"}}, Answer{Typed: map[int]string{2: "  سلام\u200f \u200cx\n"}}},
		{"another activity's field", written, url.Values{"a.qq": {"x"}, "a.q.1": {"y"}}, Answer{}},
	} {
		a := theActivity(t, c.text)
		if c.name == "a card in a card" && !slices.Equal(a.Shown(), []int{4, 2}) {
			t.Fatalf("shown as %v", a.Shown())
		}
		if got, err := readForm(a, c.form); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

func TestTextThatIsTooLongIsAnErrorAndTheRestIsKept(t *testing.T) {
	a := theActivity(t, prompted)
	ans, err := readForm(a, url.Values{"a.q.1": {strings.Repeat("é", MaxTyped+1)}, "a.q.2": {strings.Repeat("é", MaxTyped)}})
	var long *TooLong
	if !errors.As(err, &long) || long.Field != "a.q.1" || long.Max != 20_000 {
		t.Errorf("error %v", err)
	}
	if len(ans.Typed) != 1 || ans.Typed[2] == "" {
		t.Error("the other field is lost")
	}
}

func TestPartOfAnAnswerIsAnAnswer(t *testing.T) {
	a := theActivity(t, ordered)
	shown := a.Shown()
	got, err := readForm(a, url.Values{a.Field(2): {"1"}, a.Field(3): {"1"}})
	if err != nil || !slices.Equal(got.Chosen, shown[1:]) {
		t.Errorf("%v of %v, %v", got, shown, err)
	}
}

// anAnswer draws an answer that a person could give.
func anAnswer(t *rapid.T, a *Activity) Answer {
	var ans Answer
	some := func(list []int) []int {
		list = rapid.Permutation(list).Draw(t, "order")
		return list[:rapid.IntRange(0, len(list)).Draw(t, "some")]
	}
	typed := rapid.StringMatching(`[a-zé سλ聞.,\n]{0,12}x[ \t]?`)
	switch {
	case a.Kind == Order:
		ans.Chosen = some(upTo(len(a.Items)))
	case a.chooseMany():
		ans.Chosen = some(upTo(len(a.Items)))
		slices.Sort(ans.Chosen)
	case a.Kind == Question || a.Kind == Scale:
		ans.Chosen = some(upTo(len(a.Items)))
		ans.Chosen = ans.Chosen[:min(1, len(ans.Chosen))]
	case a.Kind == Scenario:
		for at := 0; len(a.Under(at)) > 0 && rapid.Bool().Draw(t, "go on"); {
			at = rapid.SampledFrom(a.Under(at)).Draw(t, "choice").Position
			ans.Chosen = append(ans.Chosen, at)
		}
	case a.Kind == Sort:
		for _, card := range some(a.Shown()) {
			ans.Placed = put(ans.Placed, card, rapid.SampledFrom(a.Under(0)).Draw(t, "group").Position)
		}
	default:
		for _, n := range some(a.fieldNumbers()) {
			ans.Typed = put(ans.Typed, n, typed.Draw(t, "typed"))
		}
	}
	if len(ans.Chosen) == 0 {
		ans.Chosen = nil
	}
	return ans
}

func put[V any](m map[int]V, key int, value V) map[int]V {
	if m == nil {
		m = map[int]V{}
	}
	m[key] = value
	return m
}

func everyActivity(t testing.TB) []*Activity {
	var list []*Activity
	for _, text := range []string{single, several, open, ordered, sorted, gapped, chosen, ticked, scaled, prompted, written, practise} {
		list = append(list, theActivity(t, text))
	}
	return list
}

func TestAnAnswerComesBackAsItWasGiven(t *testing.T) {
	activities := everyActivity(t)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(activities).Draw(t, "activity")
		ans := anAnswer(t, a)
		got, err := readForm(a, a.Write(ans))
		if err != nil || !reflect.DeepEqual(got, ans) {
			t.Fatalf("%s: gave %+v, got %+v, %v", a.Kind, ans, got, err)
		}
	})
}

func TestAnyFormIsReadAndMarked(t *testing.T) {
	activities := everyActivity(t)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(activities).Draw(t, "activity")
		values := rapid.SliceOfN(rapid.OneOf(rapid.StringMatching(`-?[0-9]{1,3}`), rapid.String()), 0, 5)
		form := url.Values{}
		for _, n := range []int{0, 1, 2, 3, 4} {
			form[a.Field(n)] = values.Draw(t, "values")
		}
		ans, err := readForm(a, form)
		if err != nil {
			t.Fatal(err)
		}
		again, err := readForm(a, a.Write(ans))
		if err != nil || !reflect.DeepEqual(ans, again) {
			t.Fatalf("read %+v, again %+v", ans, again)
		}
		assertMark(t, a, ans, a.Mark(ans))
	})
}

// assertMark holds what must be true of every mark.
func assertMark(t *rapid.T, a *Activity, ans Answer, m Mark) {
	empty := len(ans.Chosen)+len(ans.Placed)+len(ans.Typed) == 0
	if m.Given && empty || m.Whole && !m.Given || m.Verdict != Neither && (!a.Marked || !m.Given) {
		t.Fatalf("%s: %+v is marked %+v", a.Kind, ans, m)
	}
	for position, item := range m.Items {
		if it, ok := a.Item(position); !ok || item.Feedback != it.Feedback && item.Feedback != "" {
			t.Fatalf("%s: item %d is marked %+v", a.Kind, position, item)
		}
		if m.Verdict == Fits && item.Verdict != Fits {
			t.Fatalf("%s: the whole fits, and item %d does not", a.Kind, position)
		}
	}
}
