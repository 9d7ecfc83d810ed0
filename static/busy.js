// Long work shows that it goes on: data-busy on a form or a link holds the words. The button that was pressed is switched off meanwhile, so
// that nothing is sent twice. Without script the browser shows it in its own way.

// show puts the words and a bar that moves after what was pressed.
function show(pressed, words) {
  const line = document.createElement("span");
  line.className = "busy row small";
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", words);
  pressed.after(line);
  requestAnimationFrame(() => line.append(bar, words)); // a reader tells what comes into a status that is there
  return line;
}

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (form.dataset.busy === undefined || !button || event.defaultPrevented) return;
  show(button, button.dataset.busy ?? form.dataset.busy);
  setTimeout(() => { button.disabled = true; }); // once its name and value are among what is sent
});

// The page may be shown again as it was left, with "Bakåt".
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const line of document.querySelectorAll(".busy")) {
    line.previousElementSibling.disabled = false;
    line.remove();
  }
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-busy]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!link.hasAttribute("download")) {
    show(link, link.dataset.busy);
    return;
  }
  event.preventDefault();
  if (link.nextElementSibling?.matches(".busy")) return;
  const line = show(link, link.dataset.busy);
  try {
    await fetchFile(link.href);
  } catch {
    location.assign(link.href); // the browser tells what is wrong
  } finally {
    line.remove();
  }
});

// fetchFile saves what the address answers with, under the name it gives.
async function fetchFile(address) {
  const answer = await fetch(address);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  if (!answer.ok || answer.redirected || !name) throw new Error(`status ${answer.status}`);
  const file = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = file;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}
