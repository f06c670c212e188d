package reflections_test

import "testing"

func TestWhatWasSaidGoesWithItsFile(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	mustKeep(t, b.Site, 1)
	looked, _ := b.deletes(t, b.hers, "/reflections/"+b.id)
	wantAll(t, "the question", looked, "What you said goes too")
	mustKeep(t, b.Site, 0)
}

func TestARolledBackDeletionLeavesWhatWasSaid(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	if _, err := b.App.NonconcurrentDB().NewQuery("CREATE TRIGGER no_delete BEFORE DELETE ON reflections BEGIN SELECT RAISE(ABORT, 'full'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	if res := b.hers.Post("/reflections/"+b.id+"/delete", nil); res.Status != 500 {
		t.Errorf("status %d", res.Status)
	}
	mustKeep(t, b.Site, 1)
}
