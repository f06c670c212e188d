package authoring

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ReviewPage is `/review/{course}/{module}`, "authoring/review": a version to be read,
// block by block, with what is said of each. Its forms post place and text to
// …/comments, place, text and why to …/suggest, and kind and why to …/verdict.
type ReviewPage struct {
	web.Base
	Head
	Root     string // address of this page
	Version  string // the revision that it shows: what is said is said of that
	Note     string // of who asked
	Who      string
	Steps    []ReviewStep
	Whole    []CommentView // comments on the whole text
	SignOffs SignOffs
	May      []string // what the viewer may say of it
	Wrote    bool     // they wrote it themselves
	Older    bool     // an earlier version was signed off: they may say that only the wording is new
	Changes  []Change // since that version
	Errors   []web.FieldError
	Typed    ReviewTyped
}

// Held are the objections that the viewer may take away: their own, and, where they may
// say so too and did not write it, that it is not safe.
func (p *ReviewPage) Held() []Review {
	return slices.DeleteFunc(slices.Clone(p.SignOffs.Held), func(r Review) bool {
		return p.Viewer == nil || r.By != p.Viewer.ID && (p.Wrote || r.Kind != Unsafe || !slices.Contains(p.May, Unsafe))
	})
}

// ReviewTyped is what was typed into a form that comes back.
type ReviewTyped struct{ Form, Place, Text, Why, Kind string }

// A ReviewStep is a page of the text.
type ReviewStep struct {
	Title   string
	Address string // where it is as learners see it
	Blocks  []ReviewBlock
}

// A ReviewBlock is a block of it with what is said of it.
type ReviewBlock struct {
	Place       string
	Part        courses.Part
	Source      string
	Comments    []CommentView
	Suggestions []SuggestionView
	Page        *ReviewPage
}

// Open reports whether the form of a kind comes back with what was typed for this
// block.
func (b ReviewBlock) Open(form string) bool {
	return b.Page.Typed.Form == form && b.Page.Typed.Place == b.Place && len(b.Page.Errors) > 0
}

// Field is the name of a control of this block's forms, in the page.
func (b ReviewBlock) Field(name string) string {
	return name + "-" + strings.ReplaceAll(b.Place, "/", "-")
}

// A CommentView is a comment with its answers.
type CommentView struct {
	ID      string `db:"id"`
	Place   string `db:"place"`
	Quoted  string `db:"quoted"`
	Under   string `db:"under"`
	By      string `db:"by"`
	Called  string `db:"called"`
	Text    string `db:"text"`
	Settled string `db:"settled"`
	Created string `db:"created"`
	Was     string `db:"revision"` // the version that it was said of
	Answers []CommentView
	Page    *ReviewPage
}

// reviewPlace is a text whose version others may read, for somebody who may.
func (a *Authoring) reviewPlace(e *core.RequestEvent) (Place, error) {
	p, err := a.placeFor(e, people.Reviewing)
	if err == nil && (p.Draft == nil || p.Draft.State == Open || p.Draft.Revision == "") {
		return p, web.ErrNotFound
	}
	return p, err
}

func (a *Authoring) showReview(e *core.RequestEvent) error {
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	return a.reviewPage(e, p, http.StatusOK, &ReviewPage{})
}

func (a *Authoring) reviewPage(e *core.RequestEvent, p Place, status int, page *ReviewPage) (err error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	db := a.app.ConcurrentDB()
	text, err := a.content.RevisionText(ctx, p.Draft.Revision)
	if err != nil {
		return err
	}
	page.Head, page.Root, page.Version = headOf(p), p.ReviewAddress(), p.Draft.Revision
	if page.SignOffs, err = a.signOffs(ctx, db, p.Draft, p.Draft.Revision); err != nil {
		return err
	}
	if page.Wrote, err = isAuthor(ctx, db, p.Draft.ID, viewer.ID); err != nil {
		return err
	}
	if !page.Wrote {
		page.May = maySay(viewer, p.Course.Programme)
	}
	if page.Note, page.Who, err = a.askOf(ctx, p.Draft.ID); err != nil {
		return err
	}
	if err := a.sinceSigned(ctx, p, page, text); err != nil {
		return err
	}
	comments, err := a.commentsOf(ctx, p, text)
	if err != nil {
		return err
	}
	suggestions, err := a.suggestionsOf(ctx, p, text)
	if err != nil {
		return err
	}
	look, err := a.lookOf(e, p, text, page.Root)
	if err != nil {
		return err
	}
	sources := courses.PartPieces([]byte(text), look.Compiled.Module)
	for i, step := range look.Compiled.Module.Steps {
		page.Steps = append(page.Steps, ReviewStep{
			Title: look.Compiled.Outline.Steps[i].Title, Address: page.Root + "/" + step.ID, Blocks: page.blocks(step.Parts, text, sources, comments, suggestions),
		})
	}
	page.Whole = comments[""]
	for i := range page.Whole {
		page.Whole[i].Page = page
	}
	return web.Show(e, status, "authoring/review", page)
}

func (page *ReviewPage) blocks(parts []courses.Part, text string, sources map[string]courses.Piece, comments map[string][]CommentView, suggestions map[string][]SuggestionView) (all []ReviewBlock) {
	for _, part := range parts {
		block := ReviewBlock{Place: part.At, Part: withoutTerms(part), Comments: comments[part.At], Suggestions: suggestions[part.At], Page: page}
		if piece, ok := sources[part.At]; ok {
			block.Source = piece.Source([]byte(text))
		}
		for i := range block.Comments {
			block.Comments[i].Page = page
		}
		for i := range block.Suggestions {
			block.Suggestions[i].Page = page
		}
		all = append(all, block)
	}
	return all
}

