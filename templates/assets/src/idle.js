// On a shared computer: a warning two minutes before the session ends, and a
// clear screen when it does.
const WARNING = 2 * 60;
const LONGEST = 15 * 60;
const OFTEN = 60;

const now = () => Date.now() / 1000;

export function start() {
  const dialog = document.querySelector("[data-idle]");
  if (!dialog?.showModal) return;
  const [stay, out] = dialog.querySelectorAll("form");
  let end = now() + left(Number(dialog.dataset.idle));

  let told = now(); // when the server last heard that somebody is here
  let loose = false; // something was typed that nothing saves

  const extend = () => {
    told = now();
    end = told + LONGEST;
    if (dialog.open) dialog.close();
  };
  // Other pages of this site keep the same session alive. They are told that
  // something happened, and nothing else.
  const others = "BroadcastChannel" in window ? new BroadcastChannel("touched") : null;
  others?.addEventListener("message", extend);
  others?.postMessage("");
  document.addEventListener("touched", () => { extend(); others?.postMessage(""); });

  // ask tells the server that somebody is here, and says whether they still may be.
  const ask = async () => {
    const answer = await fetch(stay.action, { method: "POST", headers: { "HX-Request": "true" } }).catch(() => null);
    const stays = answer?.ok && !answer.redirected;
    if (stays) document.dispatchEvent(new Event("touched"));
    return stays;
  };
  stay.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!await ask()) leave(out);
  });
  // Whoever types is here, also where nothing saves itself.
  document.addEventListener("input", ({ target }) => {
    loose ||= target.matches("textarea") && !target.closest("[data-autosave]");
    if (now() < told + OFTEN || dialog.open) return;
    told = now();
    ask();
  });
  const watch = setInterval(() => {
    if (now() >= end) {
      clearInterval(watch);
      leave(out);
    } else if (now() >= end - WARNING && !dialog.open) {
      const lost = loose || document.querySelector("[data-late]");
      dialog.querySelector("[data-loose]").hidden = !lost;
      dialog.querySelector("[data-kept]").hidden = lost || !document.querySelector("[data-autosave]");
      dialog.showModal();
    }
  }, 1000);
}

// left is how long there is. The clock of a borrowed phone may be wrong: then
// count from the moment the page was opened.
function left(end) {
  const seconds = end - now();
  return seconds > WARNING / 2 && seconds <= LONGEST + 5 ? seconds : LONGEST - 60;
}

// leave signs out rather than waiting for the server to: its clock may run a
// little behind, and the page would come back. What was typed goes out first.
function leave(out) {
  document.documentElement.hidden = true;
  dispatchEvent(new Event("pagehide"));
  setTimeout(() => out.submit(), 1500);
}
