// Words to start from: a press puts them into the box that had the focus last,
// where the person goes on. Without scripts they are words to read.
const started = new WeakSet();

export function enhance(fold) {
  if (started.has(fold)) return;
  started.add(fold);
  const about = fold.closest(".act");
  let last = null;
  about.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) last = event.target; });

  for (const item of fold.querySelectorAll(".openings li")) {
    const press = document.createElement("button");
    press.type = "button";
    press.className = "second";
    press.append(...item.childNodes);
    press.addEventListener("click", () => begin(box(), press.textContent.trim().replace(/…$/, " ")));
    item.append(press);
  }

  const seen = (field) => field?.offsetParent;
  const box = () => (seen(last) ? last : [...about.querySelectorAll("textarea")].find(seen));
}

// begin writes on a line of its own, after what stands there already.
function begin(field, words) {
  if (!field) return;
  const before = field.value.trimEnd();
  field.value = before ? `${before}\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
