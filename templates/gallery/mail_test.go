package gallery

import (
	"alongside/hooks/notify"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

func mailScenes() []scene {
	return []scene{
		{"guest-mail-off", "notify/off", func(b web.Base) any { return &notify.OffPage{Base: b, Secret: "u1.v1.abc"} }},
		{"guest-mail-off-done", "notify/off", func(b web.Base) any { return &notify.OffPage{Base: b, Done: true} }},
		{"guest-mail-off-wrong", "notify/off", func(b web.Base) any { return &notify.OffPage{Base: b, Wrong: true} }},
		{"guest-mail-off-no-key", "notify/off", func(b web.Base) any { return &notify.OffPage{Base: b, Wrong: true, NoKey: true} }},
		{"my-mail", "people/my-mail", func(b web.Base) any {
			return &people.MyMailPage{Base: b, HasEmail: true, SetUp: true, Digest: true, From: "21:00", Until: "08:00"}
		}},
		{"my-mail-wrong", "people/my-mail", func(b web.Base) any {
			return &people.MyMailPage{Base: b, HasEmail: true, SetUp: true, From: "late", Until: "08:00", Errors: problem("from", "clock-wrong")}
		}},
		{"my-mail-no-email", "people/my-mail", func(b web.Base) any { return &people.MyMailPage{Base: b, SetUp: true} }},
		{"my-mail-none-here", "people/my-mail", func(b web.Base) any { return &people.MyMailPage{Base: b} }},
		{"mail-stuck", "people/mail", func(b web.Base) any {
			return &people.MailPage{
				Base: manager(b), SetUp: true, On: true, Host: "smtp.example.org", Port: "587", TLS: "starttls", Sender: "Alongside", From: "a@example.org",
				Address: "https://learn.example.org", Standing: standing(), Stuck: []people.StuckMail{
					{Stuck: stuck("urgent", "bad-address", 2)},
					{Stuck: stuck("digest", "refused", 3), Username: longName},
				},
			}
		}},
		{"mail-late", "people/mail", func(b web.Base) any {
			late := standing()
			late.Stuck = 0
			return &people.MailPage{Base: manager(b), SetUp: true, On: true, Port: "587", TLS: "starttls", Address: "https://learn.example.org", Standing: late}
		}},
		{"mail-address-wrong", "people/mail", func(b web.Base) any {
			return &people.MailPage{Base: manager(b), TLS: "tls", Address: "learn", Errors: problem("address", "site-address-wrong")}
		}},
		{"zero-mail-off", "notify/off", func(b web.Base) any { return &notify.OffPage{} }},
		{"zero-my-mail", "people/my-mail", func(b web.Base) any { return &people.MyMailPage{} }},
		{"zero-mail", "people/mail", func(b web.Base) any { return &people.MailPage{} }},
	}
}

func standing() notify.Standing {
	return notify.Standing{Waits: 12, Since: "2026-05-03T08:00:00Z", Trouble: "unreachable", Stuck: 4, LastSent: "2026-05-02T08:00:00Z"}
}

func stuck(kind, trouble string, count int) notify.Stuck {
	return notify.Stuck{Person: "u1", Kind: kind, Trouble: trouble, Count: count, Since: "2026-04-28T08:00:00Z"}
}
