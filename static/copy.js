// Buttons that copy what stands in fields: data-copy names them, and more than
// one come with an empty line between. They are hidden without script, where
// the text is marked and copied by hand.
//
// A letter that comes when the one before has been marked as sent (data-calm on
// its button) cannot be marked by the end of a double press: the button rests
// until the letter has been copied or opened, or a moment has passed.

const calm = 1500; // milliseconds
const resting = document.querySelector("button[data-calm]");
const wake = () => { resting.disabled = false; };

if (resting) {
  resting.disabled = true;
  setTimeout(wake, calm);
  for (const use of document.querySelectorAll("[data-copy], [data-opens]")) use.addEventListener("click", wake);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const fields = button.dataset.copy.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  if (fields.length === 0 || !navigator.clipboard) continue;
  const words = button.firstChild, label = words.data; // a key hint may stand after the words
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(fields.map((field) => field.value).join("\n\n"));
      words.data = "Kopierat";
    } catch {
      fields.at(-1).select();
      words.data = "Markerat, tryck Ctrl+C";
    }
    setTimeout(() => { words.data = label; }, 2500);
  });
}
