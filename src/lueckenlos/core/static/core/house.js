// Starts the small modules a page asks for; every page works without them.
import { start as quickExit } from "./quick-exit.js";

const modules = {
  "[data-read-aloud]": "./read-aloud.js",
  "[data-nearby]": "./nearby.js",
  "[data-map]": "./map.js",
  "[data-share]": "./share.js",
  "[data-dialog]": "./dialog.js",
};

const started = new WeakSet();

export async function enliven(root) {
  for (const element of root.querySelectorAll(".l-needs-js")) element.hidden = false;
  for (const [selector, address] of Object.entries(modules)) {
    const found = [...root.querySelectorAll(selector)].filter((element) => !started.has(element));
    if (!found.length) continue;
    found.forEach((element) => started.add(element));
    const module = await import(address);
    found.forEach((element) => module.start(element));
  }
}

quickExit(document);
enliven(document);
document.querySelector("[data-focus]")?.focus();
// Parts that htmx puts in later get the same treatment.
document.addEventListener("htmx:load", (event) => enliven(event.target));
// A drop-down closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".l-drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
