// Check answers on the spot: htmx puts the marked step in the page's place, and
// this moves the reader to what was said about their answer.

export function start(enhance) {
  let checked = "";
  document.addEventListener("htmx:before:response", (event) => {
    const ctx = event.detail.ctx;
    const raw = ctx.response.raw;
    checked = ctx.sourceElement.dataset.check ?? "";
    // Somewhere else answered, such as the sign-in page: go there.
    if (raw.redirected && new URL(raw.url).pathname !== location.pathname) {
      event.preventDefault();
      location.assign(raw.url);
    }
  });
  // After the swap the button that asked is gone, so this is heard on what came.
  document.addEventListener("htmx:after:settle", () => {
    enhance();
    document.dispatchEvent(new Event("touched"));
    if (checked) show(checked);
    checked = "";
  });
  // The network is away: let the browser send the form, and say so in its own way.
  document.addEventListener("htmx:error", (event) => {
    const button = event.detail.ctx?.sourceElement;
    if (button?.dataset.check && button.form?.isConnected) button.form.dispatchEvent(new Event("late"));
  });
}

function show(id) {
  const said = document.querySelectorAll(`#${CSS.escape(id)} [data-verdict]`);
  const place = document.querySelector("[data-focus]") ?? said[said.length - 1] ?? document.getElementById(id);
  if (!place) return;
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}
