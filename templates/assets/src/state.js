// The line above a step's buttons: whether what was given is saved.
const SLOW = 600;
let timer = 0;

// say shows the words that the form keeps under a name. Those of something that
// is still going on come only when it takes long enough to wonder.
export function say(form, name, { late = false, time = "" } = {}) {
  clearTimeout(timer);
  const line = form.querySelector("[data-state]");
  const words = `${form.dataset[name]}${time && ` ${time}`}`;
  const show = () => {
    if (line.textContent !== words) line.textContent = words;
    line.toggleAttribute("data-late", late);
    if (late && covers(line, document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
  };
  if (name === "saving") timer = setTimeout(show, SLOW);
  else show();
}

// covers reports whether the line lies over what somebody writes in. Where they
// have scrolled on from it, to a button perhaps, the page stays as it is.
function covers(line, field) {
  const [a, b] = [line.getBoundingClientRect(), field.getBoundingClientRect()];
  return a.top < b.bottom && b.top < a.bottom;
}

// room keeps as much place as the longest of the words needs, from the first key
// on, so that none of them moves a button from under a finger when it comes.
export function room(form) {
  const line = form.querySelector("[data-state]");
  line.dataset.room ??= ["waiting", "unreached", "refused", "ended", "both"]
    .map((name) => form.dataset[name] ?? "").reduce((a, b) => (b.length > a.length ? b : a));
}

// hush takes back what has not been shown yet.
export const hush = () => clearTimeout(timer);
