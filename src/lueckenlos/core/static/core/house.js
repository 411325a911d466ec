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

const owned = Object.keys(modules).join();

export async function enliven(root) {
  for (const element of root.querySelectorAll(".l-needs-js")) {
    if (!element.closest(owned)) element.hidden = false;
  }
  await Promise.all(Object.entries(modules).map((each) => startAll(root, ...each)));
}

async function startAll(root, selector, address) {
  const found = [...root.querySelectorAll(selector)].filter((element) => !started.has(element));
  if (!found.length) return;
  found.forEach((element) => started.add(element));
  const module = await import(address);
  for (const element of found) {
    // Not before it works: a button that does nothing yet is not shown.
    for (const part of [element, ...element.querySelectorAll(".l-needs-js")]) {
      if (part.matches(".l-needs-js")) part.hidden = false;
    }
    module.start(element);
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
// Who taps twice means it once: the second sending would end on the page of a deed that is already done.
// A form whose answer is a file stays open and can be sent again in a moment.
const TWICE = 2000;
const sentAt = new WeakMap();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const now = event.timeStamp;
  if (now - (sentAt.get(event.target) ?? -TWICE) < TWICE) event.preventDefault();
  else sentAt.set(event.target, now);
});
