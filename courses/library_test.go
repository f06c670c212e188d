package courses

import "testing"

func TestTheShippedCoursesOpenWithoutAnError(t *testing.T) {
	folders := Library()
	if len(folders) == 0 {
		t.Fatal("nothing ships")
	}
	for _, f := range folders {
		c := f.Read(nil)
		if c.Slug != f.Name || len(c.Modules) == 0 {
			t.Errorf("%s is %q with %d modules", f.Name, c.Slug, len(c.Modules))
		}
		for _, p := range Check(c) {
			if p.Level == Error || p.Code == ReadingLevel {
				t.Errorf("%s: %+v", f.Name, p)
			}
		}
	}
}
