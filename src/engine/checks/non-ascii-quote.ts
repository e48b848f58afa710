import { type Finding, stepRule } from './rule.ts';

export const nonAsciiQuote = stepRule({
  name: 'non-ascii-quote',
  summary: 'Typographic quotes, dashes or spaces in a script.',
  why: 'A word processor made them; the shell takes them for letters and the command fails in a strange way.',
  unattended: 'The step fails, or does something else than is read.',
  examples: {
    finds: ['```bash\necho \u201chello\u201d\n```\n'],
    leaves: ['```bash\necho "hello"\n```\n', '```bash\n# don\u2019t\ntrue\n```\n'],
  },
  of: (step) => {
    if (step.shell === undefined && step.traits.quoting !== 'sql') return [];
    return step.text.split('\n').flatMap((line, at) => {
      const found =
        /[\u2018\u2019\u201c\u201d\u00a0\u2007\u200b\u202f]|(?<=\s)[\u2013\u2014](?=\w)/.exec(
          line.replace(/(?:^|\s)(?:#|--).*$/, ''),
        );
      return found === null ? [] : [quoteFinding(step.textLine + at, found[0])];
    });
  },
});

function quoteFinding(line: number, character: string): Finding {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const plain = /[\u2018\u2019]/.test(character)
    ? "'"
    : /[\u201c\u201d]/.test(character)
      ? '"'
      : 'a plain one';
  return {
    line,
    message: `The character U+${code} stands where the shell expects a plain quote, dash or space.`,
    hint: `Type ${plain} instead.`,
  };
}
