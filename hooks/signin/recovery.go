package signin

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Recovery codes are on paper, for the day when the phone is not there.
const (
	recoveryCodes = 10
	recoveryBytes = 10 // 80 random bits each: nothing to guess, so a fast hash will do
)

// newRecoveryCodes makes them as they are shown: four groups of four letters.
func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		code := make([]byte, recoveryBytes)
		rand.Read(code) // never fails
		codes[i] = inFours(base32Letters.EncodeToString(code))
	}
	return codes
}

// hashRecovery is what is stored of one, however it is typed: base32 has no 0, 1
// and 8, so they can only be letters that look like them.
func hashRecovery(typed string) string {
	typed = strings.NewReplacer("0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(typed))
	return hashToken(strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '2' && r <= '7' {
			return r
		}
		return -1
	}, typed))
}

// storeRecovery puts new codes in the place of all former ones.
func storeRecovery(tx core.App, user string, codes []string) error {
	if err := dropRecovery(tx, user); err != nil {
		return err
	}
	rows, err := tx.FindCachedCollectionByNameOrId("recovery_codes")
	if err != nil {
		return fmt.Errorf("store recovery codes: %w", err)
	}
	for _, code := range codes {
		row := core.NewRecord(rows)
		row.Set("user", user)
		row.Set("code", hashRecovery(code))
		if err := tx.Save(row); err != nil {
			return fmt.Errorf("store recovery codes of %s: %w", user, err)
		}
	}
	return nil
}

func dropRecovery(tx core.App, user string) error {
	if _, err := tx.DB().Delete("recovery_codes", dbx.HashExp{"user": user}).Execute(); err != nil {
		return fmt.Errorf("drop recovery codes of %s: %w", user, err)
	}
	return nil
}

// takeRecovery uses a recovery code up. It reports whether there was one.
func takeRecovery(app core.App, user, typed string, now time.Time) (bool, error) {
	ok, err := web.Changes(app, "UPDATE recovery_codes SET used = {:now} WHERE user = {:user} AND code = {:code} AND used = ''",
		dbx.Params{"now": databaseTime(now), "user": user, "code": hashRecovery(typed)})
	if err != nil {
		return false, fmt.Errorf("take recovery code of %s: %w", user, err)
	}
	return ok, nil
}

// recoveryLeft counts the codes that were not used yet.
func recoveryLeft(app core.App, user string) (left int, err error) {
	err = app.DB().NewQuery("SELECT COUNT(*) FROM recovery_codes WHERE user = {:user} AND used = ''").
		Bind(dbx.Params{"user": user}).Row(&left)
	if err != nil {
		return 0, fmt.Errorf("count recovery codes of %s: %w", user, err)
	}
	return left, nil
}
