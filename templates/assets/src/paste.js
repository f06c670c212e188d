// What somebody pastes or drops into a text: from a word processor as Markdown,
// pictures and recordings by way of the page that asks what they show.
import { lineOf, put } from "./caret.js";
import { say } from "./state.js";

const LONGEST = 30000;

// An office's or a page's HTML says more than its plain text; what is plain stays so.
const says = (html) => /<(h[1-6]|li|strong|b|em|i|a|table|blockquote)\b|mso-list|font-weight:\s*(bold|[6-9]00)/i.test(html);

export function paste(form, field) {
  if (!form.dataset.paste) return;
  let plain = false; // Ctrl+Shift+V
  field.addEventListener("keydown", (event) => { plain = event.shiftKey && event.key.toLowerCase() === "v"; });
  field.addEventListener("paste", async (event) => {
    const { clipboardData } = event;
    if (file(clipboardData)) { event.preventDefault(); return offer(form, field, file(clipboardData)); }
    const html = clipboardData.getData("text/html"), text = clipboardData.getData("text/plain");
    if (plain || !html || !says(html)) return;
    event.preventDefault();
    const from = field.selectionStart, to = field.selectionEnd, was = field.value;
    try {
      const body = new FormData();
      body.set("whose", form.whose?.value ?? "");
      body.set("html", new Blob([html], { type: "text/html" }));
      const answer = await fetch(form.dataset.paste, { method: "POST", body, headers: { "HX-Request": "true" }, signal: late() });
      if (answer.status !== 200 || answer.redirected) throw answer;
      if (field.value === was) field.setSelectionRange(from, to);
      put(field, await answer.text());
      if (Number(answer.headers.get("Left-Out"))) say(form, "pictures", { late: true });
    } catch { put(field, text); } // the words at least
  });
}

export function drop(form, field) {
  field.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault(); // a browser would open it, and leave the text
    const dropped = file(event.dataTransfer);
    if (dropped) offer(form, field, dropped);
    else say(form, "document", { late: true });
  });
}

const file = (transfer) => [...(transfer?.files ?? [])].find((one) => /^(image|audio|video)\//.test(one.type));

// offer sends a file to the page that asks what it shows. What was typed is stored first.
function offer(form, field, given) {
  const media = document.querySelector("form[data-media-form]");
  if (!media) return say(form, "pictures", { late: true });
  const files = new DataTransfer();
  files.items.add(given);
  media.querySelector("input[type=file]").files = files.files;
  media.line.value = lineOf(field);
  say(form, "sending", { late: true });
  media.requestSubmit();
}

function late() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), LONGEST);
  return stop.signal;
}
