// The matrix of evaluators and areas: counts what has been changed but not
// saved, per area too, so that a lead sees an area become empty before saving.
// On the page for many evaluators: buttons that tick everything in a group.

const kinds = ["late", "warn", "warn"];

function count(form) {
  const boxes = [...form.querySelectorAll('input[name="a"]')];
  const changed = boxes.filter((box) => box.checked !== box.defaultChecked).length;
  const said = form.querySelector("[data-changes]");
  const undo = form.querySelector("[data-undo]");
  said.dataset.before ??= said.textContent;
  said.textContent = changed === 0 ? said.dataset.before
    : changed === 1 ? "1 ruta är ändrad men inte sparad." : `${changed} rutor är ändrade men inte sparade.`;
  undo.hidden = changed === 0;
  form.querySelectorAll("[data-takes]").forEach((cell, column) => recount(form, cell, column));
}

// recount shows how many may take the area when the changes have been saved.
function recount(form, cell, column) {
  let takes = Number(cell.dataset.takes);
  for (const row of form.querySelectorAll("tbody tr")) {
    const box = row.querySelectorAll('input[name="a"]')[column];
    if (box.closest("td").classList.contains("part") || box.checked === box.defaultChecked) continue;
    takes += box.checked ? 1 : -1;
  }
  const kind = kinds[takes];
  const text = document.createElement("span");
  text.textContent = takes;
  if (kind) text.className = `b b-${kind}`;
  cell.replaceChildren(text);
}

for (const form of document.querySelectorAll("[data-matrix]")) {
  if (!form.querySelector("[data-changes]")) continue;
  form.addEventListener("change", () => count(form));
  form.querySelector("[data-undo]").addEventListener("click", () => { form.reset(); count(form); });
  count(form);
}

for (const group of document.querySelectorAll("[data-all]")) {
  const boxes = [...group.querySelectorAll('input[type="checkbox"]')];
  const button = document.createElement("button");
  const label = () => { button.textContent = boxes.every((box) => box.checked) ? "Ta bort alla kryss" : "Kryssa för alla"; };
  button.type = "button";
  button.className = "btn btn-q";
  button.addEventListener("click", () => {
    const on = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = on;
    label();
  });
  group.addEventListener("change", label);
  label();
  group.append(button);
}