func (a *Authoring) askOf(ctx context.Context, draft string) (note, who string, err error) {
	var rows []struct {
		Note string `db:"note"`
		Who  string `db:"who"`
	}
	err = a.app.ConcurrentDB().NewQuery(`SELECT k.note, COALESCE(NULLIF(u.name, ''), u.username, '') AS who FROM review_asks k LEFT JOIN users u ON u.id = k.by
		WHERE k.draft = {:draft} AND k.ended = ''`).Bind(dbx.Params{"draft": draft}).WithContext(ctx).All(&rows)
	if err != nil || len(rows) == 0 {
		return "", "", err
	}
	return rows[0].Note, rows[0].Who, nil
}

// sinceSigned finds an earlier version that was signed off, and what was changed since.
func (a *Authoring) sinceSigned(ctx context.Context, p Place, page *ReviewPage, text string) error {
	earlier, err := a.signedBefore(ctx, a.app.ConcurrentDB(), p.Draft)
	if err != nil || earlier == "" || len(page.SignOffs.Given) > 0 {
		return err
	}
	was, err := a.content.RevisionText(ctx, earlier)
	if err != nil {
		return err
	}
	page.Older, page.Changes = true, changes(was, text)
	return nil
}

// signedBefore is the newest version before the present one that has a sign-off; ""
// for none.
func (a *Authoring) signedBefore(ctx context.Context, db dbx.Builder, d *Draft) (string, error) {
	reviews, err := reviewsOf(ctx, db, d.ID)
	if err != nil {
		return "", err
	}
	for _, r := range slices.Backward(reviews) {
		if r.Revision != d.Revision && r.Lifted == "" && r.Kind != Changes && r.Kind != Unsafe {
			return r.Revision, nil
		}
	}
	return "", nil
}

// showReviewStep is the learner's page of a step of the version.
func (a *Authoring) showReviewStep(e *core.RequestEvent) error {
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	text, err := a.content.RevisionText(e.Request.Context(), p.Draft.Revision)
	if err != nil {
		return err
	}
	look, err := a.lookOf(e, p, text, p.ReviewAddress())
	if err != nil {
		return err
	}
	if e.Request.Method == http.MethodPost {
		return a.learning.TryLook(e, look, e.Request.PathValue("step"))
	}
	return a.learning.ShowLook(e, look, e.Request.PathValue("step"))
}

// commentsOf are the comments of a draft by the place at which they stand in its
// version, carried there from the version that they were made of. Whose place is
// gone, they are of the whole text.
func (a *Authoring) commentsOf(ctx context.Context, p Place, text string) (map[string][]CommentView, error) {
	var rows []CommentView
	err := a.app.ConcurrentDB().NewQuery(`SELECT k.id, k.place, k.quoted, k.under, k.by, COALESCE(NULLIF(u.name, ''), u.username, '') AS called, k.text, k.settled, k.created, k.revision
		FROM comments k LEFT JOIN users u ON u.id = k.by WHERE k.draft = {:draft} ORDER BY k.created, k.rowid`).
		Bind(dbx.Params{"draft": p.Draft.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("comments on draft %s: %w", p.Draft.ID, err)
	}
	carry := a.carrier(ctx, p, text)
	byID := map[string]int{}
	var tops []CommentView
	for _, row := range rows {
		if at, ok := byID[row.Under]; ok {
			tops[at].Answers = append(tops[at].Answers, row)
			continue
		}
		if row.Place, err = carry(row.Was, row.Place); err != nil {
			return nil, err
		}
		byID[row.ID] = len(tops)
		tops = append(tops, row)
	}
	all := map[string][]CommentView{}
	for _, top := range tops {
		all[top.Place] = append(all[top.Place], top)
	}
	return all, nil
}

// carrier says where a place of an earlier version is in the present one; "" where it
// is gone.
func (a *Authoring) carrier(ctx context.Context, p Place, text string) func(revision, place string) (string, error) {
	now := compiled(p, text)
	known := map[string]courses.Map{}
	return func(revision, place string) (string, error) {
		if revision == p.Draft.Revision || place == "" {
			return place, nil
		}
		m, ok := known[revision]
		if !ok {
			was, err := a.content.RevisionText(ctx, revision)
			if err != nil {
				return "", err
			}
			m = courses.Compare(compiled(p, was), now)
			known[revision] = m
		}
		return m.Blocks[place], nil
	}
}

var termLink = regexp.MustCompile(`<a class="term"[^>]*>(.*?)</a>`)

// withoutTerms is a block without links to the words that are explained at the foot of
// a learner's page, which this page does not have.
func withoutTerms(part courses.Part) courses.Part {
	bare := func(html string) string { return termLink.ReplaceAllString(html, "$1") }
	part.HTML, part.Label = bare(part.HTML), bare(part.Label)
	part.Parts = slices.Clone(part.Parts)
	for i := range part.Parts {
		part.Parts[i] = withoutTerms(part.Parts[i])
	}
	if part.Activity != nil {
		activity := *part.Activity
		activity.Prompt, activity.Label = bare(activity.Prompt), bare(activity.Label)
		activity.Items = slices.Clone(activity.Items)
		for i := range activity.Items {
			activity.Items[i].HTML, activity.Items[i].Feedback = bare(activity.Items[i].HTML), bare(activity.Items[i].Feedback)
		}
		part.Activity = &activity
	}
	return part
}
