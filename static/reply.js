// The form about a reply: what is pasted is read, and what is typed is counted,
// by the server, as the buttons "Läs av texten" and "Räkna" do without script.

import { fields } from "./draft.js";

const form = document.querySelector("form[data-read]");
const filled = ["kind", "came_day", "came_clock", "gave_name", "gave_title", "gave_phone", "text"];
let waiting = null, running = null;

const controls = (of, name) => [...of.querySelectorAll(`form[data-read] [name="${name}"]`)];

// fill takes over what the server filled in, where nothing has changed since.
function fill(page, sent) {
  for (const theirs of filled.flatMap((name) => controls(page, name))) {
    const own = controls(document, theirs.name);
    if (theirs.type === "radio" || theirs.type === "checkbox") {
      if (theirs.checked && !own.some((one) => one.checked)) own.find((one) => one.value === theirs.value).click();
    } else if (own[0]?.value === (sent.get(theirs.name) ?? "").replaceAll("\r\n", "\n")) {
      own[0].value = theirs.value;
    }
  }
}

function show(page, id) {
  const part = page.getElementById(id);
  if (part) document.getElementById(id)?.replaceChildren(...part.childNodes);
}

// read asks the server; a newer question takes the place of an older one.
async function read(withText) {
  running?.abort();
  const mine = running = new AbortController();
  const sent = fields(), body = new URLSearchParams(sent);
  if (!withText) body.delete("text"); // only counted: what is being written stays as it is
  try {
    const answer = await fetch(form.dataset.read, { method: "POST", body, signal: mine.signal });
    if (!answer.ok || running !== mine) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page, "part-counted");
    if (!withText) return;
    show(page, "part-found");
    fill(page, sent);
    form.dispatchEvent(new Event("input", { bubbles: true })); // it is a change as any other
  } catch {
    // Without a line the buttons are still there.
  }
}

if (form) {
  form.addEventListener("submit", () => { // what the page is left for is read there
    clearTimeout(waiting);
    running?.abort();
    running = null;
  });
  form.addEventListener("paste", ({ target }) => {
    if (target.name === "text") setTimeout(() => read(true));
  });
  form.addEventListener("input", ({ target }) => {
    if (!/_(day|clock)$|^kind$|^same$/.test(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => read(false), 400);
  });
}
