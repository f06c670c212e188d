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
