package web_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// inTwoLanguages is help in English, and some of it in a second language.
var inTwoLanguages = []web.HelpNumber{
	{Kind: "emergency", Name: "Police", Number: "999", Language: "en"},
	{Kind: "crisis", Name: "Samaritans", Number: "116 123", Language: "en"},
	{Kind: "crisis", Name: "NHS 111", Number: "111", Language: "en"},
	{Kind: "advice", Name: "Advice for all", Number: "0800 1", Language: ""},
	{Kind: "crisis", Name: "Night line", Number: "0800 22", Language: "ar-XB"},
	{Kind: "crisis", Name: "Samaritans, translated", Number: "116123", Language: "ar-XB"},
	{Kind: "emergency", Name: "Front desk", Number: "0800 3", Language: "ar-XB", Place: "quay"},
	{Kind: "emergency", Name: "Night desk", Number: "0800 4", Language: "en", Place: "quay"},
}

func namesOf(help []web.HelpNumber) (names []string) {
	for _, h := range help {
		names = append(names, h.Name)
	}
	return names
}

func TestHelpInOnesLanguageComesFirstAndHidesNoOtherNumber(t *testing.T) {
	site := web.Site{Help: inTwoLanguages}
	for _, one := range []struct {
		what string
		got  []web.HelpNumber
		want []string
	}{
		{"everything, in English", site.HelpIn("en"), []string{"Police", "Samaritans", "NHS 111", "Night line", "Advice for all"}},
		{"everything, in the second", site.HelpIn("ar-XB"), []string{"Police", "Night line", "Samaritans, translated", "NHS 111", "Advice for all"}},
		{"everything, in a third", site.HelpIn("cy"), []string{"Police", "Samaritans", "NHS 111", "Night line", "Advice for all"}},
		{"of one kind, in the second", site.HelpOf("crisis", "ar-XB"), []string{"Night line", "Samaritans, translated", "NHS 111"}},
		{"of a place, in the second", site.HelpAt("quay", "ar-XB"), []string{"Front desk", "Night desk"}},
		{"of a place, in English", site.HelpAt("quay", "en"), []string{"Night desk", "Front desk"}},
	} {
		if names := namesOf(one.got); !slices.Equal(names, one.want) {
			t.Errorf("%s: %q, want %q", one.what, names, one.want)
		}
	}
}

func TestNobodyLosesANumberByTheirLanguage(t *testing.T) {
	site := web.Site{Help: inTwoLanguages}
	for _, language := range []string{"en", "ar-XB", "cy", ""} {
		for _, h := range site.Help {
			dialled := func(other web.HelpNumber) bool {
				return other.Kind == h.Kind && strings.ReplaceAll(other.Number, " ", "") == strings.ReplaceAll(h.Number, " ", "")
			}
			if !slices.ContainsFunc(site.HelpAt(h.Place, language), dialled) {
				t.Errorf("a reader of %q does not see %s, %s", language, h.Name, h.Number)
			}
		}
	}
}

func TestOneNumberInALanguageLeavesItsReadersEveryEmergencyNumber(t *testing.T) {
	site := hooktest.Start(t)
	row, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	var help []web.HelpNumber
	if err := row.UnmarshalJSONField("help", &help); err != nil {
		t.Fatal(err)
	}
	row.Set("help", mustJSON(t, append(help, web.HelpNumber{Kind: "advice", Name: "The lantern line", Number: "0800 77", Language: "ar-XB"})))
	if err := site.App.Save(row); err != nil {
		t.Fatal(err)
	}
	browser := site.Guest(t)
	request := browser.Request("GET", "/help", nil)
	request.Header.Set("Accept-Language", "ar-XB")
	text := browser.Do(request).Body
	for _, number := range []string{"999", "116 123", "111", "0800 144 8848", "0800 77"} {
		if !strings.Contains(text, number) {
			t.Errorf("%s is not on it", number)
		}
	}
	if own, other := strings.Index(text, "0800 77"), strings.Index(text, "0800 144 8848"); own > other {
		t.Error("what is in their language does not come first")
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
