package templates

import (
	"fmt"
	"html/template"
	"text/template/parse"
)

// inline puts into a parsed template everything that is known before a request:
// {{t "key"}}, {{tx "key" "name" .Value}}, {{ours "key"}}, {{asset "name"}},
// {{icon "name"}}.
// A page then runs without looking up one word, which is what keeps a step's
// page within its budget; a key without words is found here, at start.
func inline(list *parse.ListNode, w *words) error {
	if list == nil {
		return nil
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		replaced, err := inlineNode(node, w)
		if err != nil {
			return err
		}
		nodes = append(nodes, replaced...)
	}
	list.Nodes = joinTexts(nodes)
	return nil
}

func inlineNode(node parse.Node, w *words) ([]parse.Node, error) {
	keep := []parse.Node{node}
	switch n := node.(type) {
	case *parse.ActionNode:
		return inlineAction(n, w)
	case *parse.IfNode:
		return keep, inlineBranches(&n.BranchNode, w)
	case *parse.RangeNode:
		return keep, inlineBranches(&n.BranchNode, w)
	case *parse.WithNode:
		return keep, inlineBranches(&n.BranchNode, w)
	}
	return keep, nil
}

func inlineBranches(n *parse.BranchNode, w *words) error {
	if err := inline(n.List, w); err != nil {
		return err
	}
	return inline(n.ElseList, w)
}

func inlineAction(n *parse.ActionNode, w *words) ([]parse.Node, error) {
	name, key, args := constantCall(n)
	switch name {
	case "t":
		if len(args) > 0 { // a key made at run time
			break
		}
		return inlineWords(n, w, key, nil)
	case "tx":
		return inlineWords(n, w, key, args)
	case "ours":
		return inlineOurs(n, w, key)
	case "asset":
		address := Asset(key)
		if address == "" {
			return nil, fmt.Errorf("no asset %q", key)
		}
		return []parse.Node{textNode(n.Pos, address)}, nil
	case "icon":
		drawing, ok := icon(key)
		if !ok {
			return nil, fmt.Errorf("no icon %q", key)
		}
		return []parse.Node{textNode(n.Pos, drawing)}, nil
	}
	return []parse.Node{n}, nil
}

// constantCall finds {{name "constant" …}} that stands alone.
func constantCall(n *parse.ActionNode) (name, constant string, rest []parse.Node) {
	if len(n.Pipe.Cmds) != 1 || len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds[0].Args) < 2 {
		return "", "", nil
	}
	args := n.Pipe.Cmds[0].Args
	id, isCall := args[0].(*parse.IdentifierNode)
	text, isConstant := args[1].(*parse.StringNode)
	if !isCall || !isConstant {
		return "", "", nil
	}
	return id.Ident, text.Text, args[2:]
}

// inlineWords replaces a call by its words, with each value in its place as an
// action of its own, which html/template then escapes for where it stands.
func inlineWords(n *parse.ActionNode, w *words, key string, args []parse.Node) ([]parse.Node, error) {
	pieces, ok := w.pieces(key)
	if !ok {
		return nil, fmt.Errorf("no words for %q", key)
	}
	values := map[string]parse.Node{}
	for i := 0; i+1 < len(args); i += 2 {
		if name, isText := args[i].(*parse.StringNode); isText {
			values[name.Text] = args[i+1]
		}
	}
	var nodes []parse.Node
	for _, p := range pieces {
		if p.value == "" {
			nodes = append(nodes, textNode(n.Pos, template.HTMLEscapeString(p.text)))
			continue
		}
		value, ok := values[p.value]
		if !ok {
			return nil, fmt.Errorf("%q needs %q", key, p.value)
		}
		nodes = append(nodes, actionNode(n, value))
	}
	return nodes, nil
}

// inlineOurs puts in words that stand in the text of a course, each time with
// their language: the text around them is often in another, and whoever listens
// to the page must hear each in its own.
func inlineOurs(n *parse.ActionNode, w *words, key string) ([]parse.Node, error) {
	text, err := inlineWords(n, w, key, nil)
	open := fmt.Sprintf(`<span lang="%s" dir="%s">`, w.tag, w.dir)
	return append(append([]parse.Node{textNode(n.Pos, open)}, text...), textNode(n.Pos, "</span>")), err
}

func textNode(pos parse.Pos, text string) *parse.TextNode {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: pos, Text: []byte(text)}
}

// actionNode makes {{value}}, with everything else as in the action it came from.
func actionNode(like *parse.ActionNode, value parse.Node) *parse.ActionNode {
	action := like.Copy().(*parse.ActionNode)
	if pipe, ok := value.(*parse.PipeNode); ok {
		action.Pipe = pipe
		return action
	}
	action.Pipe.Cmds[0].Args = []parse.Node{value}
	return action
}

// joinTexts makes one text of neighbours, so that a page is fewer writes.
func joinTexts(nodes []parse.Node) []parse.Node {
	var joined []parse.Node
	for _, node := range nodes {
		text, isText := node.(*parse.TextNode)
		if last := len(joined) - 1; isText && last >= 0 {
			if before, ok := joined[last].(*parse.TextNode); ok {
				before.Text = append(before.Text[:len(before.Text):len(before.Text)], text.Text...)
				continue
			}
		}
		joined = append(joined, node)
	}
	return joined
}
