package reflections_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

// finds looks for words in every file of the data folder, and in the log.
func finds(t *testing.T, site *hooktest.Site, words ...string) {
	t.Helper()
	if err := site.App.LogQuery().Select("data").Row(new(string)); err == nil {
		var logged []string
		if err := site.App.LogQuery().Select("message || data").Column(&logged); err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if strings.Contains(strings.Join(logged, "\n"), word) {
				t.Errorf("%q is in the log", word)
			}
		}
	}
	err := filepath.WalkDir(site.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, word := range words {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%q is in %s", word, filepath.Base(path))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestConcernLeavesNoWordInAnyFile(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	lea := c.SignIn(t, c.lea)
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	lea.Post(at+"/tell", telling(whatCame))
	shows(t, lea, at)
	finds(t, c.Site, theirWords, whatISaw, whatIThink, whatWeDid, theirWish, toldWhen, whyAllTheSame, leadsWhy, whatCame, "their sister")
}

func TestConcernHasAKeyOfItsOwn(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	id := strings.TrimPrefix(at, "/concerns/")
	if n := c.one(t, "SELECT COUNT(*) FROM keys WHERE owner = {:owner}", dbx.Params{"owner": "concern:" + id}); n != "1" {
		t.Errorf("%s keys", n)
	}
	if n := c.one(t, "SELECT COUNT(*) FROM keys WHERE owner = {:owner}", dbx.Params{"owner": c.maple.ID}); n != "0" {
		t.Error("something of it is under the learner's key")
	}
}

func TestConcernWithoutTheKeyIsNeitherShownNorLost(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	at := c.drafted(t, tom, form)
	raised := c.raised(t, tom, c.saying(t, tom, c.maple))
	sealed := c.one(t, "SELECT group_concat(sealed) FROM concerns", nil)
	loseKey(t, c.Dir+".keys")
	now := c.AfterPowerCut(t)
	tom, lea := now.SignIn(t, c.tom), now.SignIn(t, c.lea)
	for _, address := range []string{"/concerns", raised, at + "/said", at + "/check"} {
		if r := lea.Get(address); r.Status != 503 && r.Status != 404 || strings.Contains(r.Body, theirWords) {
			t.Errorf("the lead opens %s: status %d", address, r.Status)
		}
		if r := tom.Get(address); r.Status != 503 || !strings.Contains(r.Body, "cannot be opened now") {
			t.Errorf("the raiser opens %s: status %d", address, r.Status)
		}
	}
	for _, address := range []string{"/concerns/new", at + "/said"} {
		if r := tom.Post(address, form); r.Status != 503 || r.Page(t).Find("#said").Text() != theirWords {
			t.Errorf("sent to %s: status %d, with %q", address, r.Status, r.Page(t).Find("#said").Text())
		}
	}
	form.Set("done", whatWeDid)
	if r := tom.Post(at+"/done", form); r.Status != 503 || r.Page(t).Find("#done").Text() != whatWeDid {
		t.Errorf("the second screen: status %d", r.Status)
	}
	lea.Post(raised+"/acts", doing("acknowledged", leadsWhy))
	tom.Post(at+"/raise", nil)
	var after string
	if err := now.App.DB().NewQuery("SELECT group_concat(sealed) FROM concerns").Row(&after); err != nil || after != sealed {
		t.Error("something was overwritten")
	}
	if page := shows(t, now.SignIn(t, c.anna), "/manage"); strings.Contains(page, "1 open") {
		t.Error("they are counted, and nobody can tell about whom they are")
	}
}
