// Keeps what somebody writes: sends a draft when they pause, and goes on trying while the line is down.
const PAUSE = 1500;
const AGAIN = 4000;

function start(form) {
  const state = form.querySelector("[data-autosave-state]");
  const seen = form.querySelector("[name=seen]");
  let timer = 0;
  let unsaved = false;
  let sending = false;

  const say = (which) => {
    state.hidden = false;
    state.textContent = state.dataset[which];
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    if (sending) return later(PAUSE);
    const body = new FormData(form);
    body.set("entwurf", "1");
    sending = true;
    unsaved = false;
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (answer.ok && told.saved) {
        seen.value = told.version;
        if (!unsaved) say("saved");
      } else if (answer.status === 409) {
        say("stale");
      } else if (answer.status !== 422) {
        throw new Error(String(answer.status));
      }
    } catch {
      unsaved = true;
      say("trying");
      later(AGAIN);
    } finally {
      sending = false;
    }
  }

  const wrote = () => {
    unsaved = true;
    later(PAUSE);
  };

  form.addEventListener("input", wrote);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    unsaved = false;
  });
  addEventListener("online", () => unsaved && save());
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  // On a slow line somebody writes before this script has come; a browser that went back brings words along too.
  const words = [...form.querySelectorAll("textarea, input[type=text]")];
  if (words.some((each) => each.value !== each.defaultValue)) wrote();
}

document.querySelectorAll("[data-autosave]").forEach(start);
