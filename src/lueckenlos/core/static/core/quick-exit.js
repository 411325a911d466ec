// Leaves at once and puts the harmless page in the place of this one, so that "back" does not lead here.
const WITHIN = 600; // milliseconds between two presses of Esc

export function start(root) {
  const link = root.querySelector("[data-quick-exit]");
  if (!link) return;
  const leave = () => {
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < WITHIN) leave();
    last = event.timeStamp;
  });
}
