// Where somebody is in a text.

// put writes at the caret, so that the browser can undo it, and the form saves it.
export function put(field, text) {
  field.focus();
  let done = false;
  try { done = document.execCommand("insertText", false, text); } catch { /* not in this browser */ }
  if (done) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export const lineOf = (field) => field.value.slice(0, field.selectionStart).split("\n").length;

// caretTo goes to the beginning of a line, and shows it. How far down it is nobody
// can ask a browser, so a copy of the text above it is measured.
export function caretTo(field, line) {
  const lines = field.value.split("\n");
  const at = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, at + (lines[line - 1]?.length ?? 0));
  const top = heightOf(field, field.value.slice(0, at));
  field.scrollTop = Math.max(0, top - field.clientHeight / 3);
  const box = field.getBoundingClientRect();
  scrollBy({ top: box.top + top - field.scrollTop - innerHeight / 3 });
}

function heightOf(field, text) {
  const copy = field.cloneNode();
  copy.removeAttribute("id");
  copy.removeAttribute("name");
  copy.setAttribute("aria-hidden", "true");
  copy.className = "measure";
  copy.rows = 1;
  copy.value = text;
  field.after(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return height;
}
