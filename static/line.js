// The line to the server. What is to be sent stands in sources, in order of
// precedence; one thing is sent at a time, and again until it is answered. How
// it goes is shown in one place: no line since when, logged out, how much waits.

import { clockText, measure, now } from "./clock.js";

class LineDown extends Error {}
class LoggedOut extends Error {}

const first = 1000, longest = 15_000; // between tries, in milliseconds
const sources = [];
let busy = false, since = 0, out = false, pause = first, timer;

// uuid names what is sent, so that it counts once however often it is sent.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// add takes a source, which goes before the others or after them: next() gives a function that sends one thing and throws
// what post throws, or null; count() is how many changes wait in it; words()
// says what else the user should know of what waits.
export function add(source, before = false) {
  if (before) sources.unshift(source);
  else sources.push(source);
}

// post sends a form and gives the answer, and when it was sent and received.
export async function post(address, fields, accept) {
  const sent = performance.now();
  let response;
  try {
    const body = String(fields); // a browser takes no more than 64 kB along when it closes a page
    response = await fetch(address, {
      method: "POST", body, keepalive: body.length < 60_000,
      headers: { Accept: accept, "Content-Type": "application/x-www-form-urlencoded" },
    });
  } catch {
    throw new LineDown();
  }
  if (response.status >= 500) throw new LineDown();
  if (response.status === 401) throw new LoggedOut();
  return { response, sent, received: performance.now() };
}

// check throws when there is no line, or when the session is somebody else's:
// what was typed is never sent in another's name.
export async function check() {
  let user;
  try {
    user = await measure();
  } catch {
    throw new LineDown();
  }
  if (user !== document.body.dataset.user) throw new LoggedOut();
}

// send sends what waits, unless it is doing so already.
export async function send() {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  try {
    for (let job = next(); job; job = next()) {
      if (since || out) await check();
      since = 0;
      out = false;
      await job();
    }
    pause = first;
  } catch (error) {
    later(error);
  } finally {
    busy = false;
    show();
  }
}

function next() {
  for (const source of sources) {
    const job = source.next();
    if (job) return job;
  }
  return null;
}

function later(error) {
  if (error instanceof LoggedOut) {
    out = true;
  } else if (error instanceof LineDown) {
    since ||= now();
  } else {
    throw error;
  }
  timer = setTimeout(send, pause);
  pause = Math.min(2 * pause, longest);
}

/* What is shown. */

const box = document.createElement("div");
box.id = "line";
box.setAttribute("role", "status");
document.getElementById("main").prepend(box);

function flash(kind, state, text, link) {
  const part = document.createElement("div"), head = document.createElement("b"), words = document.createElement("p");
  part.className = `flash flash-${kind}`;
  head.textContent = state;
  words.textContent = text;
  if (link) {
    const a = document.createElement("a");
    [a.href, a.target, a.textContent] = link;
    words.append(" ", a);
  }
  part.append(head, words);
  box.replaceChildren(part);
}

// tell says something about what was sent that the user must know, and shows
// it wherever on the page the user is. link is [address, target, text], if any.
export function tell(state, text, link) {
  flash("late", `▲ ${state}`, text, link);
  box.dataset.state = "told";
  box.scrollIntoView({ block: "nearest" });
}

function show() {
  const n = sources.reduce((sum, source) => sum + source.count(), 0);
  const waiting = n === 0 ? "" : n === 1 ? "1 ändring skickas" : `${n} ändringar skickas`;
  const more = sources.map((source) => source.words?.() ?? "").filter(Boolean).join(" ");
  const text = (when) => [waiting && `${waiting} ${when}.`, more].filter(Boolean).join(" ");
  const state = out ? "out" : since ? "down" : "";
  if (state === "out") {
    flash("warn", "◆ Du är utloggad", `Det du har fyllt i står kvar. ${text("när du har loggat in igen")}`,
      ["/logga-in", "_blank", "Logga in i en ny flik"]);
  } else if (state === "down") {
    flash("warn", `◆ Ingen förbindelse sedan ${clockText(since)}`, `Fortsätt. ${text("när nätet är tillbaka")}`);
  } else if (box.dataset.state === "down" || box.dataset.state === "out") {
    flash("ok", "✓ Förbindelsen är tillbaka", "Allt är skickat.");
  } else {
    return;
  }
  box.dataset.state = state;
}

// changed shows anew how much waits, when there is no line.
export function changed() {
  if (since || out) show();
}

// remind tells of another contact with changes in this browser that were never
// sent: they are when it is opened.
function remind() {
  const mine = document.querySelector("form[data-draft]")?.dataset.draft;
  const other = Object.keys(localStorage).map((key) => key.split(" "))
    .find(([, user, place]) => user === document.body.dataset.user && place !== mine);
  if (!other) return;
  flash("warn", "◆ Ändringar som inte är skickade", "De gäller en annan kontakt och skickas när du öppnar den.",
    [other[2].replace(/\/utkast$/, ""), "", "Öppna den"]);
  box.dataset.state = "told";
}

remind();
for (const event of ["online", "focus"]) addEventListener(event, send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
