// Put in order: buttons instead of numbers. The numbers stay in the form, out
// of sight, so that what is sent is the same.
const started = new WeakSet();

export function enhance(list) {
  if (started.has(list)) return;
  started.add(list);
  const rows = () => [...list.children];
  const number = (row) => row.querySelector("select");
  const said = list.parentElement.querySelector("[data-said]");

  const write = () => rows().forEach((row, i) => { number(row).value = String(i + 1); });
  const ends = () => rows().forEach((row, i, all) => {
    row.querySelector("[data-move='-1']").setAttribute("aria-disabled", i === 0);
    row.querySelector("[data-move='1']").setAttribute("aria-disabled", i === all.length - 1);
  });

  list.append(...rows().sort((a, b) => (number(a).value || 99) - (number(b).value || 99)));
  for (const row of rows()) {
    number(row).hidden = true;
    row.querySelector(".moves").hidden = false;
  }
  ends();

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const row = button.closest("li");
    if (button.dataset.move === "1") row.nextElementSibling.after(row);
    else row.previousElementSibling.before(row);
    write();
    ends();
    button.focus();
    said.textContent = `${row.querySelector("label span").textContent} ${list.dataset.moved} ${rows().indexOf(row) + 1}`;
    list.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Whoever asks to check has chosen the order that they see. Before htmx reads the form.
  list.closest("form").addEventListener("click", (event) => {
    if (event.target.closest("[data-check]")?.closest(".act") === list.closest(".act")) write();
  }, true);
}
