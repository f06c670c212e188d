package courses

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:library
var library embed.FS

// Library gives the courses that ship with Alongside. It panics where one of
// them would be refused, which a test keeps from happening.
func Library() []Folder {
	entries, err := fs.ReadDir(library, "library")
	if err != nil {
		panic(fmt.Sprintf("courses: read the library: %v", err))
	}
	var folders []Folder
	for _, entry := range entries {
		if entry.IsDir() {
			folders = append(folders, shipped(entry.Name()))
		}
	}
	return folders
}

func shipped(name string) Folder {
	sub, err := fs.Sub(library, "library/"+name)
	if err != nil {
		panic(fmt.Sprintf("courses: library %s: %v", name, err))
	}
	folder, err := OpenFS(sub)
	if err != nil {
		panic(fmt.Sprintf("courses: library %s: %v", name, err))
	}
	folder.Name = name
	return folder
}
