import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The file behind `HANDRAIL_OUTPUT`, for one attempt. */
export interface OutputFile {
  readonly path: string;
  /** What the step wrote, and removes the file. */
  take(): StepOutputs;
}

/** Inputs that a step produced, and what could not be read of them. */
export interface StepOutputs {
  readonly values: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

const MAX_BYTES = 1024 * 1024;
const NAME = /^[A-Za-z_][\w.-]*$/;
let filesMade = 0;

/** Makes an empty 0600 file in the private folder. */
export function openOutputFile(folder: string): OutputFile {
  const path = join(folder, `output-${filesMade++}`);
  closeSync(openSync(path, 'wx', 0o600));
  return { path, take: () => parseOutputs(readAndRemove(path)) };
}

function readAndRemove(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
    unlinkSync(path);
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(fd);
    if (size === 0) return '';
    if (size > MAX_BYTES) return undefined;
    const buffer = Buffer.alloc(size);
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, size, 0));
  } finally {
    closeSync(fd);
  }
}

/** Reads `key=value` lines and `key<<END` blocks; the last value of a key counts. `undefined` is a file too large. */
export function parseOutputs(text: string | undefined): StepOutputs {
  if (text === undefined) {
    return {
      values: {},
      warnings: [`HANDRAIL_OUTPUT is larger than ${MAX_BYTES} bytes: not read.`],
    };
  }
  const values = new Map<string, string>();
  const warnings: string[] = [];
  const lines = text === '' ? [] : text.replace(/\n$/, '').split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const [, name = '', operator, rest = ''] = /^\s*([^=<\s]+)\s*?(=|<<)(.*)$/.exec(line) ?? [];
    const end = operator === '<<' ? lines.indexOf(rest.trim(), at + 1) : at;
    if (!NAME.test(name) || end < 0) {
      const what =
        end < 0 ? `\`${name}<<${rest}\` is never closed` : 'neither `key=value` nor `key<<END`';
      warnings.push(`HANDRAIL_OUTPUT line ${at + 1}: ${what}.`);
      if (end < 0) break;
    } else {
      values.set(name, operator === '=' ? rest : lines.slice(at + 1, end).join('\n'));
      at = end;
    }
  }
  return { values: Object.fromEntries(values), warnings };
}
