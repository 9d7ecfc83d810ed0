// Says what a complete report of a call still lacks. The server lists
// everything (data-left names the field, data-for the outcomes that need it);
// here is followed what is filled in.

const form = document.getElementById("call");

// ended reports whether Avslutat has been pressed, known to the server or not.
const ended = () => Boolean(form.querySelector('button[value="end"].ph-now'));

function follow() {
  const texts = new FormData(form), outcome = texts.get("outcome") ?? "";
  for (const item of form.querySelectorAll("[data-left]")) {
    const { left, for: needed } = item.dataset;
    const there = left === "phase" ? ended() : Boolean(texts.get(left)?.trim());
    item.hidden = there || Boolean(needed) && !needed.split(" ").includes(outcome);
  }
}

if (form) {
  form.addEventListener("input", follow);
  for (const event of ["pressed", "replaced"]) document.addEventListener(event, follow);
  follow();
}
