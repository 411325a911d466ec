// Hands the address to the device's own sharing, or puts it on the clipboard.
export function start(button) {
  const label = button.querySelector(".kern-label");
  const words = label.textContent;
  if (!navigator.share && !navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", async () => {
    const url = new URL(button.dataset.share, window.location.href).href;
    try {
      if (navigator.share) {
        await navigator.share({ title: button.dataset.title, url });
        return;
      }
      await navigator.clipboard.writeText(url);
      label.textContent = button.dataset.done;
      setTimeout(() => (label.textContent = words), 4000);
    } catch (refusal) {
      if (refusal.name !== "AbortError") window.prompt(button.dataset.title, url);
    }
  });
}
