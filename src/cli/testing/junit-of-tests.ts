import type { TestResult } from './run-test.ts';

/** The results of a file of tests. */
export interface FileResult {
  readonly file: string;
  readonly results: readonly TestResult[];
}

/** Results as JUnit XML: a suite per file, a case per test. */
export function junitOfTests(files: readonly FileResult[]): string {
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
