import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceText } from '../model/runbook.ts';
import type { LineReading } from './lines.ts';

/** What is doubtful about characters and blocks, whoever reads them. */
export function textDiagnostics(source: SourceText, reading: LineReading): readonly Diagnostic[] {
  return characters(source, reading);
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

function warning(rule: string, line: number, message: string, hint: string): Diagnostic {
  return { rule, severity: 'warning', line, column: 1, message, hint };
}
