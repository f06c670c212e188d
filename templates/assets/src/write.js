// Writing a course: buttons over the text, a paste that comes as Markdown, what a
// learner sees beside it. Everything is on pages of their own too; only those who
// write load this.
import "./markdown-toolbar.js";
import { caretTo, lineOf } from "./caret.js";
import { paste, drop } from "./paste.js";
import { say } from "./state.js";


function start(form) {
  const field = form.querySelector("textarea");
  let typed = false, unsure = false; // since it was last stored; whether two texts wait to be chosen from
  let next = null; // what waits until everything is stored

  field.addEventListener("input", () => { typed = true; next = null; }); // whoever types on has stayed
  form.addEventListener("stored", ({ detail }) => { typed = detail.more; unsure = false; again(); goOn(); });
  form.addEventListener("met", ({ detail }) => { typed = detail.more; unsure = true; next = null; });
  addEventListener("beforeunload", (event) => {
    if (typed && !document.documentElement.hidden) event.preventDefault(); // whoever presses Leave is asked nothing
  });

  // Save only saves: the page stays, and so does the caret. Where the server has
  // something to ask, the form goes to it as without scripts.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "save" || unsure) { typed = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    now();
  }, true);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); now(); }
  });
  // What leads away waits until what was typed is stored: another form of the page,
  // such as a check that is let put something right, works on that, and nobody is
  // asked whether to leave. Where it cannot be stored the second press goes.
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target !== form && waits()) first(event, () => target.requestSubmit(submitter));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.pathname === location.pathname && link.hash) return;
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !waits()) return;
    first(event, () => location.assign(link.href));
  });
  function waits() {
    return typed && !form.querySelector("[data-late]");
  }
  function first(event, then) {
    event.preventDefault();
    next = then;
    now();
  }
  function goOn() {
    if (typed) return;
    next?.();
    next = null;
  }
  function now() {
    if (typed) form.dispatchEvent(new Event("send"));
    else say(form, "saved");
  }

  paste(form, field);
  drop(form, field);
  let been = false; // in the text: before, its caret says nothing, and a block goes to the end
  field.addEventListener("focus", () => { been = true; });
  for (const link of document.querySelectorAll("a[data-block]")) { // where the caret is is where the block goes
    link.addEventListener("click", () => {
      if (!been) return;
      const to = new URL(link.href);
      to.searchParams.set("line", lineOf(field));
      link.href = to;
    });
  }
  document.addEventListener("click", (event) => {
    const to = event.target.closest?.("[data-line]");
    if (!to) return;
    event.preventDefault();
    caretTo(field, Number(to.dataset.line));
  });
  const line = Number(new URLSearchParams(location.search).get("line"));
  if (line) caretTo(field, line);
}

// again brings what stands beside the text up to it: what a learner sees, what the
// checks say.
function again() {
  for (const frame of document.querySelectorAll("iframe[data-preview]")) {
    if (frame.closest("details")?.open ?? true) frame.contentWindow?.location.reload();
  }
  for (const place of document.querySelectorAll("[data-after-save]")) look(place);
}

async function look(place) {
  try {
    const answer = await fetch(place.dataset.afterSave, { headers: { "HX-Request": "true", "By-Itself": "true" } });
    if (answer.status === 200 && !answer.redirected) place.innerHTML = await answer.text();
  } catch { /* the line is gone: the next save brings it */ }
}

// A frame is loaded when somebody wants to see it.
for (const fold of document.querySelectorAll("details")) {
  const frame = fold.querySelector("iframe[data-preview]");
  if (!frame) continue;
  fold.hidden = false;
  fold.addEventListener("toggle", () => { if (fold.open && !frame.src) frame.src = frame.dataset.preview; });
  if (fold.closest(".beside") && matchMedia("(min-width: 64rem)").matches) fold.open = true; // there is room for it
}

for (const form of document.querySelectorAll("form[data-write]")) start(form);
