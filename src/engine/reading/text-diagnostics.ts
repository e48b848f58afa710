import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceText, Step } from '../model/runbook.ts';
import type { LineReading } from './lines.ts';
import type { Piece } from './pieces.ts';

/** What is doubtful about characters and blocks, whoever reads them. */
export function textDiagnostics(
  source: SourceText,
  reading: LineReading,
  pieces: readonly Piece[],
  steps: readonly Step[],
): readonly Diagnostic[] {
  return [...characters(source, reading), ...scripts(steps), ...hidden(pieces, reading)];
}

function characters(source: SourceText, reading: LineReading): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (source.text.includes('\ufffd')) {
    const line = reading.lines.findIndex((each) => each.includes('\ufffd')) + 1;
    found.push(
      warning('invalid-utf8', line, 'The file has bytes that are not UTF-8.', 'Save it as UTF-8.'),
    );
  }
  if (source.text.includes('\0')) {
    const line = reading.lines.findIndex((each) => each.includes('\0')) + 1;
    found.push(warning('nul-byte', line, 'The file has a NUL byte.', 'Take it out.'));
  }
  return found;
}

function scripts(steps: readonly Step[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const step of steps) {
    if (step.type !== 'shell' && step.type !== 'sql') continue;
    const at = step.text.search(/[\u00a0\u2018\u2019\u201c\u201d\u2013\u2014\u200b]/);
    if (at < 0) continue;
    const line = step.textLine + step.text.slice(0, at).split('\n').length - 1;
    const char = step.text[at] ?? '';
    if (
      /[\u2013\u2014\u2018\u2019]/.test(char) &&
      /^\s*#/.test(step.text.split('\n')[line - step.textLine] ?? '')
    )
      continue;
    const name =
      char === '\u00a0' || char === '\u200b'
        ? 'an invisible space'
        : `the typographic character ${char}`;
    found.push(
      warning(
        'typographic',
        line,
        `This script has ${name}, which bash does not read as a plain one.`,
        'Write it in plain ASCII.',
      ),
    );
  }
  return found;
}

function hidden(pieces: readonly Piece[], reading: LineReading): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'html' && /^\s*<pre\b/i.test(piece.value)) {
      found.push(
        warning(
          'pre-block',
          piece.line,
          'Commands in `<pre>` are shown and never run.',
          'Write a fence.',
        ),
      );
    }
  }
  for (const [index, line] of reading.lines.entries()) {
    if (
      /^(?:===|!!!|\?\?\?)\+? .*$/.test(line) &&
      /^\s*$/.test(reading.lines[index + 1] ?? '') &&
      /^ {4,}(?:```|~~~)/.test(reading.lines[index + 2] ?? '')
    ) {
      found.push(
        warning(
          'mkdocs-tab',
          index + 1,
          'Fences in MkDocs tabs and admonitions are shown and never run.',
          'Write the fence without indentation.',
        ),
      );
    }
  }
  return found;
}

function warning(rule: string, line: number, message: string, hint: string): Diagnostic {
  return { rule, severity: 'warning', line, column: 1, message, hint };
}
