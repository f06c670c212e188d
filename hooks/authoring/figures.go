package authoring

// A Figure is a number of people as it may be shown: between From and To, which are the
// same where it is shown exactly.
type Figure struct{ From, To int }

// IsFew reports whether it is so small that no number is said.
func (f Figure) IsFew() bool { return f.From < fewPeople }

// IsExact reports whether it is the number itself.
func (f Figure) IsExact() bool { return f.From == f.To }

// fewPeople is below what no number is said: one of so few people could be known by it.
const fewPeople = 5

// figures are numbers that are shown together. What is below five is "few", and none is
// no other. The rest is shown as it is only where no two of them are less than five
// apart, unless they are the same: else one taken from the other would tell of a few.
// Then all of them are shown as spans of five, 5 to 9, 10 to 14, whose ends do not
// depend on any of them.
func figures(numbers ...int) []Figure {
	shown := make([]Figure, len(numbers))
	exact := areFarApart(numbers)
	for i, n := range numbers {
		from := n - n%fewPeople
		switch {
		case n < fewPeople:
			shown[i] = Figure{0, fewPeople - 1}
		case exact:
			shown[i] = Figure{n, n}
		default:
			shown[i] = Figure{from, from + fewPeople - 1}
		}
	}
	return shown
}

// areFarApart reports whether no two numbers of five and more tell of a few.
func areFarApart(numbers []int) bool {
	for i, n := range numbers {
		for _, other := range numbers[:i] {
			apart := max(n, other) - min(n, other)
			if min(n, other) >= fewPeople && apart > 0 && apart < fewPeople {
				return false
			}
		}
	}
	return true
}
