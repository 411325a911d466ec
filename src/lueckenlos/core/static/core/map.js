// A map on demand: what draws it comes when somebody asks for it.
export function start(box) {
  const button = box.querySelector("[data-map-open]");
  const canvas = box.querySelector(".l-map__canvas");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { draw } = await import("./map-drawing.js");
      await draw(box, canvas);
      button.parentElement.hidden = true;
    } catch {
      canvas.hidden = true;
      button.disabled = false;
      button.parentElement.append(document.createTextNode(` ${box.dataset.failed}`));
    }
  });
}
