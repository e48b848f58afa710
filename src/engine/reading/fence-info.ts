import { isRunTag } from './fences/tags.ts';

/** A fence's info string, taken apart. */
export interface FenceInfo {
  /** First word, lower case; `''` when untagged. */
  readonly language: string;
  /** What follows the language. */
  readonly rest: string;
  /** Lines of directive options (`:name: x`) that stand before the text. */
  readonly directive: boolean;
}

/**
 * Reads an info string: plain (`bash name=x`), Pandoc (`{.bash .numberLines}`), knitr (`{bash, echo=F}`),
 * MyST and Sphinx directives (`{code-block} bash`), also those that are named after what they hold (`{terminal}`).
 */
export function readInfo(info: string): FenceInfo {
  const text = info.trim();
  const directive = /^\{(?:code-block|code|code-cell|sourcecode|prompt)\}[ \t]*(\S*)/.exec(text);
  if (directive) {
    const rest = text.slice(directive[0].length).trim();
    return { language: language(directive[1]), rest, directive: true };
  }
  const named = /^\{([a-z][\w-]*)\}/i.exec(text);
  if (named && isRunTag(language(named[1])))
    return {
      language: language(named[1]),
      rest: text.slice(named[0].length).trim(),
      directive: true,
    };
  const pandoc = /^\{\s*\.?([\w+#-]+)(?:[\s,]([^}]*))?\}$/.exec(text);
  if (pandoc) {
    const assignment = /^\{\s*[\w-]+\s*=/.test(text);
    if (!assignment && !/^\{[\w-]+\}/.test(text) && !/^\{\s*"/.test(text)) {
      // "{bash install-tools, eval=FALSE}": knitr's name of a chunk, which nobody sees.
      const rest = (pandoc[2] ?? '').replace(/^[A-Za-z][\w.-]*(?=[ \t]*,)/, '');
      return { language: language(pandoc[1]), rest, directive: false };
    }
  }
  const word = /^(?:\{[\w:-]+\}|[^\s{,]+)/.exec(text)?.[0] ?? '';
  return { language: language(word), rest: text.slice(word.length).trim(), directive: false };
}

/**
 * The text of a directive without its option lines, and how many lines were taken off. What `:input:` says was typed:
 * it is a command behind its prompt, and what follows is output.
 */
export function withoutOptions(text: string): { readonly text: string; readonly skipped: number } {
  const lines = text.split('\n');
  let skipped = 0;
  let input = '';
  while (/^:[\w-]+:/.test(lines[skipped] ?? '')) {
    input ||= /^:input:[ \t]+(\S.*)$/.exec(lines[skipped] ?? '')?.[1] ?? '';
    skipped += 1;
  }
  if (input !== '')
    return { text: [`$ ${input}`, ...lines.slice(skipped)].join('\n'), skipped: skipped - 1 };
  if (skipped > 0 && (lines[skipped] ?? '').trim() === '') skipped += 1;
  return { text: lines.slice(skipped).join('\n'), skipped };
}

function language(word: string | undefined): string {
  return (word ?? '').toLowerCase().replace(/^\./, '').split(/[:=!]/, 1)[0] ?? '';
}
