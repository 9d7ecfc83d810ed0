// The phases of a call, pressed without leaving the page. A press shows at
// once and stands in a queue in the browser until the server has answered it;
// it is sent with an id of its own, and with how long ago it was by the
// server's clock. Then the parts of the page (data-part) are exchanged for
// what the server says.

import { clockText, heard, now, tick } from "./clock.js";
import { fields, fill } from "./draft.js";
import { add, changed, post, send, tell, uuid } from "./line.js";

const form = document.getElementById("call");
const place = `tryck ${document.body.dataset.user} ${form?.dataset.draft}`;
const own = `${place} ${form?.elements.writer?.value}`; // two tabs must not write over each other
const immediate = 250; // milliseconds: what is sent within them is sent when it was pressed

let queue = []; // {id, address, phase, at}: at is the server's instant, in milliseconds
let floor = 0; // no press can be before the one that was answered last

/* The queue. */

function keep() {
  try {
    if (queue.length > 0) localStorage.setItem(own, JSON.stringify(queue));
    else localStorage.removeItem(own);
  } catch {
    // no room in the browser: the queue lives as long as the page
  }
}

// inherit takes over what an earlier page about the contact could not send.
function inherit() {
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith(`${place} `) && k !== own)) {
    queue.push(...JSON.parse(localStorage.getItem(key)));
    localStorage.removeItem(key);
  }
  queue.sort((a, b) => a.at - b.at);
  keep();
}

async function sendFirst() {
  const press = queue[0], body = fields();
  const at = Math.max(press.at, floor), ago = Math.round(now() - at);
  body.set("form_id", press.id);
  if (press.phase) body.set("phase", press.phase);
  if (ago > immediate) body.set("ago", ago);
  const { response, sent, received } = await post(press.address, body, "text/html, application/json");
  queue.shift();
  keep();
  if (response.headers.get("Content-Type")?.startsWith("application/json")) {
    tell("Trycket räknades inte", (await response.json()).message);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  heard(page.body.dataset.now, sent, received);
  floor = ago > immediate ? Date.parse(page.body.dataset.now) - ago : 0;
  take(page);
}

/* What the server says. */

function take(page) {
  const fresh = page.getElementById("call");
  if (!fresh) return location.reload(); // the contact is somebody else's now
  for (const name of ["version", "attempt", "revision"]) {
    form.elements[name].value = fresh.elements[name].value;
  }
  if (queue.length > 0) return; // the page shows more than the server knows yet
  const typed = fields(), focus = focused();
  for (const part of page.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    old.replaceWith(part);
    fill(typed, part);
  }
  document.dispatchEvent(new Event("replaced"));
  draw.pressed = read();
  restoreFocus(focus);
}

// focused says where the focus is, in words that hold in the new part too.
function focused() {
  const el = document.activeElement;
  if (!el?.closest("[data-part]")) return null;
  const by = (name) => el.getAttribute(name) && `[${name}="${CSS.escape(el.getAttribute(name))}"]`;
  const selector = el.id ? `#${CSS.escape(el.id)}` : [by("name"), by("value"), by("data-command"), by("href")].filter(Boolean).join("");
  return selector && { selector: el.tagName + selector, at: el.selectionStart, to: el.selectionEnd };
}

function restoreFocus(was) {
  if (!was || document.activeElement !== document.body) return;
  const el = document.querySelector(was.selector) ?? document.querySelector(".ph-next");
  el?.focus({ preventScroll: true });
  if (typeof was.at === "number" && el?.setSelectionRange) el.setSelectionRange(was.at, was.to);
}

/* What is shown until then. */

// What can be pressed after each phase, what is expected first.
const after = {
  "": ["dial"], dial: ["answer", "connect", "end"], answer: ["forward", "connect", "end"],
  forward: ["connect", "forward", "end"], connect: ["end"], end: [],
};
const strip = () => [...form.querySelectorAll('button[name="phase"]')];

// read tells from the strip which phases have been pressed, in their order.
const read = () => strip().filter((b) => b.matches(".ph-done, .ph-now")).map((b) => b.value);

function draw(pressed) {
  draw.pressed = pressed;
  const newest = pressed.at(-1) ?? "", possible = after[newest];
  for (const b of strip()) {
    const kind = b.value === newest ? " ph-now" : pressed.includes(b.value) ? " ph-done" : b.value === possible[0] ? " ph-next" : "";
    b.className = `ph${kind}`;
    b.disabled = !possible.includes(b.value);
    if (b.value === newest) b.setAttribute("aria-current", "step");
    else b.removeAttribute("aria-current");
  }
}

// stand stops what counts as soon as the key that ends it has been pressed, and
// lets it go on when that is undone.
function stand() {
  const ended = draw.pressed.includes("end"), waited = ended || draw.pressed.includes("connect");
  tick(); // it stops at the instant of the press
  const still = { "part-clock": ended, "part-phases": ended, "part-wait": waited, "part-access": waited };
  for (const [id, stands] of Object.entries(still)) document.getElementById(id).toggleAttribute("data-still", stands);
}

// begun shows the clock and the ways to save when Ringer has been pressed and
// the server does not know yet: without a line the whole call can be made.
function begun() {
  const on = draw.pressed.includes("dial"), dial = queue.find((p) => p.phase === "dial");
  for (const part of document.querySelectorAll("[data-dialled]")) part.hidden = !on;
  for (const part of document.querySelectorAll("[data-undialled]")) part.hidden = on;
  const clock = document.querySelector("[data-dialled] .clock");
  if (clock && dial) clock.dataset.since = new Date(dial.at).toISOString();
  stand();
  document.dispatchEvent(new Event("pressed"));
}

function write(phase, text) {
  const button = strip().find((b) => b.value === phase);
  button?.querySelector(".since")?.remove();
  if (button) button.querySelector(".tm").textContent = text;
}

function reach(yes) {
  const reached = form.querySelector('input[name="outcome"][value="reached"]');
  if (reached) reached.checked = yes;
}

function show(phase, at) {
  if (phase) {
    write(phase, clockText(at, true));
    if (phase === "connect") reach(true);
    draw([...draw.pressed, phase]);
    return begun();
  }
  const undone = draw.pressed.at(-1), left = draw.pressed.slice(0, -1);
  if (undone === "connect") reach(false);
  if (!left.includes(undone)) write(undone, "–");
  draw(left);
  begun();
}

function submitted(event) {
  const button = event.submitter, address = button?.getAttribute("formaction");
  if (button?.name !== "phase" && !address?.endsWith("/angra")) return;
  event.preventDefault();
  const phase = button.name === "phase" ? button.value : "";
  const byKeyboard = button.matches(":focus-visible");
  const press = { id: uuid(), address, phase, at: now() };
  queue.push(press);
  keep();
  show(phase, press.at);
  if (byKeyboard && button.disabled) form.querySelector(".ph-next")?.focus({ preventScroll: true });
  changed();
  setTimeout(send); // after the page has shown that the key was taken
}

if (form) {
  add({ next: () => (queue.length > 0 ? sendFirst : null), count: () => queue.length }, true);
  inherit();
  draw.pressed = read();
  for (const press of queue) show(press.phase, press.at);
  form.addEventListener("submit", submitted);
  send();
}
