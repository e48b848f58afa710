// Runs before the page is drawn, so that a chosen theme does not flash and what needs a script has its place.
document.documentElement.classList.add('js');
try {
  const chosen = localStorage.getItem('handrail-theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be off: the system's theme holds.
}
