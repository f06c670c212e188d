package people

import "alongside/hooks/web"

// Routes binds the pages of those who manage.
func (o *Office) Routes(pages web.Pages) {
	pages.GET("/manage", Over(Managing), o.showHub)
}
