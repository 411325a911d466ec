// Fills the form's own coordinates, rounded to about a hundred meters; nothing goes anywhere but into the form.
const STEP = 1000;
const rounded = (degrees) => (Math.round(degrees * STEP) / STEP).toFixed(3);

export function start(button) {
  const form = document.querySelector(button.dataset.nearby);
  if (!form || !navigator.geolocation) {
    button.hidden = true;
    return;
  }
  const note = button.parentElement.querySelector("[data-nearby-note]");
  const say = (text) => {
    if (!note) return;
    note.textContent = text;
    note.hidden = !text;
  };
  button.addEventListener("click", () => {
    say(button.dataset.busy);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say("");
        put(form, "lat", rounded(coords.latitude));
        put(form, "lon", rounded(coords.longitude));
        form.requestSubmit();
      },
      () => say(button.dataset.denied),
      { maximumAge: 300000, timeout: 10000 },
    );
  });
}

function put(form, name, value) {
  let field = form.elements.namedItem(name);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}
