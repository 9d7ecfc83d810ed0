// Says what a complete report of a call still lacks. The server lists
// everything (data-left names the field, data-for the outcomes that need it);
// here is followed what is filled in.

const form = document.getElementById("call");

function follow() {
  const texts = new FormData(form), outcome = texts.get("outcome") ?? "";
  for (const item of form.querySelectorAll("[data-left]")) {
    const { left, for: needed } = item.dataset;
    if (left === "phase") continue; // which the server tells after each press
    item.hidden = Boolean(texts.get(left)?.trim()) || (needed && !needed.split(" ").includes(outcome));
  }
}

if (form) {
  form.addEventListener("input", follow);
  document.addEventListener("replaced", follow);
  follow();
}
