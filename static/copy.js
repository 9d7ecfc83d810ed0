// Buttons that copy what stands in fields: data-copy names them, and more than
// one come with an empty line between. They are hidden without script, where
// the text is marked and copied by hand.

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
