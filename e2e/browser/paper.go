package browser

import (
	"bytes"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Paper is the page as it comes out of a printer, on A4 unless its style says
// otherwise: a PDF.
func (p *Page) Paper() []byte {
	p.t.Helper()
	inch, style := 25.4, true
	sheet := page.PrintToPDFParams{PaperWidth: 210 / inch, PaperHeight: 297 / inch, PreferCSSPageSize: &style}
	printed, err := chromedp.Call(p.context, page.PrintToPDF, sheet)
	if err != nil {
		p.fail("print: %v", err)
	}
	return printed.Data
}

// Sheets counts the pages of a PDF that Chromium made. Its page objects are
// never compressed.
func Sheets(pdf []byte) int {
	return bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page "))
}
