const PLACEHOLDER = /\{[A-Za-z][\w .-]*\}|<[a-zA-Z][\w .-]*>|_{3,}|\bYYYY\b|\bXX+\b|\bHH:MM\b/;

/** "[Name]", "[영향받는 서비스]", and no link, `x[index]` or `[a-z]`. */
const BLANK = /(?<![\p{L}\d\]$])\[\p{L}{2}[^[\]\n]{0,120}\](?![([:])/u;

const hasBlank = (line: string): boolean => PLACEHOLDER.test(line) || BLANK.test(line);

/** Whether the content of a markdown fence is a runbook or a checklist, and not a sample of markup. */
export function looksLikeRunbook(content: readonly string[]): boolean {
  const steps = content.some((line) => /^\s*(?:[-*+] \[[ xX]\]|\d+[.)] |(?:```|~~~)\w)/.test(line));
  const headings = content.some((line) => /^#{1,6} \S/.test(line));
  return steps && (headings || content.some((line) => /^\s*[-*+] \[[ xX]\]/.test(line)));
}

/** "It will create a file that should look like this:": what a program writes, whatever stands in it. */
export const isShown = (above: string): boolean =>
  /\b(?:creates?|writes?|generates?|produces?)\b/i.test(above) &&
  /\b(?:looks?|contains?|reads?)(?: like)?(?: this| that| so| the following)?[:：]$/i.test(
    above.trimEnd(),
  );

/** Headings over what is copied and filled in, in the languages of the packs. */
const CALLED_TEMPLATE =
  /(?<!\p{L})(?:templates?|vorlagen?|modèles?|gabarits?|plantillas?|modelos?|modell[oi]|sjablo(?:on|nen)|szablon\p{L}*|mallar?|skabelon\p{L}*|maler?|šablon\p{L}*|шаблон\p{L}*|бланк\p{L}*|зразок|mallipohja|şablon\p{L}*|șablon\p{L}*|sablon\p{L}*)(?!\p{L})|模板|范本|範本|テンプレート|ひな形|雛形|템플릿|양식|서식/iu;

/** "**Operator**: Anna", "- Shift from: 18:00", "- [ ] other (say which):": a field with its value or without. */
const FIELD =
  /^(?:[-*+] )?(?:\[[ xX]\] )?(?:\*\*[^*]{1,40}\*\*\s?[:：]?|[\p{L}\p{N}()（） ]{1,30}[:：](?:$| ?[\d\p{Lu}\p{Script=Han}].{0,60}$))/u;

const FEWEST_FIELDS = 3;

/** Whether it is a form to fill in: mostly placeholders and fields, or called a template. */
export function isTemplate(content: readonly string[], above: string): boolean {
  const filled = content.filter((line) => line.trim() !== '');
  const blanks = filled.filter(
    (line) =>
      hasBlank(line.replace(/^\s*[-*+] \[[ xX]\]/, '')) ||
      /\*\*[^*]+\*\*:?\s*$|^[-*]?\s*[A-Z][\w ]{1,30}:\s*$/.test(line),
  ).length;
  const tasks = filled.some((line) => /^\s*[-*+\d.)]+ \[[ xX]\]/.test(line));
  if (CALLED_TEMPLATE.test(above) && !tasks) return true;
  const lines = filled.filter((line) => !/^#{1,6} /.test(line));
  const fields = lines.filter((line) => FIELD.test(line.trim())).length;
  if (fields >= FEWEST_FIELDS && fields * 2 >= lines.length) return true;
  const called = /\btemplate\b|\bformat\b|\bpost-?mortem\b|\breport\b/i.test(above);
  return blanks * (called ? 8 : 3) >= filled.length && blanks >= 2;
}
