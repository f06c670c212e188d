package gallery

import (
	"alongside/hooks/signin"
	"alongside/hooks/web"
)

// cardScenes are the ways in that staff hand out, and what somebody sees of them.
func cardScenes() []scene {
	return append(wayInScenes(), handedOutScenes()...)
}

func problemsAt(pairs ...string) (wrong []web.FieldError) {
	for i := 0; i < len(pairs); i += 2 {
		wrong = append(wrong, web.FieldError{Field: pairs[i], Key: pairs[i+1]})
	}
	return wrong
}

func wayInScenes() []scene {
	return []scene{
		{"guest-card", "signin/card", func(b web.Base) any { return &signin.CardPage{Base: b} }},
		{"guest-card-wrong", "signin/card", func(b web.Base) any {
			return &signin.CardPage{Base: b, OwnDevice: true, Errors: problemsAt("pin", "card-wrong")}
		}},
		{"guest-card-wait", "signin/card", func(b web.Base) any { return &signin.CardPage{Base: b, Wait: 2} }},
		{"guest-words", "signin/words", func(b web.Base) any {
			b.Notice = "card-again"
			return &signin.WordsPage{Base: b, Back: "/"}
		}},
		{"guest-words-wrong", "signin/words", func(b web.Base) any {
			return &signin.WordsPage{Base: b, Back: "/", Who: "maple-48", Words: "lemon kettle", Errors: problemsAt("who", "words-wrong", "words", "words-missing", "pin", "pin-digits")}
		}},
		{"guest-pin", "signin/pin", func(b web.Base) any { return &signin.PINPage{Base: b} }},
		{"guest-pin-wrong", "signin/pin", func(b web.Base) any {
			return &signin.PINPage{Base: b, Errors: problemsAt("pin", "pin-easy", "again", "pin-again")}
		}},
		{"guest-code", "signin/code", func(b web.Base) any { return &signin.CodePage{Base: b, Back: "/"} }},
		{"guest-code-wrong", "signin/code", func(b web.Base) any {
			return &signin.CodePage{Base: b, Back: "/", Who: "maple-48", Errors: problemsAt("who", "code-wrong", "code", "code-digits")}
		}},
		{"guest-welcome", "signin/welcome", func(b web.Base) any {
			return &signin.WelcomePage{Base: b, Address: "/sign-in/welcome/x", Username: "lantern-12", Min: 12, Errors: problemsAt("password", "password-short")}
		}},
		{"guest-welcome-gone", "signin/welcome", func(b web.Base) any { return &signin.WelcomePage{Base: b, Gone: true} }},
	}
}

func handedOutScenes() []scene {
	paper := signin.CardOnPaper{
		Called: "Dina", Username: "maple-48", Words: []string{"lemon", "kettle", "buttercup"}, PIN: "402 958",
		QR: signin.QR{Size: 29, Path: "M4 4h7v1h-7zM12 4h2v1h-2zM18 4h7v1h-7z"},
	}
	long := paper
	long.Called, long.Username = "Somebody whose whole name is as long as the names of three people are together", "sunflower-483920"
	return []scene{
		{"sheet-one", "signin/sheet", func(b web.Base) any {
			return &signin.SheetPage{Base: b, SiteAddress: "learn.example.org/sign-in", Minutes: 1, Cards: []signin.CardOnPaper{paper}}
		}},
		{"sheet-many", "signin/sheet", func(b web.Base) any {
			cards := []signin.CardOnPaper{paper, long, paper, paper, paper, paper, paper, paper, paper}
			return &signin.SheetPage{Base: b, SiteAddress: "a-long-name-of-a-charity.learning.example.org:8443/sign-in", Minutes: 9, Cards: cards}
		}},
		{"code-made", "signin/code-made", func(b web.Base) any {
			return &signin.CodeMadePage{Base: b, Learner: "u2", Called: "Dina", Username: "maple-48", Code: "4093 1187", SiteAddress: "learn.example.org/sign-in/code", Minutes: 9}
		}},
		{"link-made", "signin/link-made", func(b web.Base) any {
			return &signin.LinkMadePage{Base: b, Back: "/manage/programmes/p1/people/u2", Called: "Tom", Link: "https://learn.example.org/sign-in/welcome/h3aVx0L2mN9pQ4rS7tU1wY5zA8bC6dE_fGhIjKlMnOp", Minutes: 9}
		}},
		{"not-shown-cards", "signin/not-shown", func(b web.Base) any {
			return &signin.NotShownPage{Base: b, What: "cards", Back: "/facilitate"}
		}},
		{"not-shown-code", "signin/not-shown", func(b web.Base) any {
			return &signin.NotShownPage{Base: b, What: "code", Back: "/facilitate/learners/1"}
		}},
		{"not-shown-link", "signin/not-shown", func(b web.Base) any {
			return &signin.NotShownPage{Base: b, What: "link", Back: "/manage/programmes"}
		}},
		{"my-cards", "signin/my-cards", func(b web.Base) any {
			b.Notice = "pin-changed"
			const at = "2026-05-03T10:00:00Z"
			return &signin.MyCardsPage{
				Base: b, CanChange: true,
				Cards: []signin.CardInList{
					{State: "active", OwnPIN: true, Made: at, Until: "2026-10-30T10:00:00Z", By: "Tom"},
					{State: "active", Made: at, Until: "2026-10-30T10:00:00Z"},
					{State: "locked", Made: at},
					{State: "void", Made: at, By: "Linh"},
					{State: "expired", Made: at},
				},
				Codes: []signin.CodeInList{{Kind: "room", Made: at, Used: true, By: "Tom"}, {Kind: "link", Made: at}},
				SignIns: []signin.SignInInList{
					{Device: signin.Device{Browser: "Firefox", System: "Android"}, How: "card", At: at, This: true},
					{How: "code", At: at, With: "Tom"},
					{How: "words", At: at, Runs: true},
					{How: "password", At: at},
					{How: "link", At: at},
				},
			}
		}},
		{"my-cards-none", "signin/my-cards", func(b web.Base) any { return &signin.MyCardsPage{Base: b} }},
		{"my-pin", "signin/my-pin", func(b web.Base) any {
			return &signin.MyPINPage{Base: b, Errors: problemsAt("current", "pin-wrong", "pin", "pin-same")}
		}},
		{"my-pin-none", "signin/my-pin", func(b web.Base) any { return &signin.MyPINPage{Base: b, None: true} }},
		{"my-pin-wait", "signin/my-pin", func(b web.Base) any { return &signin.MyPINPage{Base: b, Wait: 4} }},
	}
}
