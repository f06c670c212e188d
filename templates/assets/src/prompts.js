// A reflection's questions, one on the screen at a time.
const started = new WeakSet();

export function enhance(box) {
  const prompts = [...box.querySelectorAll(".prompt")];
  if (started.has(box) || prompts.length < 2) return;
  started.add(box);

  const turn = document.createElement("div");
  const where = document.createElement("span");
  const button = (words, step) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "second";
    b.textContent = words;
    b.addEventListener("click", () => { show(at + step); prompts[at].querySelector("textarea").focus(); });
    return b;
  };
  const back = button(box.dataset.back, -1);
  const on = button(box.dataset.on, 1);
  turn.className = "turn";
  turn.lang = document.documentElement.lang; // words of the page, amid the course's
  turn.append(back, on, where);
  box.append(turn);

  let at = 0;
  function show(number) {
    at = number;
    prompts.forEach((prompt, i) => { prompt.hidden = i !== at; });
    back.hidden = at === 0;
    on.hidden = at === prompts.length - 1;
    where.textContent = `${at + 1} ${box.dataset.of} ${prompts.length}`;
  }
  show(Math.max(0, prompts.findIndex((prompt) => prompt.querySelector(".error"))));
  // A link from the summary of errors, or from anywhere, opens the one it means.
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.("a[href^='#']")?.hash.slice(1);
    const found = prompts.findIndex((prompt) => id && prompt.contains(document.getElementById(id)));
    if (found >= 0) show(found);
  });
}
