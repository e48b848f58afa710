import type { Step } from '../model/runbook.ts';

const KEY = /(?:^|["'\s(])([A-Za-z_][\w.-]*)(?:=|<<)/;

/** Names of the inputs that a step visibly produces: `capture`, and `echo key=… >> "$HANDRAIL_OUTPUT"`. */
export function capturesOf(step: Step): readonly string[] {
  const capture = step.annotations.capture;
  const names = capture === undefined ? [] : [capture];
  if (!step.text.includes('HANDRAIL_OUTPUT')) return names;
  for (const line of step.text.split('\n')) {
    if (!line.includes('HANDRAIL_OUTPUT')) continue;
    const key = KEY.exec(line.slice(line.search(/\b(?:echo|printf)\b/) + 4))?.[1];
    if (key !== undefined) names.push(key);
  }
  return names;
}
