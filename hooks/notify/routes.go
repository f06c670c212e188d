package notify

import "alongside/hooks/web"

// SecretPaths are the addresses whose next segment is a secret.
func SecretPaths() []string { return []string{offPath} }

// Routes binds the pages of whoever turns the daily mail off without signing in.
func (p *Post) Routes(pages web.Pages) {
	pages.GET("/mail/off", web.Anyone, p.showDone)
	pages.GET(offPath+"{secret}", web.Anyone, p.showOff)
	pages.POST(offPath+"{secret}", web.Anyone, p.turnOff)
}
