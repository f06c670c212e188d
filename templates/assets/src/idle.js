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
  const { idle, kept, lost } = dialog.dataset;
  let end = now() + left(Number(idle));
  let loose = false; // something was typed that nothing saves

  const extend = () => {
    end = now() + LONGEST;
    if (dialog.open) dialog.close();
  };
  // Other pages of this site keep the same session alive. They are told that
  // something happened, and nothing else.
  const others = window.BroadcastChannel && new BroadcastChannel("touched");
  others?.addEventListener("message", extend);
  others?.postMessage("");
  document.addEventListener("touched", () => { extend(); others?.postMessage(""); });

  // ask tells the server that somebody is here, and says whether they still may be.
  const ask = async () => {
    const answer = await fetch(stay.action, { method: "POST", headers: { "HX-Request": "true" } }).catch(() => {});
    return answer?.ok && !answer.redirected && document.dispatchEvent(new Event("touched"));
  };
  stay.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!await ask()) leave(out);
  });
  // Whoever types is here, also where nothing saves itself.
  addEventListener("input", ({ target }) => {
    loose ||= target.matches("form:not([data-autosave]) textarea");
    if (now() < end - LONGEST + OFTEN) return;
    extend();
    ask();
  });
  const watch = setInterval(() => {
    if (now() >= end) {
      clearInterval(watch);
      leave(out);
    } else if (now() >= end - WARNING && !dialog.open) {
      stay.previousElementSibling.textContent = loose || document.querySelector("[data-late]") ? lost : document.querySelector("[data-autosave]") ? kept : "";
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
