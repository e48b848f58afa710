import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Reference, Step } from '../../engine/model/runbook.ts';
import type { Judged } from '../../engine/reading/classes/class.ts';
import { judgedBlocks } from '../../host/read-page.ts';
import { findRunbook } from '../find-runbooks.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';

/**
 * What speaks for and against the block at `FILE:LINE`. Throws USAGE when no line is given, or when no block stands
 * there.
 */
export async function showWhy(word: string, cwd: string, style: Style): Promise<string> {
  const [, name = '', digits = ''] = /^(.+):(\d{1,7})$/.exec(word) ?? [];
  if (name === '')
    throw new HandrailError('USAGE', {
      message: '`show --why` takes a line: FILE:LINE, such as `ops.md:42`.',
    });
  const line = Number(digits);
  const address = await findRunbook(name, cwd);
  const { runbook, blocks } = await judgedBlocks(path.resolve(cwd, address.path));
  const holds = (block: { readonly line: number; readonly endLine: number }): boolean =>
    block.line <= line && line <= block.endLine;
  const judged = blocks.filter(holds).at(-1);
  const step = runbook.steps.findLast(holds);
  const reference = runbook.references.findLast(holds);
  if (!judged && !step && !reference)
    throw new HandrailError('USAGE', {
      message: `Line ${line} of ${address.path} stands in no fence, item or table row that could be a step.`,
    });
  return [...taken(step, reference, style), ...(judged ? weighed(judged, style) : []), ''].join(
    '\n',
  );
}

function taken(
  step: Step | undefined,
  reference: Reference | undefined,
  style: Style,
): readonly string[] {
  if (step)
    return [
      `${style('strong', `line ${step.line}: ${step.type}`)}  ${screenLine(step.title)}`,
      `  ${screenLine(step.why)}`,
    ];
  if (reference)
    return [
      `${style('strong', `line ${reference.line}: shown, never run`)}`,
      `  ${screenLine(reference.why)}`,
    ];
  return [style('strong', 'no step')];
}

function weighed({ line, verdict }: Judged, style: Style): readonly string[] {
  const rows = verdict.findings.map(
    ({ class: name, says, weight }) =>
      `  ${(weight > 0 ? `+${weight}` : String(weight)).padStart(5)}  ${name.padEnd(14)} ${screenLine(says)}`,
  );
  return [
    `line ${line} was weighed to be ${style('strong', verdict.class)}, by ${verdict.margin.toFixed(1)} more than ${verdict.second}:`,
    ...rows,
  ];
}
