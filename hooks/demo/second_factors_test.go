package demo_test

import (
	"testing"

	"alongside/hooks/demo"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestADemoBeginsWithoutSecondFactors(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Facilitator)
	_, err := site.App.DB().Insert("second_factors", dbx.Params{"id": "factor000000001", "user": sam.ID, "sealed": "x", "step": 1}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.NoSecondFactors(site.App, nil); err != nil {
		t.Fatal(err)
	}
	if r := site.SignIn(t, sam).Get("/me"); r.Status != 200 {
		t.Errorf("status %d", r.Status)
	}
}
