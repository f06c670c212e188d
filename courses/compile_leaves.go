package courses

import "strings"

// help makes the part that the site fills with its help numbers. The label is
// the kind of help.
func (b *builder) help(d *block) {
	kind := Slug(plain(b.renderInside(d.labelled)))
	if kind == "" {
		b.report(d.line, Error, LabelMissing, "name", string(Help))
		return
	}
	b.add(Part{Kind: Help, Help: kind}, d.line)
}

// recall makes the part that shows again what a learner answered elsewhere.
func (b *builder) recall(d *block) {
	label := b.renderInside(d.labelled)
	ref := readRef(d.attrs.get("of"))
	if ref.Activity == "" {
		b.report(d.line, Error, AttributeMissing, "name", string(Recall), "attribute", "of")
		b.elsewhere(d, label, "")
		return
	}
	b.add(Part{Kind: Recall, Label: label, Of: ref, Text: plain(label)}, d.line)
}

// readRef reads "module#activity", "#activity" or "activity".
func readRef(s string) Ref {
	module, activity, found := strings.Cut(strings.TrimSpace(s), "#")
	if !found {
		module, activity = "", module
	}
	return Ref{Module: module, Activity: activity}
}

// recording makes an audio or video part. One from elsewhere is not loaded: it
// becomes a link.
func (b *builder) recording(d *block) {
	label := b.renderInside(d.labelled)
	src := d.attrs.get("src")
	if src == "" {
		b.report(d.line, Error, AttributeMissing, "name", string(d.kind), "attribute", "src")
		b.elsewhere(d, label, "")
		return
	}
	if label == "" {
		b.report(d.line, Warn, LabelMissing, "name", string(d.kind))
	}
	switch addressKind(src) {
	case toOutside:
		b.report(d.line, Notice, MediaExternal, "to", src)
		b.elsewhere(d, label, src)
		return
	case toFolder:
	default:
		b.report(d.line, Notice, LinkScheme, "to", src)
		b.elsewhere(d, label, "")
		return
	}
	media := &Media{Path: src}
	media.Src, media.Missing = b.file(d, src)
	media.Transcript, media.Words = b.transcript(d), d.attrs.get("transcript")
	b.add(Part{Kind: d.kind, Label: label, Media: media, Text: plain(label)}, d.line)
}

func (b *builder) transcript(d *block) string {
	written := d.attrs.get("transcript")
	if written == "" {
		return ""
	}
	if addressKind(written) != toFolder {
		b.report(d.line, Notice, MediaExternal, "to", written)
		return ""
	}
	address, _ := b.file(d, written)
	return address
}

func (b *builder) file(d *block, dest string) (address string, missing bool) {
	address, ok := b.resolve(dest)
	if !ok {
		b.report(d.line, Notice, MediaMissing, "to", dest)
		return "", true
	}
	return address, false
}

// elsewhere shows what cannot be played as a link, or as its label.
func (b *builder) elsewhere(d *block, label, address string) {
	text := label
	if text == "" {
		text = escape(address)
	}
	if address != "" {
		text = `<a href="` + escape(address) + `" rel="noopener noreferrer">` + text + `</a>`
	}
	if text != "" {
		b.add(Part{Kind: Prose, HTML: "<p>" + text + "</p>", Text: plain(text)}, d.line)
	}
}
