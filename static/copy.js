// Buttons that copy what stands in a field. They are hidden without script,
// where the text is marked and copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Kopierat";
    } catch {
      field.select();
      button.textContent = "Markerat, tryck Ctrl+C";
    }
    setTimeout(() => { button.textContent = label; }, 2500);
  });
}
