const PLACEHOLDER =
  /\[[A-Z][^\]\n]{1,40}\](?!\()|\{[A-Za-z][\w .-]*\}|<[a-zA-Z][\w .-]*>|_{3,}|\bYYYY\b|\bXX+\b|\bHH:MM\b/;

/** Whether the content of a markdown fence is a runbook or a checklist, and not a sample of markup. */
export function looksLikeRunbook(content: readonly string[]): boolean {
  const steps = content.some((line) => /^\s*(?:[-*+] \[[ xX]\]|\d+[.)] |(?:```|~~~)\w)/.test(line));
  const headings = content.some((line) => /^#{1,6} \S/.test(line));
  return steps && (headings || content.some((line) => /^\s*[-*+] \[[ xX]\]/.test(line)));
}

/** Whether it is a form to fill in: mostly placeholders and empty fields, or called a template. */
export function isTemplate(content: readonly string[], above: string): boolean {
  const filled = content.filter((line) => line.trim() !== '');
  const blanks = filled.filter(
    (line) =>
      PLACEHOLDER.test(line.replace(/^\s*[-*+] \[[ xX]\]/, '')) ||
      /\*\*[^*]+\*\*:?\s*$|^[-*]?\s*[A-Z][\w ]{1,30}:\s*$/.test(line),
  ).length;
  const tasks = filled.some((line) => /^\s*[-*+\d.)]+ \[[ xX]\]/.test(line));
  if (/\btemplates?\b/i.test(above) && !tasks) return true;
  const called = /\btemplate\b|\bformat\b|\bpost-?mortem\b|\breport\b/i.test(above);
  return blanks * (called ? 8 : 3) >= filled.length && blanks >= 2;
}
