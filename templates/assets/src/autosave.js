// Sends what was typed two seconds after the last key, and when the page goes
// out of sight. Nothing is ever kept in the browser: it may not be theirs.
const PAUSE = 2000;
const AGAIN = 10000;
const started = new WeakSet();

export function enhance(form) {
  if (started.has(form)) return;
  started.add(form);
  const state = form.querySelector("[data-state]");
  let changed = false;
  let timer = 0;

  const say = (words, late) => {
    if (state.textContent !== words) state.textContent = words;
    state.toggleAttribute("data-late", late);
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };
  const settle = () => {
    clearTimeout(timer);
    changed = false;
  };
  const fail = () => {
    changed = true;
    say(form.dataset.waiting, true);
    later(AGAIN);
  };

  async function send() {
    if (!changed || !form.isConnected) return;
    settle();
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "save");
    body.set("auto", "1");
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, keepalive: true, headers: { "HX-Request": "true" },
      });
      if (answer.status >= 500 || answer.status === 429) return fail();
      if (ended(answer)) return say(form.dataset.ended, true);
      if (!answer.ok) return say(form.dataset.waiting, true);
      say(`${form.dataset.saved} ${now()}`, false);
      document.dispatchEvent(new Event("touched"));
    } catch {
      fail();
    }
  }

  form.addEventListener("input", () => { changed = true; later(PAUSE); });
  form.addEventListener("late", fail);
  form.addEventListener("submit", settle);
  form.addEventListener("click", (event) => { if (event.target.closest("[data-check]")) settle(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  addEventListener("pagehide", send);
}

const ended = (answer) => answer.status === 401 || answer.status === 403 ||
  (answer.redirected && new URL(answer.url).pathname === "/sign-in");

const now = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
