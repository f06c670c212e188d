package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// How long a session lasts if nothing happens.
const (
	idleOnShared = 15 * time.Minute
	idleOnOwn    = 30 * 24 * time.Hour
)

// idle is how long this kind of device may rest.
func idle(ownDevice bool) time.Duration {
	if ownDevice {
		return idleOnOwn
	}
	return idleOnShared
}

// A standing is what a session is worth at a moment.
type standing int

const (
	unknown  standing = iota // there is no such session
	over                     // it was ended: signed out, left, replaced
	timedOut                 // nothing happened for too long; whose it was is still known
	holds
)

// stands decides what a session is worth. expires is when it ends if nothing
// happens, the later of what is stored and what is remembered.
func stands(ended bool, expires, now time.Time) standing {
	switch {
	case ended:
		return over
	case !now.Before(expires):
		return timedOut
	default:
		return holds
	}
}

// Why a session ended, as it is stored.
const (
	whySignedOut = "signed-out"
	whyLeft      = "left"
	whyElsewhere = "elsewhere" // signed out from another device
	whyReplaced  = "replaced"  // somebody signed in on the same browser
	whyPassword  = "password"  // the password was changed
	whyCard      = "card"      // the card or its PIN was replaced
	whySecond    = "second"    // a second factor was set up, or taken away
)

// newToken makes the secret of a session: 256 bits, as text.
func newToken() string {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	return base64.RawURLEncoding.EncodeToString(secret)
}

// hashToken is what the database knows of a token. The token is random, so a
// fast hash is enough: there is nothing to guess.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
