package signin

import (
	"crypto/rand"
	_ "embed" // the words of cards
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// wordList is a thousand short and common words, one a line, that are easy to
// read out and to spell, and that are about nobody.
//
//go:embed card_words.txt
var wordList string

var cardWords = sync.OnceValue(func() []string { return strings.Fields(wordList) })

const wordsOnCard = 3

// drawWords draws three different words.
func drawWords() string {
	var drawn []string
	for len(drawn) < wordsOnCard {
		word := cardWords()[draw(len(cardWords()))]
		if !slices.Contains(drawn, word) {
			drawn = append(drawn, word)
		}
	}
	return strings.Join(drawn, " ")
}

// foldWords is how words are compared: small letters with one space between,
// whatever stood there.
func foldWords(typed string) string {
	words := strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.Join(words, " ")
}

const pinDigits = 6

// drawPIN draws one that nobody would try first.
func drawPIN() string {
	for {
		pin := fmt.Sprintf("%0*d", pinDigits, draw(1_000_000))
		if !isEasyPIN(pin) {
			return pin
		}
	}
}

// isPIN reports whether something is six digits.
func isPIN(s string) bool {
	return len(s) == pinDigits && strings.Trim(s, "0123456789") == ""
}

// foldDigits is what somebody meant who put spaces or dashes between digits.
func foldDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, typed)
}

// isEasyPIN reports whether a PIN is one that people try first: fewer than three
// different digits, a half or a pair said again, digits in a row, up or down.
func isEasyPIN(pin string) bool {
	different := map[byte]bool{}
	up, down := true, true
	for i := range len(pin) {
		different[pin[i]] = true
		if i > 0 {
			up = up && pin[i] == pin[i-1]+1
			down = down && pin[i]+1 == pin[i-1]
		}
	}
	again := pin[:3] == pin[3:] || pin[:2] == pin[2:4] && pin[2:4] == pin[4:]
	return len(different) < 3 || again || up || down || pin == "123321" || pin == "112233" || pin == "567890"
}

// draw is a number from 0 up to and without n, that nobody can foresee.
func draw(n int) int {
	drawn, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // the system's own randomness never fails
	}
	return int(drawn.Int64())
}
