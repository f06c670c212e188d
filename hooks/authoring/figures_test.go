package authoring

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNoNumberTellsOfAFew(t *testing.T) {
	few := Figure{0, 4}
	for name, c := range map[string]struct {
		numbers []int
		want    []Figure
	}{
		"nobody":                                {[]int{0, 0}, []Figure{few, few}},
		"one":                                   {[]int{1}, []Figure{few}},
		"four":                                  {[]int{4}, []Figure{few}},
		"five":                                  {[]int{5}, []Figure{{5, 5}}},
		"far apart":                             {[]int{20, 12, 7}, []Figure{{20, 20}, {12, 12}, {7, 7}}},
		"five apart":                            {[]int{12, 7}, []Figure{{12, 12}, {7, 7}}},
		"nobody stopped":                        {[]int{12, 12, 12}, []Figure{{12, 12}, {12, 12}, {12, 12}}},
		"one stopped":                           {[]int{12, 11}, []Figure{{10, 14}, {10, 14}}},
		"four stopped":                          {[]int{12, 8}, []Figure{{10, 14}, {5, 9}}},
		"a few stopped, and many elsewhere":     {[]int{40, 38, 20}, []Figure{{40, 44}, {35, 39}, {20, 24}}},
		"two that do not stand side by side":    {[]int{30, 12, 28}, []Figure{{30, 34}, {10, 14}, {25, 29}}},
		"few finished":                          {[]int{12, 3}, []Figure{{12, 12}, few}},
		"few finished, of hardly more than few": {[]int{6, 4}, []Figure{{6, 6}, few}},
	} {
		if got := figures(c.numbers...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v is shown as %v, want %v", name, c.numbers, got, c.want)
		}
	}
}

// Whatever the numbers are: what is shown holds them, and no two that are shown as they
// are tell of one to four people by taking one from the other.
func TestNoTwoNumbersBetrayASmallOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		numbers := make([]int, 1+random.IntN(8))
		for i := range numbers {
			numbers[i] = random.IntN(60)
		}
		shown := figures(numbers...)
		for i, one := range shown {
			if numbers[i] < one.From || numbers[i] > one.To {
				t.Fatalf("%d is shown as %v", numbers[i], one)
			}
			if one.IsExact() && numbers[i] < 5 {
				t.Fatalf("%d is shown", numbers[i])
			}
			for k, other := range shown {
				apart := max(numbers[i]-numbers[k], numbers[k]-numbers[i])
				if one.IsExact() && other.IsExact() && apart > 0 && apart < 5 {
					t.Fatalf("%v: %v and %v are both shown", numbers, one, other)
				}
				if one.IsExact() && !other.IsExact() && !other.IsFew() {
					t.Fatalf("%v: some are exact and some are not, which tells why: %v", numbers, shown)
				}
			}
		}
	}
}
