package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// course is the one that ships; module is where its learners are.
const (
	course = "walking-alongside"
	module = "listening"
)

// plain is a data folder as the first start leaves it, made once and copied.
func (b *bench) plain() (string, error) {
	data := filepath.Join(b.dir, "plain")
	if _, err := os.Stat(data); err == nil {
		return data, nil
	}
	s, err := b.serve(data)
	if err != nil {
		return "", err
	}
	s.stop()
	return data, nil
}

// folder is a data folder of its own, with learners in it.
func (b *bench) folder(name string, learners, answers int) (string, error) {
	from, err := b.plain()
	if err != nil {
		return "", err
	}
	data := filepath.Join(b.dir, name)
	if err := os.CopyFS(data, os.DirFS(from)); err != nil {
		return "", err
	}
	keys, err := os.ReadFile(from + ".keys")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(data+".keys", keys, 0o600); err != nil {
		return "", err
	}
	return data, fill(data, learners, answers)
}

// manyModules is a folder of a course with so many modules, all of them as long
// as a real one.
func (b *bench) manyModules(count int) (string, error) {
	const source = "courses/library/" + course
	folder := filepath.Join(b.dir, fmt.Sprintf("course-of-%d", count))
	text, err := os.ReadFile(filepath.Join(source, "03-listening.md"))
	if err != nil {
		return "", err
	}
	if err := os.CopyFS(filepath.Join(folder, "media"), os.DirFS(filepath.Join(source, "media"))); err != nil {
		return "", err
	}
	front := "---\ntitle: Many modules\nsummary: For measuring.\nlanguage: en\n---\n\nFor measuring.\n"
	if err := os.WriteFile(filepath.Join(folder, "course.md"), []byte(front), 0o600); err != nil {
		return "", err
	}
	for i := 1; i <= count; i++ {
		file := filepath.Join(folder, fmt.Sprintf("%03d-part-%d.md", i, i))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return "", err
		}
	}
	return folder, nil
}
