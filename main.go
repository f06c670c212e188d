package main

import (
	_ "github.com/PuerkitoBio/goquery"
	_ "github.com/nicksnyder/go-i18n/v2/i18n"
	_ "github.com/pocketbase/pocketbase"
	_ "github.com/yuin/goldmark"
	_ "go.abhg.dev/goldmark/frontmatter"
	_ "golang.org/x/text/language"
	_ "pgregory.net/rapid"
)

func main() {}
