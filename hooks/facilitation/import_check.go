package facilitation

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A checkedLine is a line with what will come of it.
type checkedLine struct {
	readLine
	language string // BCP 47
	beside   []WorkerChoice
	here     bool
	problems []ImportProblem
}

// surroundings are what lines are checked against: once when they are read, once
// when they are to be added, and once as they are, for a group goes on living.
type surroundings struct {
	languages map[string]string // by tag and by name, in small letters
	workers   []WorkerChoice
	here      map[string]bool // names in the group, folded
}

// check says of every line what will be made of it, or what is wrong with it.
// Who names no worker gets those that are chosen ahead.
func (s surroundings) check(lines []readLine) []checkedLine {
	first := map[string]int{}
	all := make([]checkedLine, len(lines))
	for i, line := range lines {
		all[i] = s.line(line, first)
	}
	return all
}

func (s surroundings) line(line readLine, first map[string]int) checkedLine {
	c := checkedLine{readLine: line}
	c.problems = nameProblems(line.called)
	c.called = cleaned(line.called)
	name := folded(c.called)
	switch {
	case name == "":
	case first[name] != 0:
		c.problems = append(c.problems, ImportProblem{"twice", strconv.Itoa(first[name])})
	default:
		first[name], c.here = line.number, s.here[name]
	}
	var ok bool
	if wanted := folded(line.language); wanted != "" {
		if c.language, ok = s.languages[wanted]; !ok {
			c.problems = append(c.problems, ImportProblem{"language", cleaned(line.language)})
		}
	}
	if c.beside, ok = s.walkers(line.worker); !ok {
		c.problems = append(c.problems, ImportProblem{"worker", cleaned(line.worker)})
	}
	return c
}

// nameProblems are what is wrong with a name by itself.
func nameProblems(raw string) []ImportProblem {
	name := strings.TrimSpace(raw)
	switch {
	case cleaned(name) == "":
		return []ImportProblem{{Key: "name"}}
	case strings.ContainsFunc(name, unicode.IsControl):
		return []ImportProblem{{Key: "letters"}}
	case harmless(name) != name:
		return []ImportProblem{{"formula", formula.FindStringSubmatch(name)[2]}}
	case utf8.RuneCountInString(name) > maxCalled:
		return []ImportProblem{{"long", strconv.Itoa(maxCalled)}}
	}
	return nil
}

// walkers are those whom a line names, or who are chosen ahead where it names
// nobody.
func (s surroundings) walkers(worker string) (all []WorkerChoice, known bool) {
	wanted := folded(worker)
	for _, w := range s.workers {
		if wanted == "" && w.Chosen || wanted != "" && folded(w.Username) == wanted {
			all = append(all, w)
		}
	}
	return all, wanted == "" || len(all) > 0
}

// folded is a name as it is compared.
func folded(name string) string { return strings.ToLower(cleaned(name)) }
