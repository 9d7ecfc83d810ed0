// Keyboard commands. The page says which key does what (data-keys on body;
// absent when the user has switched them off) and its controls say which
// command they are (data-command). A key clicks its control, so a command is
// never more than what can be seen and clicked. Hints are added here, so that
// they stand only where keys work. WCAG 2.1.4: off, changed, or left alone in
// text fields.

const keys = JSON.parse(document.body.dataset.keys ?? "{}");
const arrows = { arrowleft: "←", arrowright: "→" };
// Commands that have no control of their own.
const titles = {
  "turn-back": "Föregående fråga", "turn-on": "Nästa fråga", search: "Gå till sökrutan", help: "Visa den här listan",
};
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let turn = null; // id of the criterion that the digits go to

const usable = (control) => control.matches("a[href], :enabled") && control.checkVisibility();
const controls = (name) => [...document.querySelectorAll(`[data-command="${name}"]`)].filter(usable);
const radios = (group) => [...group.querySelectorAll('input[type="radio"]')];
const groups = () => [...document.querySelectorAll("fieldset.rate")]
  .filter((group) => group.checkVisibility() && radios(group).some((radio) => radio.matches(":enabled")));
const rated = (group) => radios(group).some((radio) => radio.checked);
const searchBox = () => [...document.querySelectorAll('[data-command="search"], input[type="search"]')].find(usable);
const shown = (key) => key.charAt(0).toUpperCase() + key.slice(1);

function label(control) {
  const place = (control.labels?.[0] ?? control).cloneNode(true);
  for (const extra of place.querySelectorAll("kbd, .vh, .tm, .since, .a")) extra.remove();
  return place.textContent.trim().replace(/\s+/g, " ");
}

/* The criterion in turn. */

function mark(id) {
  turn = id;
  for (const group of document.querySelectorAll("fieldset.rate")) {
    group.classList.toggle("rate-turn", group.id === turn);
    radios(group).slice(0, 4).forEach((radio, i) => {
      if (group.id === turn) radio.setAttribute("aria-keyshortcuts", shown(keys[`level-${i + 1}`]));
      else radio.removeAttribute("aria-keyshortcuts");
    });
  }
  explain();
}

// follow moves the turn to the first criterion that is not rated, counted from
// one that has just been. When all are it stays, so that digits change it.
function follow(from) {
  const list = groups(), at = list.findIndex((group) => group.id === from) + 1;
  const next = [...list.slice(at), ...list.slice(0, at)].find((group) => !rated(group));
  mark((next ?? list[at - 1] ?? list.at(-1))?.id ?? null);
}

const allRated = () => groups().every(rated);

// explain says what the digits do.
function explain() {
  const line = document.getElementById("turn");
  if (!line) return;
  const [first, after] = line.children;
  line.hidden = groups().length === 0;
  after.hidden = !allRated();
  first.hidden = !after.hidden;
  if (after.querySelector("kbd")) return;
  for (const name of ["turn-back", "turn-on"]) {
    const kbd = document.createElement("kbd");
    kbd.textContent = shown(keys[name]);
    after.append(" ", kbd);
  }
  after.append(".");
}

