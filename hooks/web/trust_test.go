package web_test

import (
	"testing"

	"alongside/hooks/hooktest"
)

func TestTrustInAProxyThatWasStoredBehindOneIsGoneWithoutIt(t *testing.T) {
	site := hooktest.Start(t)
	stored := site.App.Settings()
	stored.TrustedProxy.Headers = []string{"X-Forwarded-For"} // as mail that was saved behind a proxy leaves it
	if err := site.App.Save(stored); err != nil {
		t.Fatal(err)
	}
	if err := site.App.ReloadSettings(); err != nil {
		t.Fatal(err)
	}
	if trusted := site.App.Settings().TrustedProxy.Headers; len(trusted) != 0 {
		t.Errorf("whoever asks chooses their own address: %v", trusted)
	}
}
