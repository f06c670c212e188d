// A step's buttons send it without leaving the page: htmx puts the step as it
// now is in its place, and this moves the reader to what was said. Where the
// line is slow or gone nothing that was typed is lost, and a second press while
// the first is on its way does nothing.
import { given, restore } from "./typed.js";

const LONGEST = 20000;

export function start(enhance) {
  let sent = null; // what is on its way
  let late = [];   // what was given while it was
  let leaving = 0; // when a press counts again, if the next page does not come

  const tell = (what) => sent?.form.dispatchEvent(new Event(what));

  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (sent || Date.now() < leaving) return event.preventDefault();
    sent = { form: request.form, check: sourceElement.dataset.check, given: given(request.form) };
    tell("sending");
  });

  document.addEventListener("htmx:after:request", (event) => {
    const { text, hx, response: { raw } } = event.detail.ctx;
    if (hx.redirect || raw.redirected) {
      leaving = Date.now() + LONGEST; // until that page is there
      tell("sent");
      if (hx.redirect) return;
      location.assign(raw.url); // somewhere else answered
    } else if (isStep(text)) return;
    else tell(raw.status >= 500 || raw.status === 429 ? "late" : "refused");
    event.preventDefault();
  });
  document.addEventListener("htmx:error", () => tell("late"));

  document.addEventListener("htmx:before:swap", () => {
    if (sent) late = given(sent.form).filter((now, i) => now.as !== sent.given[i].as);
  });
  // After the swap the button that asked is gone, so this is heard on what came.
  document.addEventListener("htmx:after:settle", () => {
    enhance();
    document.dispatchEvent(new Event("touched"));
    if (!restore(late) && sent) (sent.check ? verdict : saved)(sent.check);
    late = [];
  });
  document.addEventListener("htmx:finally:request", () => { sent = null; });
}

// isStep tells a step, with what was kept or what to put right, from a whole
// page that says what went wrong. That would push what was typed off the screen.
const isStep = (text) => /^\s*<title>/.test(text);

function verdict(id) {
  const said = document.querySelectorAll(`#${CSS.escape(id)} [data-verdict]`);
  const place = problem() ?? said[said.length - 1] ?? document.getElementById(id);
  if (!place) return;
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

// saved leaves whoever pressed Save where they were.
function saved() {
  if (problem()) return problem().focus();
  document.querySelector("[data-step] .go [value='save']")?.focus({ preventScroll: true });
  document.querySelector("[data-step]")?.dispatchEvent(new Event("kept"));
}

const problem = () => document.querySelector("[data-focus]");
