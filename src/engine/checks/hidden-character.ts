import { carriedOutBy } from '../model/effect.ts';
import { type Finding, stepRule } from './rule.ts';

/** Characters that turn the order of what is read around, or that nobody sees. */
const HIDDEN = /[\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

export const hiddenCharacter = stepRule({
  name: 'hidden-character',
  summary: 'A character in a command that is not seen, or that turns around what is.',
  why: 'An editor or a page then shows another command than the one that runs. Delete it.',
  unattended: 'The step runs as its characters say, not as it looked to whoever read it.',
  examples: {
    finds: ['```bash\necho \u202e"olleh"\n```\n', '```bash\necho a\u2060b\n```\n'],
    leaves: ['```bash\necho "hello"\n```\n', 'A \u202eword\n\n```bash\necho "שלום"\n```\n'],
  },
  of: (step) => {
    if (carriedOutBy(step.effect) === 'person') return [];
    return step.text.split('\n').flatMap((line, at): Finding[] => {
      const [found] = HIDDEN.exec(line) ?? [];
      if (found === undefined) return [];
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return [
        {
          line: step.textLine + at,
          message: `The character U+${code} stands in this command, and makes it look like another one.`,
          hint: 'Delete the line and type it anew.',
        },
      ];
    });
  },
});
