package demo

import (
	"context"
	"time"

	"alongside/hooks/authoring"

	"github.com/pocketbase/pocketbase/core"
)

// Remarks lets the finished learner say that something was not so for them. room is
// where texts are written, as of a moment.
func Remarks(room func(at time.Time) *authoring.Authoring, now time.Time) Filler {
	return func(_ core.App, made People) error {
		return room(now.Add(-3*day)).Speak(context.Background(), authoring.Spoken{
			Course: shippedCourse, Module: "listening", By: made[FinishedLearner], Place: "start/2", Kind: authoring.NotTrue,
			Text: "For me it was the easy part. I listened for nine years and nobody asked me anything. The hard part was to believe that I may also talk.",
		})
	}
}
