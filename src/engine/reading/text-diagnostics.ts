import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceText } from '../model/runbook.ts';
import type { LineReading } from './lines.ts';
import type { Piece } from './pieces.ts';

/** What is doubtful about characters and blocks, whoever reads them. */
export function textDiagnostics(
  source: SourceText,
  reading: LineReading,
  pieces: readonly Piece[],
): readonly Diagnostic[] {
  return [...characters(source, reading), ...hidden(pieces, reading)];
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
  if (hasCarriageReturns(source.bytes))
    found.push({
      ...warning(
        'crlf',
        1,
        'Lines of this file end in CR LF; they are read as LF.',
        'Save it with LF line ends, so that every tool reads the same.',
      ),
      severity: 'info',
    });
  return found;
}

function hasCarriageReturns(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('\r\n');
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
