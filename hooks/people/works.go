package people

import "fmt"

// Works is the condition that somebody works in a programme now, in any role but a
// learner's. The names are expressions of the statement that it stands in, whose
// parameter {:policyNow} is the moment, as Before gives it.
func Works(who, programme string) string {
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM memberships wm WHERE wm.user = %s AND wm.role IN ('mentor', 'facilitator', 'lead', 'manager')
		AND +wm.programme = %s AND wm.programme != '' AND %s)`, who, programme, holdsNow("wm"))
}

// Learns is the condition that somebody is a learner in a programme now, written as
// Works is.
func Learns(who, programme string) string {
	return fmt.Sprintf("EXISTS (SELECT 1 FROM memberships lm WHERE lm.user = %s AND lm.role = 'learner' AND +lm.programme = %s AND %s)", who, programme, holdsNow("lm"))
}

// IsBeside is the condition that by the assignment a, an alias of the statement that
// it stands in, somebody walks beside a learner now: it holds, and both still are
// what it says. It is written as Works is.
func IsBeside(a string) string {
	return fmt.Sprintf(`%[2]s AND %[3]s
		AND EXISTS (SELECT 1 FROM memberships bm WHERE bm.user = %[1]s.worker AND bm.role = %[1]s.role AND +bm.programme = %[1]s.programme AND %[4]s)`,
		a, holdsNow(a), Learns(a+".learner", a+".programme"), holdsNow("bm"))
}

// InForce is the condition that what an alias of the statement stands for, a
// membership or an assignment, has begun and not ended. It is written as Works is.
func InForce(alias string) string { return holdsNow(alias) }
