package reflections

import "testing"

func TestHowLongSomebodyUsuallyTakesIsHonest(t *testing.T) {
	promise := Usually{Days: 5, Promised: true}
	answered := func(days ...float64) (all []wait) {
		for _, d := range days {
			all = append(all, wait{Days: d, Answered: true})
		}
		return all
	}
	waiting := func(all []wait, days ...float64) []wait {
		for _, d := range days {
			all = append(all, wait{Days: d})
		}
		return all
	}
	for name, c := range map[string]struct {
		waits []wait
		want  Usually
	}{
		"nothing happened":                         {nil, promise},
		"two answers say nothing":                  {answered(1, 1), promise},
		"an hour is said as a day":                 {answered(0.04, 0.05, 0.06), Usually{Days: 1}},
		"four of five":                             {answered(1, 1, 2, 3, 20), Usually{Days: 3}},
		"what came a moment ago says nothing":      {waiting(answered(2, 2, 3), 0, 0, 0, 0.1), Usually{Days: 3}},
		"only new things are no measure":           {waiting(nil, 0, 0.1, 1, 4), promise},
		"who leaves things waiting is not quick":   {waiting(answered(0.1, 0.1, 0.1), 20, 20, 20, 20, 21), Usually{Days: 21}},
		"who answers nothing is as slow as that":   {waiting(nil, 9, 12, 30), Usually{Days: 30}},
		"one that is overdue weighs with the rest": {waiting(answered(1, 1, 1, 2), 14), Usually{Days: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := usual(c.waits, promise); got != c.want {
				t.Errorf("it says %+v, want %+v", got, c.want)
			}
		})
	}
}
