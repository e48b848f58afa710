import { statSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import { readTests } from '../testing/read-tests.ts';
import { runTest, type TestResult } from '../testing/run-test.ts';

export const spec: CommandWords = {
  name: 'test',
  summary: 'run the tests that stand beside runbooks',
  arguments: [
    {
      name: 'PATH',
      many: true,
      completes: 'file',
      summary: 'test files, runbooks or folders (default: this one)',
    },
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'junit'],
      summary: 'text (default), junit',
    },
    { name: 'record', value: 'RUN', completes: 'run', summary: 'write a test from this run' },
  ],
  examples: [
    ['handrail test runbooks', 'every release.test.yaml and its like'],
    ['handrail test --record last', 'a test of what was done last'],
  ],
};

/** `handrail test`: runs the tests that stand beside runbooks. Exit 1 when one fails. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const recorded = invocation.text('record');
  if (recorded !== undefined) return record(recorded, invocation, context);
  const files = await filesOf(invocation.words, context.cwd);
  if (files.length === 0)
    throw new HandrailError('USAGE', {
      message: `There are no tests in ${invocation.words.join(', ') || 'this folder'}: a test of release.md is release.test.yaml beside it.`,
    });
  const isJunit = invocation.text('format') === 'junit';
  const results: FileResult[] = [];
  for (const file of files) results.push(await resultsOf(file, isJunit, context));
  if (isJunit) await context.out.write(junitOfTests(results));
  else await context.out.write(closing(results, context));
  const isBad = results.some(({ results: all }) =>
    all.some(({ differences }) => differences.length > 0),
  );
  return isBad ? EXIT.failed : EXIT.passed;
};

async function resultsOf(
  file: string,
  isQuiet: boolean,
  { cwd, env, version, out, style }: CliContext,
): Promise<FileResult> {
  const shown = path.relative(cwd, file) || file;
  const tests = await readTests(file);
  const results: FileResult['results'][number][] = [];
  if (!isQuiet) await out.write(`${style('strong', screenLine(shown))}\n`);
  for (const test of tests.tests.tests) {
    const result = await runTest(tests, test, { path: env['PATH'] ?? '', version });
    results.push(result);
    if (isQuiet) continue;
    const isGood = result.differences.length === 0;
    const word = style(isGood ? 'good' : 'bad', isGood ? 'ok' : 'FAILED');
    const more = result.differences.map((one) => `      ${screenLine(one)}\n`);
    await out.write(`  ${word}  ${screenLine(result.name)}\n${more.join('')}`);
  }
  return { file: shown, results };
}

function closing(files: readonly FileResult[], { style }: CliContext): string {
  const all = files.flatMap(({ results }) => results);
  const bad = all.filter(({ differences }) => differences.length > 0).length;
  const verdict = bad === 0 ? style('good', 'all passed') : style('bad', `${bad} failed`);
  return `\n${counted(all.length, 'test')}, ${verdict}\n`;
}

/** Test files, runbooks with one beside them, and folders of either. */
async function filesOf(words: readonly string[], cwd: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    (words.length === 0 ? ['.'] : words).map(async (word) => {
      const file = path.resolve(cwd, word);
      if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return testsBelow(file);
      return [/\.md$|\.markdown$/.test(file) ? file.replace(/\.[a-z]+$/, '.test.yaml') : file];
    }),
  );
  return [...new Set(lists.flat())];
}

async function testsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .map((entry) => {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) return testsBelow(file);
        return /\.test\.ya?ml$/.test(entry.name) ? [file] : [];
      }),
  );
  return lists.flat().sort();
}

/** `--record RUN`: a test of what a run did, beside its runbook unless a file is named; never over one that is there. */
async function record(name: string, invocation: Invocation, context: CliContext): Promise<number> {
  const { openStore } = await import('../open-store.ts');
  const { findRun } = await import('../../engine/record/runs.ts');
  const { replay } = await import('../../engine/replay.ts');
  const { recordedTest } = await import('../testing/record-test.ts');
  const reader = await findRun(await openStore(context), name);
  const report = await replay(reader.run, reader.lines());
  const { who, runbook } = report.started;
  const beside = path
    .resolve(who.cwd, runbook.path)
    .replace(/\.(?:md|markdown|mdx)$/, '.test.yaml');
  const word = invocation.words[0];
  const file = word === undefined ? beside : path.resolve(context.cwd, word);
  const { readRunbook } = await import('../../host/read-page.ts');
  // What the run did is known without its page; which steps have a probe that was never asked is not.
  const page = await readRunbook(path.resolve(who.cwd, runbook.path)).catch(() => null);
  const text = await recordedTest(reader, report, page?.runbook ?? null);
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new HandrailError(
      'USAGE',
      {
        message:
          code === 'EEXIST'
            ? `\`${file}\` is already there and was left as it is. Name another file.`
            : `\`${file}\` cannot be written (${code}).`,
      },
      { cause: error },
    );
  });
  await context.out.write(`Wrote ${file}.\n\n  handrail test ${file}\n`);
  return EXIT.passed;
}

/** The results of a file of tests. */
interface FileResult {
  readonly file: string;
  readonly results: readonly TestResult[];
}

/** Results as JUnit XML: a suite per file, a case per test. */
function junitOfTests(files: readonly FileResult[]): string {
  const suites = files.map(({ file, results }) => {
    const failures = results.filter(({ differences }) => differences.length > 0).length;
    const cases = results.map(({ name, differences, durationMs }) => {
      const head = `    <testcase classname="${escaped(file)}" name="${escaped(name)}" time="${(durationMs / 1000).toFixed(3)}"`;
      if (differences.length === 0) return `${head}/>`;
      const [first = ''] = differences;
      return `${head}>\n      <failure message="${escaped(first)}">${escaped(differences.join('\n'))}</failure>\n    </testcase>`;
    });
    return [
      `  <testsuite name="${escaped(file)}" tests="${results.length}" failures="${failures}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
