package e2e

import (
	"fmt"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

const (
	otherSaved = "Somebody else saved this text too"
	joined     = "Both texts were put together"
)

// One mentor writes a text on a phone and on a computer, another writes it with them,
// all at once. What they type meets in every way that there is.
func TestTwoPeopleAndThreeBrowsersWriteOneTextAndEveryWordIsFound(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	phone := toWrite(t, p, 0, browser.Options{})
	phone.Press("Who writes")
	phone.Pick("Ask somebody to write with you", "Amina")
	phone.Press("Let them write")
	phone.See("You write together now.")
	computer := open(t, p, browser.Options{Width: 1280, Height: 900})
	signIn(computer, person(t, p, "mentor", 0))
	friend := open(t, p, browser.Options{Dark: true, Width: 320, Height: 640})
	signIn(friend, person(t, p, "mentor", 1))
	for _, page := range []*browser.Page{phone, computer, friend} {
		page.Visit(editor1)
	}

	phone.WriteOver("The text", "Nobody gives you marks.", "Nobody gives you marks, says amberline.")
	phone.SeeLike(savedAt)
	computer.WriteOver("The text", "The second part keeps you safe and well.", "The second part keeps you safe and well, says bluewater.")
	friend.WriteOver("The text", "You can leave this page empty.", "You can leave this page empty, says cedarwood.")
	computer.See(otherSaved)
	friend.See(otherSaved)
	computer.Press("Save")
	computer.See(joined)
	phone.WriteAfter("The text", "says amberline.", " And dunegrass.")
	friend.WriteAfter("The text", "says cedarwood.", " And elderleaf.")
	friend.Press("Save")
	friend.See(joined)
	phone.See(otherSaved)
	phone.Press("Save")
	phone.See(joined)
	holds(t, phone.Value("The text"), "amberline", "bluewater", "cedarwood", "dunegrass", "elderleaf")

	phone.WriteOver("The text", "It was a bus. I know.", "It was a bus, foxglove.")
	phone.SeeLike(savedAt)
	computer.WriteOver("The text", "It was a bus. I know.", "It was a bus, goldcrest.")
	computer.See(otherSaved)
	computer.WriteAfter("The text", "goldcrest.", " And harebell.")
	computer.Press("Save")
	computer.See("Two texts", "You changed the same place in another window or on another device.", "foxglove", "goldcrest. And harebell.")
	phone.WriteAfter("The text", "foxglove.", " And ironwood.")
	phone.Press("Save")
	phone.SeeLike(savedAt)
	computer.Choose("Keep both, one after the other")
	computer.Press("Put them together")
	computer.See("Two texts", "foxglove. And ironwood.")
	computer.Choose("Keep both, one after the other")
	computer.Press("Put them together")
	computer.See(joined)
	holds(t, computer.Value("The text"), "foxglove. And ironwood.", "goldcrest. And harebell.")

	friend.WriteOver("The text", "None of this needed a certificate.", "None of this needed a certificate, juniper.")
	computer.WriteOver("The text", "None of this needed a certificate.", "None of this needed a certificate, kingcup.")
	computer.SeeLike(savedAt)
	friend.See(otherSaved)
	friend.Press("Save")
	friend.See("Two texts", "juniper", "kingcup", "Marek changed the same place as you.")
	friend.Choose("Keep what was saved there")
	friend.Press("Put them together")
	friend.See(joined)

	text, words := friend.Value("The text"), strings.Fields("amberline bluewater cedarwood dunegrass elderleaf foxglove goldcrest harebell ironwood kingcup")
	holds(t, text, words...)
	if strings.Contains(text, "juniper") {
		t.Error("what was not chosen is in the text")
	}
	holds(t, everKept(t, p, editor1, person(t, p, "mentor", 0)), append(words, "juniper")...)
}

func holds(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q is lost", word)
		}
	}
}

// everKept is every text that was kept of a text under work, as its writer finds them.
func everKept(t *testing.T, p *product.Product, address string, who product.Person) string {
	t.Helper()
	client, err := p.SignIn(who)
	must(t, err)
	var all strings.Builder
	for number := 1; ; number++ {
		page, err := client.Get(fmt.Sprintf("%s/history/%d", address, number))
		if err != nil {
			if number < 5 {
				t.Fatal(err)
			}
			return all.String()
		}
		all.Write(page)
	}
}
