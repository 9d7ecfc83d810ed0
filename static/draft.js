// Keeps what is filled in about a contact: every change is saved on the server
// as a draft, at once or half a second after the last letter. What has not
// been saved yet lies in the browser too, under the user and the contact, and
// is taken away when it has been. The report waits for both.

import { heard } from "./clock.js";
import { add, changed, check, post, send, tell, uuid } from "./line.js";

const form = document.querySelector("form[data-draft]");
const kept = `utkast ${document.body.dataset.user} ${form?.dataset.draft}`;
const typingPause = 400; // milliseconds

let dirty = false; // something has changed since it was last sent
let wish = null; // the button of a report that waits: {name, value}
let leaving = false, timer;

// fields is what stands in the form, ready to be sent.
export function fields() {
  const body = new URLSearchParams(new FormData(form));
  body.set("form_id", uuid());
  return body;
}

// fill puts texts into the controls that a user fills in. A choice that is not
// offered leaves the one that is there.
export function fill(texts, within = form) {
  for (const control of within.querySelectorAll("input, textarea, select")) {
    if (control.type === "hidden" || control.readOnly) continue;
    const all = texts.getAll(control.name);
    if (control.type === "checkbox") control.checked = all.includes(control.value);
    else if (control.type === "radio") control.checked ||= all.includes(control.value);
    else if (all.length > 0) control.value = all[0];
  }
}

function keep() {
  try {
    if (dirty || wish) localStorage.setItem(kept, JSON.stringify({ fields: String(fields()), wish }));
    else localStorage.removeItem(kept);
  } catch {
    // no room in the browser: the draft on the server is all there is
  }
}

// touch takes note of a change and saves it soon.
function touch(pause) {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

function flush() {
  keep();
  changed();
  send();
}

function showSaved(clock) {
  let line = document.getElementById("saved");
  if (!line) {
    line = document.createElement("span");
    line.id = "saved";
    line.className = "end saved";
    document.querySelector(".round-in")?.append(line);
  }
  line.textContent = `Sparat ${clock}`;
}

async function save() {
  dirty = false; // what changes from here on is another change
  try {
    const { response, sent, received } = await post(form.dataset.draft, fields(), "application/json");
    const answer = await response.json();
    if (response.ok) {
      heard(answer.now, sent, received);
      form.elements.revision.value = answer.revision;
      showSaved(answer.saved);
      if (String(answer.version) !== form.elements.version.value) changedElsewhere();
    } else if (answer.conflict) {
      leave(form.dataset.draft); // the server shows both, to choose from
    } else {
      wish = null;
      tell("Inte sparat", answer.message);
      return; // the copy in the browser stays
    }
  } catch (error) {
    dirty = true;
    throw error;
  }
  keep();
}

function changedElsewhere() {
  tell("Kontakten har ändrats i ett annat fönster", "Det du har fyllt i är sparat som utkast.",
    [location.pathname, "", "Ladda om sidan för att se hur den står"]);
}

// unchosen says that there are two versions to choose between first.
function unchosen() {
  const choice = document.getElementById("conflict");
  if (!choice) return false;
  tell("Välj först vad som ska gälla", "Kontakten är sparad på två ställen. Välj rad för rad, och tryck på Fyll i det jag valt.");
  choice.tabIndex = -1; // the heading: the same Enter on a choice could send it
  choice.focus();
  return true;
}

// leave sends the form the way it is sent without script.
function leave(address) {
  leaving = true;
  if (wish?.name) {
    const button = document.createElement("input");
    [button.type, button.name, button.value] = ["hidden", wish.name, wish.value];
    form.append(button);
  }
  wish = null;
  localStorage.removeItem(kept);
  form.action = address;
  form.submit();
}

async function report() {
  await check();
  leave(form.action);
}

// restore takes up what an earlier page in this browser could not send.
function restore() {
  const stored = JSON.parse(localStorage.getItem(kept) ?? "null");
  if ("answers" in form.dataset) return touch(0); // the page was sent what stood in it, and says more
  if (!stored) return;
  const texts = new URLSearchParams(stored.fields);
  const other = texts.get("attempt") !== (form.elements.attempt?.value ?? null);
  if (other || form.querySelector("fieldset:disabled")) {
    localStorage.removeItem(kept);
    tell("Ett utkast togs bort", "Det hörde till en kontakt som har rapporterats på annat håll sedan dess.");
    return;
  }
  for (const box of form.querySelectorAll('input[type="radio"]')) box.checked = false;
  fill(texts);
  form.elements.revision.value = texts.get("revision"); // the server sees if another page has saved since
  wish = stored.wish;
  touch(0);
}

function submitted(event) {
  const button = event.submitter;
  const elsewhere = button?.getAttribute("formaction");
  if (event.defaultPrevented || (elsewhere && elsewhere !== form.dataset.draft)) return;
  event.preventDefault();
  if (unchosen()) return;
  if (elsewhere) return touch(0); // "Spara utkast"
  wish = { name: button?.name, value: button?.value };
  clearTimeout(timer);
  setTimeout(flush); // after the page has shown that the key was taken
}

// part says that no line takes the last change with the page: it is sent while
// the browser closes it, and lies in the browser until somebody looks.
function part() {
  if (!dirty || leaving) return;
  keep();
  fetch(form.dataset.draft, { method: "POST", body: fields(), headers: { Accept: "application/json" }, keepalive: true })
    .catch(() => {});
}

if (form) {
  add({ next: () => (dirty && !leaving ? save : null), count: () => Number(dirty) });
  add({
    next: () => (wish && !leaving ? report : null), count: () => 0,
    words: () => (wish ? "Sedan sparas kontakten, och du kommer vidare." : ""),
  });
  restore();
  form.addEventListener("input", ({ target }) => touch(/radio|checkbox|select/.test(target.type) ? 0 : typingPause));
  form.addEventListener("submit", submitted);
  addEventListener("pagehide", part);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
