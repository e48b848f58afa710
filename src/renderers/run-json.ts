import type { Renderer } from '../engine/contracts/renderer.ts';

/** The run report as JSON. */
export const runJson: Renderer<'report'> = {
  name: 'json',
  summary: 'the run report as one JSON document',
  of: 'report',
  render: ({ report }) => [{ path: 'run.json', content: `${JSON.stringify(report, null, 2)}\n` }],
};
