// What makes pages quicker and kinder where scripts run. Every page works
// without any of it.
import "./htmx.js";
import { start as step } from "./step.js";
import { start as leave } from "./leave.js";
import { start as idle } from "./idle.js";
import { start as terms } from "./terms.js";
import { start as print } from "./print.js";
import { start as queue } from "./queue.js";
import { enhance as autosave } from "./autosave.js";
import { enhance as order } from "./order.js";
import { enhance as prompts } from "./prompts.js";
import { enhance as starters } from "./starters.js";

// enhance runs on the page, and again on what htmx put in its place.
function enhance() {
  for (const [what, how] of [["[data-step], [data-reply], [data-write]", autosave], ["[data-order]", order], ["[data-prompts]", prompts], ["[data-starters]", starters]]) {
    for (const element of document.querySelectorAll(what)) how(element);
  }
}

leave();
idle();
terms();
print();
queue();
step(enhance);
enhance();
document.querySelector("[data-focus]")?.focus();
