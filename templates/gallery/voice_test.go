package gallery

import (
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

func askedToSay() reflections.Asked {
	return reflections.Asked{Lang: "en", Text: "When were you last really listened to?", Prompts: []string{"What happened?", "So what did it mean to you?", "Now what will you do?"}}
}

func voiceScenes() []scene {
	const place = "/reflections/r1/voice"
	page := func(b web.Base) *reflections.VoicePage {
		return &reflections.VoicePage{Base: b, Place: place, Back: "/reflections/r1", On: "/courses/walking-alongside/listening/look-back", Asked: askedToSay(), Longest: 180, Most: 6}
	}
	said := reflections.Heard{ID: "h1", Seconds: 125, Bytes: 512_345, At: "2026-05-03 10:00:00.000Z"}
	return []scene{
		{"voice", "reflections/voice", func(b web.Base) any { return page(b) }},
		{"voice-kept", "reflections/voice", func(b web.Base) any {
			b.Notice = "voice-kept"
			p := page(b)
			p.Heard, p.Shared = &said, true
			return p
		}},
		{"voice-wrong", "reflections/voice", func(b web.Base) any {
			p := page(b)
			p.Errors = []web.FieldError{{Field: "sound", Key: "voice-kind"}}
			return p
		}},
		{"voice-large", "reflections/voice", func(b web.Base) any {
			p := page(b)
			p.Heard, p.Errors = &reflections.Heard{ID: "h1", Bytes: 900, At: "2026-05-03 10:00:00.000Z"}, []web.FieldError{{Field: "sound", Key: "voice-large", Max: 6}}
			return p
		}},
		{"voice-shut", "reflections/voice", func(b web.Base) any {
			p := page(b)
			p.Heard = &reflections.Heard{ID: "h1", Seconds: 12, Bytes: 40_000, At: "2026-05-03 10:00:00.000Z", Lock: reflections.Shut}
			return p
		}},
		{"voice-not-now", "reflections/voice", func(b web.Base) any {
			p := page(b)
			p.Heard = &reflections.Heard{ID: "h1", Seconds: 12, Bytes: 40_000, At: "2026-05-03 10:00:00.000Z", Lock: reflections.NotNow}
			return p
		}},
		{"voice-reply", "reflections/voice", func(b web.Base) any {
			return &reflections.VoicePage{Base: b, Place: "/facilitate/shares/s1/voice", Back: "/facilitate/shares/s1", Reply: true, Longest: 180, Most: 6, Heard: &said}
		}},
	}
}
