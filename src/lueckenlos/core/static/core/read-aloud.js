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
    const pieces = piecesOf(target);
    pieces.forEach(({ text, language }, index) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = language;
      said.rate = 0.95;
      if (index === pieces.length - 1) said.onend = () => show(false);
      said.onerror = () => show(false);
      speech.speak(said);
    });
  });
  window.addEventListener("pagehide", () => speech.cancel());
}

// Each paragraph with its own language: what is not translated yet stands there in German.
function piecesOf(target) {
  const paragraphs = [...target.querySelectorAll("p, li, dt, dd")];
  return (paragraphs.length ? paragraphs : [target]).flatMap((part) => {
    const language = (part.closest("[lang]")?.lang || "de").split("-x-")[0];
    const texts = part.innerText.split(/\n+/).filter((text) => text.trim());
    return texts.map((text) => ({ text, language }));
  });
}
