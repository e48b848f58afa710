import type { Element } from 'hast';
import { element } from './element.ts';
import type { Emergency } from './emergencies.ts';

const LEFT = 200;
const WIDTH = 760;
const ROW = 22;
const MOST_ROWS = 14;

/** Every run of the emergency procedures on one line of time, drawn: proofs are discs, other runs are rings. */
export function freshnessPlot(all: readonly Emergency[]): readonly Element[] {
  const rows = all.filter(({ drills }) => drills.length > 0).slice(0, MOST_ROWS);
  const times = rows.flatMap(({ drills }) => drills.map(({ at }) => Date.parse(at)));
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at: string): number =>
    Math.round(
      LEFT + 12 + ((Date.parse(at) - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 24),
    );
  const height = rows.length * ROW + 28;
  const lines = rows.flatMap((row, index) => {
    const y = index * ROW + 14;
    return [
      element('line', {
        x1: String(LEFT),
        x2: String(WIDTH),
        y1: String(y),
        y2: String(y),
        className: ['plot-line'],
      }),
      element(
        'text',
        { x: String(LEFT - 10), y: String(y + 4), textAnchor: 'end' },
        shortened(row.title),
      ),
      ...row.drills.map(({ at, proven }) =>
        element(
          'circle',
          {
            cx: String(x(at)),
            cy: String(y),
            r: '5',
            className: [proven ? 'plot-proof' : 'plot-other'],
          },
          element(
            'title',
            {},
            `${row.title}: ${proven ? 'proven' : 'not proven'} ${at.slice(0, 10)}`,
          ),
        ),
      ),
    ];
  });
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const axis = [
    element('text', { x: String(LEFT), y: String(height - 4) }, day(first)),
    ...(day(first) === day(last)
      ? []
      : [
          element(
            'text',
            { x: String(WIDTH), y: String(height - 4), textAnchor: 'end' },
            day(last),
          ),
        ]),
  ];
  const label = `Runs of ${rows.length} emergency procedures between ${day(first)} and ${day(last)}`;
  return [
    element(
      'figure',
      { className: ['plot'] },
      element(
        'div',
        { className: ['scroll'], tabIndex: 0, role: 'region', ariaLabel: 'Plot of runs' },
        element(
          'svg',
          { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', ariaLabel: label },
          ...lines,
          ...axis,
        ),
      ),
      element(
        'figcaption',
        {},
        'Filled: every step passed. Ring: it was tried, and something was left or failed.',
      ),
    ),
  ];
}

function shortened(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 29)}…`;
}
