// The server's clock. Its instants are what counts, so a page never counts by
// the computer's own clock, which may be wrong: the page says what the time
// was when it was made (data-now on body), and performance.now() adds what has
// passed. That stands still while a laptop sleeps, so the time is asked for
// again whenever the page is looked at anew, and heard in every answer.
//
// data-since counts up from an instant, data-until counts down to one, and
// data-at is hidden until its instant comes and is then told once. A bar with
// data-from grows from an instant to data-span (ms) later, and changes colour
// past data-turn (ms). All of them rest within data-still.

let base = Date.parse(document.body.dataset.now ?? "") || Date.now();
let at = performance.now();

// now is the server's instant in milliseconds.
export const now = () => base + performance.now() - at;

// heard takes in an instant that the server told between two of our own. What
// we believed is kept when it can be right: every line is slower at times.
export function heard(instant, sent, received) {
  const middle = (sent + received) / 2, error = (received - sent) / 2;
  const told = Date.parse(instant), believed = base + middle - at;
  if (Number.isNaN(told) || Math.abs(told - believed) <= error) return;
  base = told;
  at = middle;
}

// measure asks for the time, and gives whose session the browser has, "" for
// nobody's. It throws without a line.
export async function measure() {
  const sent = performance.now();
  const answer = await fetch("/klocka", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const told = await answer.json();
  heard(told.now, sent, performance.now());
  return told.user;
}

const swedish = (options) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", hourCycle: "h23", ...options });
const minutes = swedish({ hour: "2-digit", minute: "2-digit" });
const seconds = swedish({ hour: "2-digit", minute: "2-digit", second: "2-digit" });

// clockText is "10.32", or "10.32.07" with seconds, of an instant.
export const clockText = (instant, exact) => (exact ? seconds : minutes).format(instant).replaceAll(":", ".");

// lengthText is the time between two instants by the whole seconds that they
// are shown with, as the server writes it: what a page shows adds up.
function lengthText(from, to) {
  const s = Math.max(0, Math.floor(to / 1000) - Math.floor(from / 1000)), two = (n) => String(n).padStart(2, "0");
  const m = Math.floor(s / 60);
  return m < 60 ? `${m}.${two(s % 60)}` : `${Math.floor(m / 60)}.${two(m % 60)}.${two(s % 60)}`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const said = document.createElement("p");
said.className = "vh";
said.setAttribute("role", "status");

function grow(bar, ms) {
  const { span, turn } = bar.dataset, width = `${Math.min(100, 100 * ms / span).toFixed(2)}%`;
  if (bar.getAttribute("width") !== width) bar.setAttribute("width", width);
  bar.classList.toggle("fill", ms <= turn);
  bar.classList.toggle("fill-warn", ms > turn);
}

const moving = (selector) => document.querySelectorAll(`${selector}:not([data-still] *)`);

// tick brings what counts up to now.
export function tick() {
  const t = now();
  for (const clock of moving("[data-since]")) write(clock, lengthText(Date.parse(clock.dataset.since), t));
  for (const clock of moving("[data-until]")) write(clock, lengthText(t, Date.parse(clock.dataset.until)));
  for (const bar of moving("[data-from]")) grow(bar, t - Date.parse(bar.dataset.from));
  for (const part of moving("[data-at][hidden]")) {
    if (t < Date.parse(part.dataset.at)) continue;
    part.hidden = false;
    said.textContent = part.textContent.trim().replace(/\s+/g, " ");
  }
}

// again asks for the time when it may have been missed: after sleep above all.
async function again() {
  if (document.hidden) return;
  try {
    await measure();
  } catch {
    // without a line the page goes on counting by what it knows
  }
  tick();
}

const [opened] = performance.getEntriesByType("navigation");
if (opened && document.body.dataset.now) heard(document.body.dataset.now, opened.requestStart, opened.responseStart);
document.body.append(said);
for (const event of ["focus", "online"]) addEventListener(event, again);
document.addEventListener("visibilitychange", again);
tick();
setInterval(tick, 250);
