// Reads a part of the page with the browser's own voice, in the language the part is written in.
export function start(button) {
  const speech = window.speechSynthesis;
  const target = document.querySelector(button.dataset.readAloud);
  if (!speech || !target) {
    button.hidden = true;
    return;
  }
  const label = button.querySelector(".kern-label");
  const words = label.textContent;
  const show = (speaking) => {
    button.setAttribute("aria-pressed", String(speaking));
    label.textContent = speaking ? button.dataset.stop : words;
  };
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    show(!speaking);
    if (speaking) return;
    const language = target.closest("[lang]")?.lang || "de";
    const pieces = target.innerText.split(/\n+/).filter((piece) => piece.trim());
    pieces.forEach((piece, index) => {
      const said = new SpeechSynthesisUtterance(piece);
      said.lang = language;
      said.rate = 0.95;
      if (index === pieces.length - 1) said.onend = () => show(false);
      said.onerror = () => show(false);
      speech.speak(said);
    });
  });
  window.addEventListener("pagehide", () => speech.cancel());
}
