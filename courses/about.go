package courses

// Page compiles a text that is no module, a transcript say, to one page of safe
// HTML. Ids of its headings are prefixed like those of modules.
func Page(src Source) string { return pageOf(Compile(src)) }

// About reads a course.md, or the foreign page that plays its part: what the
// course says about itself as safe HTML, and whom it credits.
func About(src Source) (page string, credited []Contributor) {
	p := &plan{}
	p.readCourse(src.Path, src.Text)
	_, src.Text = front(src.Text)
	return Page(src), p.contributors
}

// A Cover is what a list shows of a course, in one language.
type Cover struct{ Title, Summary string } // plain text

// CoverOf reads the cover from a course.md or its translation, or from the
// foreign page that plays its part. It has no Title where the text gives none.
func CoverOf(src Source) Cover {
	p := &plan{}
	p.readCourse(src.Path, src.Text)
	if p.title == "" {
		_, src.Text = front(src.Text)
		p.title = headOf(Compile(src))
	}
	return Cover{Title: p.title, Summary: p.summary}
}

// headOf is the title that a text gives itself; "" where the file's name is all
// that there is.
func headOf(m *Module) string {
	if m.Title == titleOf(m.Path) {
		return ""
	}
	return m.Title
}