// show brings the criterion in turn into view and tells a reader its name.
function show() {
  const group = turn && document.getElementById(turn);
  if (!group) return;
  say(`${allRated() ? "Alla frågor är bedömda. " : ""}I tur: ${label(group.querySelector("legend"))}`);
  group.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function step(by) {
  const list = groups(), at = list.findIndex((group) => group.id === turn);
  const to = at < 0 ? (by < 0 ? list.length - 1 : 0) : at + by;
  if (!list[to]) return false;
  mark(list[to].id);
  show();
  return true;
}

function rate(n) {
  const group = turn && document.getElementById(turn);
  const radio = group && radios(group)[n - 1];
  if (!radio || !usable(radio)) return false;
  radio.click(); // the change moves the turn
  show();
  return true;
}

const said = document.createElement("p");
said.className = "vh";
said.setAttribute("role", "status");

function say(words) { said.textContent = words; }

/* Keys. */

const typing = (el) => el.isContentEditable ||
  el.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

function act(name) {
  const level = /^level-(\d)$/.exec(name);
  if (level) return rate(Number(level[1]));
  if (name === "turn-back" || name === "turn-on") return step(name === "turn-back" ? -1 : 1);
  if (name === "help") return list();
  if (name === "search") {
    searchBox()?.focus();
    return Boolean(searchBox());
  }
  const control = controls(name)[0];
  control?.click();
  return Boolean(control);
}

// taken says that the browser has a use of its own for the key where the focus is.
function taken(key, at) {
  if (key === "enter") return at.matches("button, a, summary");
  return (key === "←" || key === "→") && at.matches("input, summary, [tabindex]");
}

function pressed(event) {
  const at = event.target;
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && typing(at)) return at.blur();
  const low = event.key.toLowerCase(), key = arrows[low] ?? low;
  const sign = key.length === 1 && !/[\p{L}\p{N}←→]/u.test(key); // "?" and "/" are typed with Shift
  if (typing(at) || taken(key, at) || event.repeat || event.ctrlKey || event.altKey || event.metaKey ||
    event.getModifierState("AltGraph") || (event.shiftKey && !sign)) return;
  for (const [name, own] of Object.entries(keys)) {
    if (own === key && act(name)) return event.preventDefault();
  }
}

/* Hints and the list of keys. */

function hint(place, key) {
  if (!key || !place || place.querySelector(":scope > kbd")) return;
  const kbd = document.createElement("kbd");
  kbd.textContent = shown(key);
  kbd.setAttribute("aria-hidden", "true"); // aria-keyshortcuts says it
  place.append(" ", kbd);
}

function hints() {
  for (const control of document.querySelectorAll("[data-command]")) {
    const key = keys[control.dataset.command];
    if (!key) continue;
    control.setAttribute("aria-keyshortcuts", shown(key));
    if (!control.matches('input:not([type="radio"], [type="checkbox"])')) {
      hint(control.querySelector(".p") ?? control.labels?.[0] ?? control, key);
    }
  }
  for (const group of groups()) radios(group).forEach((radio, i) => hint(radio.labels[0], keys[`level-${i + 1}`]));
}

// lines lists the keys that do something on the page as it stands.
function lines() {
  const found = [], rating = groups().length > 0;
  for (const [name, key] of Object.entries(keys)) {
    const control = controls(name)[0];
    if (name.startsWith("turn-") ? rating : name === "help" || (name === "search" && searchBox())) found.push([key, titles[name]]);
    else if (control) found.push([key, label(control)]);
  }
  if (rating) found.push([[1, 2, 3, 4].map((n) => shown(keys[`level-${n}`])).join(" "), "Nivå i frågan som är i tur"]);
  found.push(["esc", "Lämna ett textfält"]);
  return found;
}

function list() {
  const box = document.createElement("dialog");
  box.className = "panel keys";
  box.setAttribute("aria-labelledby", "keys-h");
  box.innerHTML = `<header><h2 id="keys-h">Tangenter på sidan</h2></header><div class="in stack"><dl class="kv"></dl>
    <form method="dialog" class="row"><a href="/tangenter">Ändra eller stäng av</a><button class="btn push" autofocus>Stäng</button></form></div>`;
  for (const [key, words] of lines()) {
    const term = document.createElement("dt"), meaning = document.createElement("dd");
    hint(term, key);
    term.firstElementChild.removeAttribute("aria-hidden");
    meaning.textContent = words;
    box.querySelector("dl").append(term, meaning);
  }
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return true;
}

function refresh() {
  hints();
  if (turn && document.getElementById(turn)) mark(turn);
  else follow(null);
}

if (Object.keys(keys).length > 0) {
  document.body.append(said);
  refresh();
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", ({ target }) => {
    if (target.type === "radio" && target.closest("fieldset.rate")) follow(target.closest("fieldset.rate").id);
  });
  document.addEventListener("focusin", ({ target }) => {
    const group = target.closest("fieldset.rate");
    if (group && allRated()) mark(group.id);
  });
  document.addEventListener("replaced", refresh); // call.js has put new parts in place
}
