package courses

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// ErrWaiverBare is returned for advice that somebody wants to set aside and does
// not name, or says no reason for.
var ErrWaiverBare = errors.New("what is set aside needs its name and a reason")

// Waive sets a piece of advice aside: it writes an entry into the list `waive` of
// the front matter, and makes the list, and the front matter, where there is none.
// check is the code of the problem, at the id of a step, activity or story, "" for
// the whole text, why what the author says: one line, whatever they typed. Every
// other byte stays. What is set aside already is not written once more. It returns
// ErrWaiverBare, or ErrFront where the front matter can only be changed by hand;
// the text is then nil.
func Waive(text []byte, check, at, why string) ([]byte, error) {
	one := Waiver{Check: oneLine(check), At: oneLine(at), Why: oneLine(why)}
	if one.Check == "" || one.Why == "" {
		return nil, ErrWaiverBare
	}
	was, err := waiversOf(text)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(was, func(w Waiver) bool { return w.Check == one.Check && w.At == one.At && w.Why != "" }) {
		return text, nil
	}
	out, err := withWaiver(text, append(slices.Clone(was), one))
	if err != nil {
		return nil, err
	}
	if now, err := waiversOf(out); err != nil || !slices.Equal(now, append(was, one)) {
		return nil, ErrFront
	}
	return out, nil
}

// oneLine is what somebody typed as one line that a file can hold.
func oneLine(typed string) string {
	typed = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(typed, "\ufffd"))
	return strings.Join(strings.Fields(typed), " ")
}

// waiversOf reads the list of a text.
func waiversOf(text []byte) (all []Waiver, err error) {
	m, err := matterOf(text)
	if err != nil {
		return nil, err
	}
	if at := m.find("waive"); at >= 0 {
		if err := m.pairs[at+1].Decode(&all); err != nil {
			return nil, ErrFront
		}
	}
	return all, nil
}

// withWaiver adds the last of the waivers to the list of a text.
func withWaiver(text []byte, all []Waiver) ([]byte, error) {
	m, err := matterOf(text)
	if err != nil {
		return nil, err
	}
	at := m.find("waive")
	if at < 0 || m.pairs[at+1].Kind != yaml.SequenceNode || m.pairs[at+1].Style == yaml.FlowStyle {
		return writeField(text, frontField{"waive", waiverTexts(all)})
	}
	_, to := m.linesAt(at)
	first := m.lines[m.pairs[at+1].Line]
	indent := first[:len(first)-len(strings.TrimLeft(first, " "))]
	var entry strings.Builder
	for line := range strings.Lines(waiverText(all[len(all)-1])) {
		entry.WriteString(indent + line)
	}
	out := []byte(strings.Join(m.lines[:to], "") + m.withEnds(entry.String()) + strings.Join(m.lines[to:], ""))
	now, err := matterOf(out)
	if err != nil || !reflect.DeepEqual(now.besides("waive"), m.besides("waive")) {
		return nil, ErrFront
	}
	return out, nil
}

// A waiverEntry is a waiver as it is written: without a place where it has none.
type waiverEntry struct {
	Check string `yaml:"check"`
	At    string `yaml:"at,omitempty"`
	Why   string `yaml:"why,omitempty"`
}

func waiverTexts(all []Waiver) []waiverEntry {
	entries := make([]waiverEntry, len(all))
	for i, w := range all {
		entries[i] = waiverEntry(w)
	}
	return entries
}

// waiverText is one entry of the list.
func waiverText(w Waiver) string {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	_ = encoder.Encode([]waiverEntry{waiverEntry(w)}) // of strings it cannot fail
	return b.String()
}
