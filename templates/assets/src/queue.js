// Parts of a page that look again by themselves while somebody looks at them, and
// say aloud what is new without taking anybody from where they are.
const EVERY = 20000;

export function start() {
  for (const place of document.querySelectorAll("[data-fresh]")) watch(place);
  for (const form of document.querySelectorAll("[data-left-behind]")) giveBack(form);
  for (const button of document.querySelectorAll("[data-phrase]")) put(button);
}

function watch(place) {
  let tag = place.dataset.tag;
  let last = Date.now();
  let asks = false;
  const timer = setInterval(look, EVERY / 4);

  async function look() {
    if (asks || document.hidden || Date.now() - last < EVERY) return;
    asks = true;
    last = Date.now();
    try {
      // "By-Itself": nobody pressed anything, so it keeps no session alive.
      const answer = await fetch(place.dataset.fresh, { headers: { "HX-Request": "true", "By-Itself": "true", "If-None-Match": tag } });
      if (answer.status === 200 && answer.headers.get("ETag")) {
        tag = answer.headers.get("ETag");
        show(place, await answer.text());
      } else if (answer.status < 500 && answer.status !== 304 && answer.status !== 429) clearInterval(timer); // signed out, or gone
    } catch { /* the line is gone: the next time it may be back */ }
    asks = false;
  }

  document.addEventListener("visibilitychange", look);
}

function show(place, html) {
  const said = () => place.querySelector("[data-said]")?.textContent ?? "";
  const before = said();
  const here = place.contains(document.activeElement) ? document.activeElement : null;
  const was = here && mark(here);
  place.innerHTML = html;
  if (here) {
    const again = [...place.querySelectorAll("a, button")].find((one) => mark(one) === was) ?? place;
    if (again === place) place.tabIndex = -1;
    again.focus({ preventScroll: true });
  }
  if (said() !== before) place.parentNode.querySelector("[data-fresh-said]").textContent = said();
}

// mark tells a link or button from the others: where it leads.
const mark = (one) => one.getAttribute("href") ?? one.form?.getAttribute("action");

// giveBack lets others know that the page is gone, so that they may answer. Where it
// went with what was written, the server knows what that means: whoever keeps a
// draft, or says the rest, goes on.
function giveBack(form) {
  let sent = false;
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pagehide", () => {
    if (!sent) navigator.sendBeacon(form.dataset.leftBehind);
  });
}

// put lets a phrase be put into what is written, where the writer is in it.
function put(button) {
  const field = document.getElementById(button.dataset.into);
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const space = from > 0 && !/\s$/.test(value.slice(0, from)) ? " " : "";
    field.setRangeText(space + button.dataset.phrase, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
