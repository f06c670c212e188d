package signin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pquerna/otp/hotp"
)

// What staff prove besides their password: the code that an app on their phone
// shows for half a minute (TOTP, RFC 6238), or a recovery code on paper.

// stepLength is how long one code of a phone is shown.
const stepLength = 30 * time.Second

var base32Letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// newPhoneSecret makes what the phone and this site share: 160 bits.
func newPhoneSecret() string {
	secret := make([]byte, 20)
	rand.Read(secret) // never fails
	return base32Letters.EncodeToString(secret)
}

func stepAt(now time.Time) int64 { return now.Unix() / int64(stepLength/time.Second) }

// stepOf finds the step whose code was typed: this one, or the one before or
// after, because clocks of phones are not exact.
func stepOf(secret, typed string, now time.Time) (step int64, ok bool) {
	typed, here := digits(typed), stepAt(now)
	for step := here - 1; step <= here+1; step++ {
		code, err := hotp.GenerateCode(secret, uint64(step))
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// digits leaves out the gap that people type as the phone shows it.
func digits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, typed)
}

// phoneAddress is what the QR holds: the secret, and by which names the phone
// shows its code. Neither may tell a stranger about a programme.
func phoneAddress(site, username, secret string) string {
	site = strings.ReplaceAll(site, ":", " ")
	address := url.URL{
		Scheme:   "otpauth",
		Host:     "totp",
		Path:     "/" + site + ":" + username,
		RawQuery: "secret=" + secret + "&issuer=" + url.PathEscape(site),
	}
	return address.String()
}

// inFours sets letters apart, so that people find their place again.
func inFours(letters string) string {
	var groups []string
	for len(letters) > 4 {
		groups, letters = append(groups, letters[:4]), letters[4:]
	}
	return strings.Join(append(groups, letters), " ")
}

// needsSecond are the roles that nobody holds by a password alone.
func needsSecond(role web.Role) bool { return role == web.Lead || role == web.Manager }
