// Finds one control by the words that a person sees, scrolls to it, and says
// where to press it. Evaluated in the page with {kind, name, scope}.
({ kind, name, scope }) => {
	const words = (s) => (s || "").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
	const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden" && !e.closest("[inert], [aria-hidden=true]");
	const named = (e) => {
		const by = e.getAttribute("aria-labelledby");
		if (by) return words(by.split(/\s+/).map((id) => document.getElementById(id)?.innerText).join(" "));
		return words(e.getAttribute("aria-label") || e.innerText || e.value || e.querySelector("img[alt], svg title")?.alt);
	};
	const labels = (e) => {
		const all = [...(e.labels || [])].map((l) => words(l.innerText));
		const by = e.getAttribute("aria-labelledby") || "";
		for (const id of by.split(/\s+/).filter(Boolean)) all.push(words(document.getElementById(id)?.innerText));
		if (e.getAttribute("aria-label")) all.push(words(e.getAttribute("aria-label")));
		if (all.length === 0 && e.closest("fieldset")) all.push(words(e.closest("fieldset").querySelector("legend")?.innerText));
		return all;
	};
	const selectors = {
		press: "a[href], button, summary, input[type=submit], [role=button]",
		field: "input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select",
		choice: "input[type=radio], input[type=checkbox]",
	};
	const says = (e) => (kind === "press" ? [named(e)] : labels(e));
	const find = (within) => {
		const all = [...within.querySelectorAll(selectors[kind])].filter((e) => kind === "choice" || shown(e));
		return (
			all.find((e) => says(e).includes(name)) ||
			all.find((e) => says(e).some((s) => s.startsWith(name))) ||
			all.find((e) => name && says(e).some((s) => s.includes(name)))
		);
	};
	let found;
	if (scope) {
		// The innermost element that holds the words of the scope and such a control.
		const holding = [...document.querySelectorAll("body *")].filter((e) => words(e.innerText).includes(scope) && find(e));
		found = holding.length ? find(holding[holding.length - 1]) : undefined;
	} else {
		found = find(document);
	}
	if (!found) return { missing: true };
	let target = found;
	if (kind === "choice") target = [...(found.labels || [])].find(shown) || found;
	target.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
	const box = target.getClientRects()[0];
	const [x, y] = [box.left + Math.min(box.width / 2, 200), box.top + box.height / 2];
	const on = document.elementFromPoint(x, y);
	const hit = on && (target.contains(on) || on.contains(target) || on === found);
	const secret = found.type === "password" || /one-time-code/.test(found.autocomplete || "") || !!found.closest("[data-step]");
	return { x, y, secret, covered: hit ? "" : on ? on.outerHTML.slice(0, 120) : "the edge of the screen", disabled: !!found.disabled, tag: found.tagName, value: found.value || "", checked: !!found.checked };
}
