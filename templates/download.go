package templates

import _ "embed"

//go:embed download/style.css
var downloadStyle []byte

// DownloadStyle is the style of the page in what somebody downloads of their
// data. It stands beside that page, opened from wherever they put it, and needs
// nothing else.
func DownloadStyle() []byte { return downloadStyle }
