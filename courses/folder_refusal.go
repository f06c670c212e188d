package courses

import (
	"strconv"
	"strings"
)

// A Refusal says why a folder is not taken. Its words are in templates/locales
// under "refusal.<code>" and "refusal.<code>.do".
type Refusal struct {
	Code   string
	Values map[string]string // "path" wherever one file is the reason
}

// The codes of refusals, with their values.
const (
	RefusedEmpty       = "empty"             //
	RefusedNotZip      = "not-a-zip"         //
	RefusedDamaged     = "zip-damaged"       // path
	RefusedEncrypted   = "zip-encrypted"     // path
	RefusedRatio       = "zip-ratio"         // path, max
	RefusedZipSize     = "zip-too-big"       // max (MB)
	RefusedFiles       = "too-many-files"    // max
	RefusedTotal       = "folder-too-big"    // max (MB)
	RefusedSize        = "file-too-big"      // path, max (MB)
	RefusedDepth       = "too-deep"          // path, max
	RefusedNameLong    = "name-too-long"     // path, max (bytes)
	RefusedNameUTF8    = "name-not-utf8"     // path
	RefusedNameControl = "name-control"      // path
	RefusedNameSlash   = "name-backslash"    // path
	RefusedNameRoot    = "name-absolute"     // path
	RefusedNameDrive   = "name-drive"        // path
	RefusedNameUp      = "name-climbs"       // path
	RefusedNameTwice   = "name-twice"        // path, other
	RefusedLink        = "link"              // path
	RefusedDevice      = "device"            // path
	RefusedText        = "markdown-too-big"  // path, max (KB)
	RefusedTextUTF8    = "markdown-not-utf8" // path, line
	RefusedTextNUL     = "markdown-nul"      // path, line
)

// Error names the code and values, for logs. What a person reads is made of the
// same by templates.
func (r *Refusal) Error() string {
	text := "refused: " + r.Code
	for _, name := range []string{"path", "other", "line", "max"} {
		if value, ok := r.Values[name]; ok {
			text += " " + name + "=" + strconv.Quote(value)
		}
	}
	return text
}

func refuse(code string, values ...string) error {
	r := &Refusal{Code: code, Values: map[string]string{}}
	for i := 0; i+1 < len(values); i += 2 {
		if values[i+1] == "" {
			continue
		}
		r.Values[values[i]] = clip(strings.ToValidUTF8(values[i+1], "\ufffd"), 200)
	}
	return r
}
