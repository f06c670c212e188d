// A button that prints, where there is a script to do it.

export function start() {
  const box = document.querySelector("[data-print-box]");
  if (!box) return;
  box.hidden = false;
  box.querySelector("[data-print]").addEventListener("click", () => print());
}
