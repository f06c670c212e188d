package gate

import (
	"fmt"
	"io/fs"
	"strings"
)

// Imports reports every import that goes the wrong way, one line each.
func Imports(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	var problems []string
	for _, s := range files {
		s.imports(func(at, imported string) {
			if why := refusal(s, imported); why != "" {
				problems = append(problems, fmt.Sprintf("%s: imports %s: %s", at, imported, why))
			}
		})
	}
	return problems, nil
}

// refusal says why a file may not import a package, or "".
func refusal(s source, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, module+"/")
	if !isOurs {
		return refusalOfOthers(s, imported)
	}
	from, to := s.area(), areaOf(ours)
	if packageOf(s) == gallery && s.isTest() {
		return ""
	}
	if from == to || from == "" || from == "hooks" || from == "bench" || from == "hooks/"+testHouse {
		return refusalOfTestHouse(s, to)
	}
	room, isRoom := strings.CutPrefix(from, "hooks/")
	switch {
	case isRoom:
		return refusalOfRoom(s, room, to)
	case from == "templates" && to == "courses":
		return ""
	case from == "templates":
		return "templates may know courses, and nothing else of ours"
	default:
		return from + " imports nothing of ours"
	}
}

// refusalOfOthers keeps what is pure pure. What a test imports is its own.
func refusalOfOthers(s source, imported string) string {
	outside := strings.Contains(strings.Split(imported, "/")[0], ".")
	pocketbase := strings.HasPrefix(imported, "github.com/pocketbase/")
	switch area := s.area(); {
	case s.isTest():
		return ""
	case area == "pb_migrations" && outside && !pocketbase:
		return "pb_migrations imports PocketBase only"
	case area == "courses" && (pocketbase || imported == "net/http" || imported == "database/sql"):
		return "courses is pure: no PocketBase, no HTTP, no SQL"
	case area == "templates" && pocketbase:
		return "templates does not know PocketBase"
	}
	return ""
}

// refusalOfRoom holds a room to what stands above it.
func refusalOfRoom(s source, room, to string) string {
	if to == "courses" || to == "templates" || to == "pb_migrations" && s.isTest() {
		return ""
	}
	if to == "hooks/"+testHouse || to == "hooks" {
		return refusalOfTestHouse(s, to)
	}
	other, isRoom := strings.CutPrefix(to, "hooks/")
	switch {
	case floor(room) < 0:
		return "hooks/" + room + " is not in the list of rooms (tools/gate/rooms.go)"
	case !isRoom || floor(other) < 0:
		return to + " is not in the list of rooms (tools/gate/rooms.go)"
	case floor(other) > floor(room):
		return fmt.Sprintf("%s stands above %s: declare a small interface in %s and register it in hooks.go", room, other, room)
	}
	return ""
}

// refusalOfTestHouse lets tests alone start the whole house. Only main, the
// bench and the test house itself may import the list in hooks.
func refusalOfTestHouse(s source, to string) string {
	from := s.area()
	switch {
	case s.isTest() || from == to || from == "hooks/"+testHouse:
		return ""
	case to == "hooks/"+testHouse:
		return "only tests start the test house"
	case to == "hooks" && strings.HasPrefix(from, "hooks/"):
		return "a room does not import the list of rooms"
	}
	return ""
}
