// What somebody gives while the step is on its way to the server, so that it can
// be put into the step that comes back.

const chosen = (field) => /^(radio|checkbox)$/.test(field.type);

// given is what stands in a form's fields now. Places in an order are left out:
// their list is put in order as it is sent.
export const given = (form) => [...form.elements]
  .filter((field) => field.id && /^(INPUT|TEXTAREA)$/.test(field.tagName))
  .map((field) => ({ id: field.id, as: chosen(field) ? field.checked : field.value, here: field === document.activeElement, at: field.selectionStart }));

// restore puts it back as if it was typed again, and the reader where they were.
// It reports whether there was anything.
export function restore(fields) {
  for (const { id, as, here, at } of fields) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (chosen(field)) field.checked = as;
    else field.value = as;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (!here) continue;
    field.focus({ preventScroll: true });
    if (at != null) field.setSelectionRange(at, at);
  }
  return fields.length > 0;
}
