package people

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"github.com/pocketbase/pocketbase/core"
)

// nouns begin a username: easy to read out and to spell, and about nobody.
var nouns = [...]string{
	"acorn", "anchor", "apple", "apron", "badge", "bamboo", "barley", "basket", "beach", "birch", "blanket", "bottle",
	"bramble", "bridge", "bucket", "button", "cabin", "candle", "canyon", "carpet", "cedar", "cherry", "clover", "comet",
	"copper", "coral", "cotton", "crane", "daisy", "desert", "drum", "elm", "falcon", "feather", "fern", "finch",
	"flint", "forest", "fountain", "garden", "ginger", "glove", "grape", "harbour", "harvest", "hazel", "hill", "honey",
	"island", "ivory", "jasmine", "juniper", "kettle", "kite", "ladder", "lagoon", "lantern", "lemon", "lily", "linen",
	"magnet", "maple", "marble", "meadow", "melon", "mint", "mirror", "moon", "moss", "nest", "nutmeg", "oak",
	"ocean", "olive", "onion", "orange", "otter", "paper", "peach", "pebble", "pepper", "pigeon", "pine", "planet",
	"plum", "pocket", "poplar", "puffin", "quill", "rabbit", "rain", "ribbon", "river", "robin", "rope", "saddle",
	"sail", "salmon", "sand", "shell", "silver", "sparrow", "spoon", "spring", "star", "stone", "summer", "sunset",
	"swan", "teapot", "thistle", "thunder", "timber", "tulip", "tunnel", "turtle", "valley", "velvet", "violet", "wagon",
	"walnut", "water", "willow", "window", "winter", "wool", "wren", "yellow",
}

// NewUsername gives a neutral name that nobody has, such as maple-48. It tells
// nothing of whoever gets it, nor of when.
func NewUsername(app core.App) (string, error) {
	for digits := 2; digits <= 6; digits++ {
		for range 20 {
			name := fmt.Sprintf("%s-%0*d", nouns[draw(len(nouns))], digits, draw(pow10(digits)))
			taken, err := isTaken(app, name)
			if err != nil || !taken {
				return name, err
			}
		}
	}
	return "", errors.New("find a free username: none in a hundred tries")
}

func isTaken(app core.App, name string) (taken bool, err error) {
	err = app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM users WHERE username = {:name} COLLATE NOCASE)").
		Bind(map[string]any{"name": name}).Row(&taken)
	if err != nil {
		return false, fmt.Errorf("look for username: %w", err)
	}
	return taken, nil
}

// draw is a number from 0 up to and without n, that nobody can foresee.
func draw(n int) int {
	drawn, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // the system's own randomness never fails
	}
	return int(drawn.Int64())
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}
