package demo

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/learning"

	"github.com/pocketbase/pocketbase/core"
)

// shippedCourse is what the learners of the demo take.
const shippedCourse = "walking-alongside"

// all is more steps than any module has.
const all = 1000

// Journeys lets the half-way and the finished learner go through the shipped
// course. Their words are as invented as they are.
func Journeys(l *learning.Learning, now time.Time) Filler {
	return func(_ core.App, people People) error {
		for _, walk := range walks(people, now) {
			if err := l.Walk(context.Background(), walk); err != nil {
				return fmt.Errorf("journey: %w", err)
			}
		}
		return nil
	}
}

func walks(people People, now time.Time) []learning.Walk {
	halfWay, finished := people[HalfWayLearner], people[FinishedLearner]
	return []learning.Walk{
		{User: halfWay, Course: shippedCourse, Module: "what-is-a-peer-mentor", Steps: all, At: now.Add(-16 * day), Words: map[string][]string{
			"my-bus":       {"The form at the job centre. I stood outside and read it three times and went home. The next day I went back with my cousin."},
			"who-helped":   {"A man who slept in the bed above mine, the first winter here.", "He showed me how to buy a ticket, and then he let me do it. He did not ask why I came."},
			"look-for-it":  {"Two women at the bus stop. One carried the other one's bag and did not talk."},
			"say-it":       {"I told my brother on the phone. He said: so, a friend with rules. It is not bad."},
			"me-as-mentor": {"The card about money. I put it with friend.", "Because at home a friend lends you money and you do not count it. Here it would make me the boss of him.", "I would go with somebody to a place. I would not lend."},
			"kept-line":    {"I walk next to you. I know this road, and it is your road."},
		}},
		{User: halfWay, Course: shippedCourse, Module: "listening", Steps: 9, At: now.Add(-2 * day), Words: map[string][]string{
			"what-i-know": {"I also walked out of a shop with nothing. Too many kinds of milk."},
			"really-heard": {
				"Last month. My teacher asked how my week was, and then she closed her book.",
				"My shoulders came down. I noticed that they had been up.",
			},
		}},
		{User: finished, Course: shippedCourse, Module: "what-is-a-peer-mentor", Steps: all, At: now.Add(-61 * day), Words: map[string][]string{
			"my-bus":       {"Ringing the doctor. You have to talk before they pick up properly."},
			"who-helped":   {"My cellmate, near the end.", "She did my hair before the hearing and talked about her garden. She did not tell me it would be all right."},
			"look-for-it":  {"The lady at the food bank who walked round with me so that I did not have to ask."},
			"say-it":       {"Told my daughter. She said I already do that."},
			"me-as-mentor": {"Winston saying it happened to him too.", "One line was enough. I always think that I need the whole story.", "I will say one line of mine and stop. I will not fix it for them."},
			"kept-line":    {"What I bring is that I have been there, and that I can stop talking about it."},
		}},
		{User: finished, Course: shippedCourse, Module: "listening", Steps: all, At: now.Add(-40 * day), Words: map[string][]string{
			"what-i-know":   {"Keys. I still know people by their keys."},
			"really-heard":  {"In the kitchen at my sister's. She put the kettle on and did not say anything for ages.", "My jaw hurt from holding it, and then it stopped."},
			"three-seconds": {"It felt like an hour. He said a second thing, and that was the real thing."},
			"two-minutes":   {"I nearly gave advice four times. I counted."},
			"one-moment":    {"My neighbour came about the noise and stayed about her son.", "I learned that I listen best when my hands are busy.", "Next time I will put the phone in the drawer first."},
			"kept-line":     {"I know that someone feels heard when they breathe out."},
		}},
		{User: finished, Course: shippedCourse, Module: "private-not-secret", Steps: all, At: now.Add(-12 * day), Words: map[string][]string{
			"too-heavy":       {"Yes. I did not sleep for a month. I was short with everyone who had nothing to do with it."},
			"say-three-times": {"The first time I whispered. The third time it was just a sentence."},
			"what-worries-me": {"That they will think I am informing.", "Inside, telling meant somebody got hurt. Not telling meant that too.", "My worker in the week. At the weekend the number on the card by the door."},
			"kept-line":       {"When someone says promise first, I say: I cannot, and I am still here."},
		}},
	}
}
