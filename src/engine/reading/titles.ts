const LONGEST = 120;

/** A title of one line, without the colon that leads over to what it is the title of. */
export function toTitle(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^#+\s+/, '')
    .replace(/(?<!\s)\s*[:：]$/, '')
    .replace(/(?<=[\p{L})])\.$/u, '');
  return line.length <= LONGEST
    ? line
    : `${line.slice(0, LONGEST - 1).replace(/(?<!\s)\s+\S*$/, '')}…`;
}

/** "or", "then": words between two blocks that title neither. */
const JOINING =
  /^\W*(?:or|and|then|next|also|either|oder|und|ou|et|puis|o|y|e|и|или|lub|eller|of|en|veya)\W*$/iu;

/** A sentence or label that can be a title: short, and not a remark. */
export function titleOfLead(lead: string): string {
  if (JOINING.test(lead)) return '';
  const short = lead.length <= 100 && !/[.!?]\s*$/.test(lead);
  return short || (lead.length <= LONGEST && /[:：]\s*$/.test(lead)) ? toTitle(lead) : '';
}

/** The first comment of a script, without a shebang, numbers kept; `''` when it has none. */
export function firstComment(text: string): string {
  for (const line of text.split('\n').slice(0, 12)) {
    const comment = /^\s*(?:#+(?!!)|--|\/\/)\s*([^#\s].*)$/
      .exec(line)?.[1]
      ?.replace(/(?<!#)#+$/, '')
      .trimEnd();
    if (comment && /\p{L}/u.test(comment) && !/^[\w./-]+\.\w{1,4}$/.test(comment))
      return toTitle(comment);
    if (!comment && /\S/.test(line) && !line.startsWith('#')) return '';
  }
  return '';
}
