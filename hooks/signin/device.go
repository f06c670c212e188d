package signin

import "strings"

// A Device is what a browser says of itself, as names of products: enough for
// somebody to tell their phone from the library's computer. Either may be empty.
type Device struct{ Browser, System string }

// Order matters: nearly every browser also claims to be Safari and Chrome, and
// Android claims to be Linux.
var (
	browserMarks = [...][2]string{
		{"SamsungBrowser/", "Samsung Internet"},
		{"EdgA/", "Edge"},
		{"EdgiOS/", "Edge"},
		{"Edg/", "Edge"},
		{"OPR/", "Opera"},
		{"Opera Mini", "Opera Mini"},
		{"FxiOS/", "Firefox"},
		{"Firefox/", "Firefox"},
		{"CriOS/", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
	}
	systemMarks = [...][2]string{
		{"Android", "Android"},
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"KAIOS", "KaiOS"},
		{"Windows", "Windows"},
		{"CrOS", "ChromeOS"},
		{"Macintosh", "Mac"},
		{"Linux", "Linux"},
	}
)

func deviceOf(userAgent string) Device {
	return Device{Browser: firstMark(userAgent, browserMarks[:]), System: firstMark(userAgent, systemMarks[:])}
}

func firstMark(userAgent string, marks [][2]string) string {
	for _, mark := range marks {
		if strings.Contains(userAgent, mark[0]) {
			return mark[1]
		}
	}
	return ""
}
