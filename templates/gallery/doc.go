// Package gallery shows every page in every state, with made-up people, so that
// tests and eyes can go over all of them. It holds tests only.
//
//	GALLERY=/tmp/gallery go test ./templates/gallery -run Gallery
//
// writes them as files with their styles, to open in a browser.
package gallery
