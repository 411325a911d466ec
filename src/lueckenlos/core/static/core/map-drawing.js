// Draws places: our municipalities as areas, services as points. The list says the same.
const VENDOR = new URL("../vendor/maplibre/", import.meta.url);
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export async function draw(box, canvas) {
  addStyles();
  const [maplibre, points, areas] = await Promise.all([
    import(new URL("maplibre-gl.mjs", VENDOR).href),
    load(box.dataset.map),
    load(box.dataset.areas),
  ]);
  canvas.hidden = false;
  maplibre.setWorkerUrl(new URL("maplibre-gl-worker.mjs", VENDOR).href);
  const map = new maplibre.Map({
    container: canvas,
    style: box.dataset.styleUrl || plainStyle(),
    bounds: boundsOf(points.features.length ? points : areas),
    fitBoundsOptions: { padding: 48, maxZoom: 14, animate: !still },
    attributionControl: false,
    locale: wordsOf(box),
    cooperativeGestures: true,
    fadeDuration: 0,
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.AttributionControl({ compact: true }));
  map.getCanvas().setAttribute("aria-label", box.dataset.label);
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", ({ error }) => reject(error));
  });
  addAreas(maplibre, map, areas);
  addPoints(maplibre, map, points);
  box.dataset.ready = "true";
}

function wordsOf({ dataset }) {
  return {
    "Map.Title": dataset.label,
    "Marker.Title": dataset.label,
    "NavigationControl.ZoomIn": dataset.zoomIn,
    "NavigationControl.ZoomOut": dataset.zoomOut,
    "AttributionControl.ToggleAttribution": dataset.sources,
    "CooperativeGesturesHandler.WindowsHelpText": dataset.wheel,
    "CooperativeGesturesHandler.MacHelpText": dataset.wheelMac,
    "CooperativeGesturesHandler.MobileHelpText": dataset.fingers,
  };
}

function addStyles() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("maplibre-gl.css", VENDOR).href;
  document.head.append(sheet);
}

async function load(address) {
  if (!address) return { type: "FeatureCollection", features: [] };
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function plainStyle() {
  const ground = { id: "ground", type: "background", paint: { "background-color": color("--l-sunk") } };
  return { version: 8, sources: {}, layers: [ground] };
}

function addAreas(maplibre, map, areas) {
  if (!areas.features.length) return;
  map.addSource("areas", { type: "geojson", data: areas, attribution: escaped(areas.attribution) });
  const fill = { "fill-color": color("--l-surface"), "fill-opacity": 0.8 };
  const line = { "line-color": color("--l-border"), "line-width": 1.2 };
  map.addLayer({ id: "areas", type: "fill", source: "areas", paint: fill });
  map.addLayer({ id: "borders", type: "line", source: "areas", paint: line });
  for (const area of areas.features) {
    const { name, label_lon: lon, label_lat: lat } = area.properties;
    const [west, south, east, north] = boundsOf({ features: [area] });
    const label = document.createElement("span");
    label.className = "l-map__label";
    label.ariaHidden = "true";
    label.textContent = name;
    const place = lon && lat ? [lon, lat] : [(west + east) / 2, (south + north) / 2];
    new maplibre.Marker({ element: label }).setLngLat(place).addTo(map);
  }
}

// MapLibre takes attributions as HTML; the county's is plain text.
function escaped(text = "") {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// Points are real buttons, in the order of the list, so that the keyboard reaches each.
function addPoints(maplibre, map, points) {
  for (const { geometry, properties } of points.features) {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = "l-map__mark";
    mark.setAttribute("aria-label", properties.name);
    const popup = new maplibre.Popup({ offset: 18, closeButton: false }).setDOMContent(described(properties));
    new maplibre.Marker({ element: mark }).setLngLat(geometry.coordinates).setPopup(popup).addTo(map);
  }
}

function described({ name, url, text }) {
  const box = document.createElement("div");
  box.className = "l-map__popup";
  const link = document.createElement(url ? "a" : "strong");
  link.textContent = name;
  if (url) link.href = url;
  box.append(link);
  if (text) box.append(document.createElement("br"), text);
  return box;
}

function boundsOf({ features }) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (part) => {
    if (typeof part[0] !== "number") return part.forEach(take);
    box[0] = Math.min(box[0], part[0]);
    box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]);
    box[3] = Math.max(box[3], part[1]);
  };
  features.forEach(({ geometry }) => take(geometry.coordinates));
  return Number.isFinite(box[0]) ? box : [5.9, 50.3, 9.5, 52.5];
}
