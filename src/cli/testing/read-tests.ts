import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { readValue } from '../../engine/model/read-value.ts';
import { yamlValue } from '../../engine/yaml.ts';
import { nearest } from '../../text/nearest.ts';
import { TEST_WORDS, type TestFile } from './test-words.ts';

/** A file of tests with where it and its runbook stand. */
export interface ReadTests {
  readonly file: string;
  readonly runbook: string;
  readonly tests: TestFile;
}

/** What is wrong with a file of tests, each with its line. */
export class UnreadableTests extends HandrailError {
  readonly findings: readonly Diagnostic[];

  constructor(message: string, findings: readonly Diagnostic[]) {
    super('CONFIGURATION', { message });
    this.findings = findings;
  }
}

/** Reads a file of tests. Throws CONFIGURATION with what is wrong and where. */
export async function readTests(file: string): Promise<ReadTests> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const yaml = await yamlValue(text);
  if ('why' in yaml)
    throw wrong(file, `it is not YAML: ${yaml.why}.`, [
      found(yaml.line ?? 1, `It is not YAML: ${yaml.why}.`),
    ]);
  const read = readValue({ kind: 'group', words: TEST_WORDS }, yaml.value);
  if (!read.ok) {
    const findings = read.wrong.map((one) => found(yaml.lineOf(one.path), inWords(one)));
    const said = findings.map(({ line, message }) => `line ${line}: ${message}`);
    throw wrong(file, said.join(' '), findings);
  }
  // The table says of every name what it is read as; the value holds exactly that.
  const tests = read.value as TestFile;
  const runbook = tests.runbook ?? path.basename(file).replace(/\.test\.ya?ml$/, '.md');
  return { file, runbook: path.resolve(path.dirname(file), runbook), tests };
}

function inWords({ path: steps, why, unknown, known }: WrongWord): string {
  const name = [
    ...steps,
    ...(unknown === undefined || steps.at(-1) === unknown ? [] : [unknown]),
  ].join('.');
  if (unknown === undefined) return name === '' ? `the file ${why}.` : `\`${name}\` ${why}.`;
  const near = nearest(unknown, known ?? []);
  return `there is no \`${name}\`${near === undefined ? '.' : `; did you mean \`${near}\`?`}`;
}

type WrongWord = Extract<ReturnType<typeof readValue>, { ok: false }>['wrong'][number];

const found = (line: number, message: string): Diagnostic => ({
  rule: 'unreadable',
  severity: 'error',
  line,
  column: 1,
  message,
});

function wrong(file: string, what: string, findings: readonly Diagnostic[]): UnreadableTests {
  return new UnreadableTests(`\`${file}\` cannot be read: ${what}`, findings);
}

function unreadable(file: string, error: unknown): HandrailError {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return new HandrailError(
    'CONFIGURATION',
    {
      message:
        code === 'ENOENT'
          ? `There is no test file \`${file}\`. Write it, or begin one with \`handrail test --record RUN\`.`
          : `\`${file}\` cannot be read (${code}). Look at what stands there, and who may read it.`,
    },
    { cause: error },
  );
}
