// A word that the glossary explains opens its meaning where it stands. Without
// popovers the link goes to the list below the step, which is there anyway.

export function start() {
  if (!("popover" in HTMLElement.prototype)) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#c-term-']");
    const entry = link && document.getElementById(link.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    open(entry, link);
  });
}

function open(entry, link) {
  const box = document.createElement("div");
  const word = document.createElement("strong");
  const meaning = document.createElement("p");
  const close = document.createElement("button");
  box.popover = "auto";
  box.className = "meaning";
  box.dir = getComputedStyle(entry).direction;
  box.lang = entry.closest("[lang]").lang; // the course's; the button is the page's
  close.lang = document.documentElement.lang;
  word.textContent = entry.querySelector("dt").textContent;
  meaning.append(...entry.querySelector("dd").cloneNode(true).childNodes);
  close.type = "button";
  close.className = "second";
  close.textContent = entry.parentElement.dataset.close;
  close.addEventListener("click", () => box.hidePopover());
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    box.remove();
    link.focus();
  });
  box.append(word, meaning, close);
  document.body.append(box);
  box.showPopover();
  close.focus();
}
