// Fetches a page anew every now and then, and puts in place what has changed.
// The page says how often, in seconds: data-refresh. What may change has
// data-live and an id. Nothing happens while the page is hidden, while a text
// is marked, or without script: "Räkna om" is then an ordinary link.

const every = 1000 * Number(document.querySelector("[data-refresh]")?.dataset.refresh ?? 0);
const quiet = 5 * 60 * 1000; // the lead is read aloud at most this often
const failed = document.getElementById("refresh-failed");
const said = document.getElementById("refresh-said");
let timer, saidAt = performance.now();

const seen = new Map(); // id → HTML as it came from the server
for (const part of document.querySelectorAll("[data-live]")) seen.set(part.id, part.innerHTML);

// Finds in a new part what had the focus in the old one.
function counterpart(part, focused) {
  const details = focused.closest("summary")?.parentElement.id;
  if (details) return document.getElementById(details)?.querySelector("summary");
  if (focused.id) return document.getElementById(focused.id);
  const href = focused.getAttribute("href");
  return href === null ? null : part.querySelector(`a[href="${CSS.escape(href)}"]`);
}

function replace(old, html) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const open = [...old.querySelectorAll("details[open][id]")].map((d) => d.id);
  const scrolled = [...old.querySelectorAll(".scroll[id]")].map((s) => [s.id, s.scrollLeft]);
  old.innerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, left] of scrolled) document.getElementById(id).scrollLeft = left;
  if (focused) counterpart(old, focused)?.focus({ preventScroll: true });
}

function announce() {
  const lead = document.getElementById("lead");
  if (!lead || !said || performance.now() - saidAt < quiet || said.textContent === lead.textContent) return;
  said.textContent = lead.textContent;
  saidAt = performance.now();
}

async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) throw new Error(`status ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const html = fresh.getElementById(part.id)?.innerHTML;
    if (html === undefined || html === seen.get(part.id)) continue;
    seen.set(part.id, html);
    replace(part, html);
  }
  announce();
}

async function turn() {
  clearTimeout(timer);
  if (document.hidden) return;
  if (document.getSelection().isCollapsed) {
    try {
      await refresh();
      if (failed) failed.hidden = true;
    } catch {
      if (failed) failed.hidden = false;
    }
  }
  timer = setTimeout(turn, every);
}

if (every > 0) {
  document.addEventListener("visibilitychange", turn);
  document.getElementById("saved")?.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    turn();
  });
  timer = setTimeout(turn, every);
}
