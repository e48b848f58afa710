/**
 * Makes `docs/images/walkthrough-light.svg` and `-dark.svg` from a real run of the bundle on a pseudo-terminal: the
 * screen's last lines, character by character with their colours, in a fixed size.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';

const root = path.dirname(import.meta.dirname);
const COLUMNS = 80;
const ROWS = 42;
const CELL = { width: 8.4, height: 18 };
const MARGIN = 16;
const SETTLE_MS = 500;

const RUNBOOK = `# Fail over to the replica

## Check the lag

Lag must be **under 5 seconds** before you go on.

\`\`\`bash
echo "db2  streaming  lag 2 s"
\`\`\`

## Promote

The replica becomes the new primary. There is **no automatic way back**.

\`\`\`bash
rm -f ./db2/standby.signal
echo "server promoted"
\`\`\`

## Before you open traffic again

- [ ] Application errors are below 1 %
- [ ] Backups run from the new primary
- [ ] The on-call lead agrees
`;

interface Theme {
  readonly name: string;
  readonly ground: string;
  readonly text: string;
  readonly dim: string;
  /** The sixteen colours of a terminal. */
  readonly palette: readonly string[];
}

const LIGHT: Theme = {
  name: 'light',
  ground: '#ffffff',
  text: '#1f2328',
  dim: '#59636e',
  palette: ['#1f2328', '#b3261e', '#116329', '#7d4e00', '#0550ae', '#8250df', '#0b6e75', '#424a53'],
};
const DARK: Theme = {
  name: 'dark',
  ground: '#0d1117',
  text: '#e6edf3',
  dim: '#9198a1',
  palette: ['#6e7681', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#e6edf3'],
};

const screen = await walked();
mkdirSync(path.join(root, 'docs/images'), { recursive: true });
for (const theme of [LIGHT, DARK]) {
  const file = path.join(root, `docs/images/walkthrough-${theme.name}.svg`);
  writeFileSync(file, svgOf(screen, theme));
}

/** The screen after a person checked and promoted. */
async function walked(): Promise<Terminal> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
  writeFileSync(path.join(folder, 'db-failover.md'), RUNBOOK);
  const terminal = new xterm.Terminal({
    cols: COLUMNS,
    rows: ROWS,
    scrollback: 0,
    allowProposedApi: true,
  });
  const args = [path.join(root, 'dist/handrail.js'), 'run', 'db-failover.md', '--all'];
  const pty = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      USER: 'ada',
      HANDRAIL_HOME: '.runs',
    },
    cols: COLUMNS,
    rows: ROWS,
  });
  pty.onData((data) => terminal.write(data));
  const keys: readonly (readonly [seen: string, typed: string])[] = [
    ['lag 2 s', 'r'],
    ['standby.signal', 'r'],
    ['to run it', './db2/standby.signal\r'],
    ['0 of 3', ''],
  ];
  for (const [seen, typed] of keys) {
    await until(terminal, seen);
    await sleep(SETTLE_MS);
    if (typed !== '') pty.write(typed);
  }
  pty.kill();
  return terminal;
}

async function until(terminal: Terminal, seen: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  const text = (): string =>
    Array.from({ length: ROWS }, (_, row) =>
      terminal.buffer.active.getLine(row)?.translateToString(true),
    ).join('\n');
  while (!text().includes(seen)) {
    if (performance.now() > deadline) throw new Error(`not seen: ${seen}\n${text()}`);
    await sleep(20);
  }
}

function svgOf(terminal: Terminal, theme: Theme): string {
  const width = COLUMNS * CELL.width + 2 * MARGIN;
  const height = ROWS * CELL.height + 2 * MARGIN;
  const lines = Array.from({ length: ROWS }, (_, row) => lineOf(terminal, row, theme)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A walkthrough: a step was read and run, one that destroys was approved by typing its target, a checklist waits">
<rect width="100%" height="100%" rx="8" fill="${theme.ground}" stroke="${theme.dim}" stroke-opacity="0.4"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${theme.text}" xml:space="preserve">
${lines}</g>
</svg>
`;
}

/** One line: neighbours of the same look are one piece of text of exactly their columns' width. */
function lineOf({ buffer: { active } }: Terminal, row: number, theme: Theme): string {
  const line = active.getLine(row);
  const pieces: { at: number; text: string; look: string }[] = [];
  for (let at = 0; line !== undefined && at < COLUMNS; at += 1) {
    const cell = line.getCell(at);
    const text = cell?.getChars() || ' ';
    const look = cell === undefined ? '' : lookOf(cell, theme);
    const last = pieces.at(-1);
    if (last?.look === look) last.text += text;
    else pieces.push({ at, text, look });
  }
  const y = MARGIN + (row + 0.75) * CELL.height;
  return pieces
    .filter(({ text }) => text.trim() !== '')
    .map(({ at, text, look }) => {
      const trimmed = text.trimEnd();
      const x = (MARGIN + at * CELL.width).toFixed(1);
      const length = (trimmed.length * CELL.width).toFixed(1);
      return `<text x="${x}" y="${y}" textLength="${length}"${look}>${escaped(trimmed)}</text>\n`;
    })
    .join('');
}

function lookOf(cell: IBufferCell, theme: Theme): string {
  const colour = cell.isFgPalette() ? theme.palette[cell.getFgColor() % 8] : undefined;
  const fill = colour ?? (cell.isDim() ? theme.dim : undefined);
  return [
    fill === undefined ? '' : ` fill="${fill}"`,
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(' ', '\u00a0');
}
