package demo

import (
	"context"
	_ "embed" // what a mentor of the demo wrote
	"fmt"
	"time"

	"alongside/hooks/authoring"

	"github.com/pocketbase/pocketbase/core"
)

//go:embed texts/when-somebody-does-not-come.md
var emptyChair string

// Proposals lets the second mentor ask others to read a module. room is where texts
// are written, as of a moment.
func Proposals(room func(at time.Time) *authoring.Authoring, now time.Time) Filler {
	return func(_ core.App, made People) error {
		err := room(now.Add(-2*day)).Propose(context.Background(), authoring.Proposal{
			Course: shippedCourse, Path: "13-when-somebody-does-not-come.md", By: made[SecondMentor], Text: emptyChair,
			Note: "Is the part about the message too strict? Some people may want to write twice.",
			Said: authoring.Saying{By: made[FirstFacilitator], Place: "one-short-message/1", Text: "I have seen this. One message, and they came back after three weeks."},
		})
		if err != nil {
			return fmt.Errorf("proposal: %w", err)
		}
		return nil
	}
}
