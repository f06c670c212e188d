// Sends what was typed two seconds after the last key, and when the page goes
// out of sight; tries again where the line is slow or gone, and at once when it
// is back. Nothing is ever kept in the browser: it may not be theirs.
import { say, hush, room } from "./state.js";

const PAUSE = 2000;
const LATEST = 10000; // for somebody who never pauses
const ROOM = 60000;   // bytes that a browser still sends for a page that is gone
const AGAIN = 10000;
const LONGEST = 30000;
const SPOKEN = 100; // before it the line is too new to be read aloud
const started = new WeakSet();

export function enhance(form) {
  if (started.has(form)) return;
  started.add(form);
  let changed = false; // since it was last sent
  let since = 0;       // when the first of that was typed
  let held = false;    // whether what a button sent holds something unsaved
  let lost = "waiting"; // what to say of an unsaved text: after a press, that the press failed
  let timer = 0;
  let flight = null;

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };
  const settle = () => {
    clearTimeout(timer);
    flight?.abort(); // so that older words never arrive after newer ones
    flight = null;
    changed = false;
  };
  const take = () => {
    held = changed || held;
    settle();
    say(form, "saving");
  };
  const fail = () => {
    changed = changed || held;
    held = false;
    say(form, lost, { late: true });
    if (changed) later(AGAIN);
  };

  async function send() {
    if (!changed || !form.isConnected) return;
    take();
    const body = fields(form);
    const mine = flight = new AbortController();
    const given = setTimeout(() => mine.abort(), LONGEST);
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, keepalive: body.toString().length < ROOM, signal: mine.signal, headers: { "HX-Request": "true" },
      });
      if (flight === mine) hear(answer);
    } catch {
      if (flight === mine) fail();
    } finally {
      clearTimeout(given);
      if (flight === mine) flight = null;
    }
  }

  function hear(answer) {
    if (answer.status >= 500 || answer.status === 429) return fail();
    held = false;
    if (ended(answer)) return say(form, "ended", { late: true });
    learn(answer);
    if (answer.status === 409) tell("met");
    if (!answer.ok) return say(form, answer.status === 409 ? "both" : "refused", { late: true });
    lost = "waiting";
    say(form, "saved", { time: now() });
    document.dispatchEvent(new Event("touched"));
    tell("stored");
  }

  // tell says what became of what was sent, and whether more was typed meanwhile.
  function tell(what) {
    form.dispatchEvent(new CustomEvent(what, { detail: { more: changed } }));
  }

  // what the page shows as stored from now on: it hears when that is changed or deleted elsewhere
  function learn(answer) {
    for (const [name, stamp] of new URLSearchParams(answer.headers.get("Stored") ?? "")) form[name].value = stamp;
  }

  form.addEventListener("submit", take); // or the page that is left would send it once more
  form.addEventListener("sending", take);
  form.addEventListener("sent", () => { held = false; hush(); });
  form.addEventListener("kept", () => setTimeout(() => say(form, "saved", { time: now() }), SPOKEN));
  form.addEventListener("late", () => { lost = "unreached"; fail(); });
  form.addEventListener("refused", () => { held = false; say(form, "refused", { late: true }); });
  if (!("autosave" in form.dataset)) return; // a guest's answers are not kept
  form.page.value = Date.now(); // so that a later text of this page may follow an earlier one
  form.addEventListener("input", () => {
    if (!changed) since = Date.now();
    changed = true;
    room(form);
    later(Math.max(0, Math.min(PAUSE, since + LATEST - Date.now())));
  });
  form.addEventListener("send", send);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  addEventListener("pagehide", send);
  addEventListener("online", send);
  addEventListener("offline", () => { if (changed) say(form, lost, { late: true }); });
}

function fields(form) {
  const body = new URLSearchParams(new FormData(form));
  body.set("auto", "1");
  return body;
}

const ended = (answer) => /40[13]/.test(answer.status) || answer.redirected || answer.headers.has("HX-Redirect");

const now = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
