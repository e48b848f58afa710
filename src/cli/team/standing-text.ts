import { forkedName } from '../../team/mirror/outbox.ts';
import { type Standing, versionGap } from '../../team/standing.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';

/** Above this, times of hosts and record cannot be put side by side. */
const MOST_CLOCK_MS = 2000;

/** How the record stands, for a person. */
export function standingText(standing: Standing, style: Style): string {
  const { problem, behind, forks } = standing;
  const rows: (readonly [string, string])[] = [
    ['record', screenLine(standing.where)],
    [
      'state',
      problem === null ? style('good', 'there') : style('bad', `away: ${screenLine(problem)}`),
    ],
    ...(problem === null ? facts(standing, style) : []),
    ['mirror', mirrorText(behind, style)],
    ...forks.map(
      (fork) =>
        [
          'fork',
          style('bad', `${screenLine(forkedName(fork))}: the record holds something else`),
        ] as const,
    ),
  ];
  return rows.map(([name, value]) => `${name.padEnd(8)}${value}\n`).join('');
}

function facts(standing: Standing, style: Style): readonly (readonly [string, string])[] {
  const { login, host, server, tls, version, clockMs } = standing;
  const isOff = Math.abs(clockMs ?? 0) > MOST_CLOCK_MS;
  const gap = versionGap(standing);
  return [
    ['login', screenLine(`${login}${host === null ? ', of no host' : `, host ${host}`}`)],
    ['server', screenLine(`PostgreSQL ${server}, ${tls ? 'TLS' : 'no TLS'}, schema ${version}`)],
    ...(gap === '' ? [] : [['version', style('careful', gap)] as const]),
    ['clock', style(isOff ? 'careful' : 'good', `${clockMs} ms from this one`)],
  ];
}

function mirrorText({ runs, lines }: Standing['behind'], style: Style): string {
  if (runs === 0) return style('good', 'nothing is behind: everything was sent');
  return style(
    'careful',
    `behind: ${counted(lines, 'line')} of ${counted(runs, 'run')} not sent yet; the next run sends them, or \`handrail team sync\``,
  );
}
