// Opens dialogs as real ones; without this module their address shows them.
export function start(link) {
  link.addEventListener("click", (event) => {
    const dialog =
      link.dataset.dialog === "close" ? link.closest("dialog") : document.querySelector(link.getAttribute("href"));
    if (!dialog?.showModal) return;
    event.preventDefault();
    if (link.dataset.dialog === "close") {
      dialog.close();
      return;
    }
    dialog.showModal();
  });
}
