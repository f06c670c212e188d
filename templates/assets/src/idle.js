// On a shared computer: a warning two minutes before the session ends, and a
// clear screen when it does.
const WARNING = 2 * 60;
const LONGEST = 15 * 60;

export function start() {
  const dialog = document.querySelector("[data-idle]");
  if (!dialog?.showModal) return;
  let end = Date.now() / 1000 + left(Number(dialog.dataset.idle));

  const stay = async (event) => {
    event.preventDefault();
    const answer = await fetch("/sign-in/stay", { method: "POST", headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return leave();
    end = Date.now() / 1000 + LONGEST;
    dialog.close();
  };
  dialog.querySelector("form").addEventListener("submit", stay);
  // What is sent keeps the session alive, so it moves the end as well.
  document.addEventListener("htmx:after:swap", () => { end = Date.now() / 1000 + LONGEST; });

  setInterval(() => {
    const now = Date.now() / 1000;
    if (now >= end) leave();
    else if (now >= end - WARNING && !dialog.open) dialog.showModal();
  }, 1000);
}

// left is how long there is. The clock of a borrowed phone may be wrong: then
// count from the moment the page was opened.
function left(end) {
  const seconds = end - Date.now() / 1000;
  return seconds > WARNING / 2 && seconds <= LONGEST + 5 ? seconds : LONGEST - 60;
}

function leave() {
  const back = encodeURIComponent(location.pathname);
  dispatchEvent(new Event("pagehide")); // what was typed goes out first
  document.documentElement.hidden = true;
  location.replace(`/sign-in?back=${back}`);
}
