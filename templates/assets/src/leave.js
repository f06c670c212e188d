// Leave: the page is gone before the network answers. Shift three times within
// five seconds does the same.
const WITHIN = 5000;

export function start() {
  const way = document.querySelector("[data-leave]");
  if (!way) return;
  const go = () => { // the whole window, also out of a preview in a frame
    top.document.documentElement.hidden = true;
    top.dispatchEvent(new Event("pagehide")); // what was typed goes out before the session ends
    top.location.replace(way.href);
  };
  way.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    go();
  });

  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    presses = [...presses, Date.now()].filter((at) => Date.now() - at < WITHIN);
    if (presses.length === 3) go();
  });

  // A page that the browser kept must not come back after leaving or signing out.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
