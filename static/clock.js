// Keeps the clocks of a page running between two answers from the server.
// The server's instants are what counts: the page says when the clock began
// and what the time was when the page was made, so the difference holds on a
// computer whose own clock is wrong. performance.now() only adds what has
// passed since then.

const opened = performance.now();

function text(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(s / 60);
  return minutes < 60
    ? `${minutes}.${two(s % 60)}`
    : `${Math.floor(minutes / 60)}.${two(minutes % 60)}.${two(s % 60)}`;
}

for (const clock of document.querySelectorAll("[data-since][data-now]")) {
  const passed = Date.parse(clock.dataset.now) - Date.parse(clock.dataset.since);
  const show = () => { clock.textContent = text(passed + performance.now() - opened); };
  show();
  setInterval(show, 250);
}
