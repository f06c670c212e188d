package gallery

import (
	"alongside/hooks/signin"
	"alongside/hooks/web"
)

// secondScenes are the pages of the second factor.
func secondScenes() []scene {
	wrong := []web.FieldError{{Field: "code", Key: "phone-code-wrong"}}
	return []scene{
		{"guest-second", "signin/second", func(b web.Base) any { return &signin.SecondPage{Base: b} }},
		{"guest-second-wrong", "signin/second", func(b web.Base) any { return &signin.SecondPage{Base: b, Errors: wrong} }},
		{"guest-second-wait", "signin/second", func(b web.Base) any { return &signin.SecondPage{Base: b, Wait: 1} }},
		{"guest-second-recovery", "signin/second", func(b web.Base) any {
			return &signin.SecondPage{Base: b, Recovery: true, Errors: []web.FieldError{{Field: "recovery", Key: "recovery-wrong"}}}
		}},
		{"guest-second-closed", "signin/second", func(b web.Base) any { return &signin.SecondPage{Base: b, Recovery: true, Closed: true} }},
		{"second-needed", "signin/second-me", setUp(func(p *signin.MySecondPage) { p.Needed, p.Required, p.Back = true, true, "/manage" })},
		{"second-offered", "signin/second-me", setUp(func(*signin.MySecondPage) {})},
		{"second-not-yet", "signin/second-me", setUp(func(p *signin.MySecondPage) { p.Errors = []web.FieldError{{Field: "code", Key: "second-not-yet"}} })},
		{"second-reset", "signin/second-me", setUp(func(p *signin.MySecondPage) { p.Needed, p.Reset, p.ResetBy = true, true, "Georgia" })},
		{"second-reset-by-operator", "signin/second-me", setUp(func(p *signin.MySecondPage) { p.Reset = true })},
		{"second-changing", "signin/second-me", setUp(func(p *signin.MySecondPage) { p.Changing = true })},
		{"second-no-key", "signin/second-me", func(b web.Base) any { return &signin.MySecondPage{Base: b, State: signin.SecondNoKey, Needed: true} }},
		{"second-not-given", "signin/second-me", func(b web.Base) any { return &signin.MySecondPage{Base: b, State: signin.SecondNotGiven} }},
		{"second-set", "signin/second-me", func(b web.Base) any {
			b.Notice = "second-ready"
			return &signin.MySecondPage{Base: b, State: signin.SecondSet, Since: "2026-05-03T10:00:00Z", Left: 9}
		}},
		{"second-set-wrong", "signin/second-me", func(b web.Base) any {
			return &signin.MySecondPage{Base: b, State: signin.SecondSet, Required: true, Since: "2026-05-03T10:00:00Z", Left: 1, Errors: append(wrong, web.FieldError{Field: "password", Key: "password-wrong"})}
		}},
		{"second-codes", "signin/second-codes", func(b web.Base) any {
			codes := make([]string, 10)
			for i := range codes {
				codes[i] = "K7QM 2ZTA PL4W XN3C"
			}
			return &signin.RecoveryPage{Base: b, Codes: codes, Back: "/manage"}
		}},
	}
}

func setUp(change func(*signin.MySecondPage)) func(web.Base) any {
	return func(b web.Base) any {
		page := &signin.MySecondPage{
			Base: b, State: signin.SecondSetUp, Secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
			QR: signin.QR{Size: 29, Path: "M4 4h7v1h-7zM4 10h7v1h-7zM4 5h1v5h-1zM10 5h1v5h-1zM6 6h3v3h-3z"},
		}
		change(page)
		return page
	}
}
