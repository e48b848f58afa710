import { spawnSync } from 'node:child_process';
import type { Contender } from '../race.ts';
import { type Bench, type Group, type Row, ratio } from '../row.ts';

const FENCE = '```';

/** How a peer is asked to carry out one small step, of a page in its own dialect. */
const PEERS: Readonly<
  Record<string, { readonly page: readonly [name: string, text: string]; readonly args: string }>
> = {
  runme: {
    page: ['runme.md', `# Bench\n\n${FENCE}bash {"name":"bench"}\ntrue\n${FENCE}\n`],
    args: 'run --filename runme.md bench',
  },
  mask: {
    page: ['mask.md', `## bench\n\n${FENCE}bash\ntrue\n${FENCE}\n`],
    args: '--maskfile mask.md bench',
  },
  xc: {
    page: ['xc.md', `# Page\n\n## Tasks\n\n### bench\n\n${FENCE}\ntrue\n${FENCE}\n`],
    args: '-file xc.md bench',
  },
  just: { page: ['bench.just', 'bench:\n  @bash -c true\n'], args: '--justfile bench.just bench' },
  task: {
    page: ['bench.yml', "version: '3'\ntasks:\n  bench: { silent: true, cmds: [bash -c true] }\n"],
    args: '--taskfile bench.yml bench',
  },
  scrut: {
    page: ['scrut.md', `# Page\n\n${FENCE}scrut\n$ true\n${FENCE}\n`],
    args: 'test scrut.md',
  },
  zx: { page: ['zx.md', `# Page\n\n${FENCE}bash\ntrue\n${FENCE}\n`], args: 'zx.md' },
  saku: { page: ['saku.md', '# bench\n\n    bash -c true\n'], args: '--config saku.md bench' },
  ie: { page: ['ie.md', `# Page\n\n${FENCE}bash\ntrue\n${FENCE}\n`], args: 'execute ie.md' },
};

/** Whatever else carries out pages and is installed here, at the same one small step. */
export const peers: Group = {
  name: 'peers',
  rows: ['peers'],
  measure(bench) {
    const spawning = bench.file(
      'spawn.cjs',
      "require('node:child_process').spawn('bash', ['-c', 'true'], { stdio: 'pipe' });",
    );
    const found = Object.keys(PEERS).filter((name) => isOnPath(name));
    if (found.length === 0)
      return [row(`peers: none of ${Object.keys(PEERS).join(', ')} is on PATH`)];
    return found.map((name) => raced(bench, name, { name: 'S', argv: [bench.node, spawning] }));
  },
};

function raced(bench: Bench, name: string, limit: Contender): Row {
  const peer = PEERS[name];
  if (peer === undefined) return row(name);
  bench.file(...peer.page);
  try {
    const times = bench.race([limit, { name, argv: [name, ...peer.args.split(' ')] }]);
    const what = `one small step by ${name}, which keeps no record`;
    return ratio({ name: 'peers', what, goal: null }, times, [name], ['S']);
  } catch (error) {
    return { ...row(name), seen: `not measured: ${String(error)}` };
  }
}

function row(what: string): Row {
  return { name: 'peers', what, goal: null, unit: '', value: null, seen: '' };
}

function isOnPath(name: string): boolean {
  return spawnSync('bash', ['-c', 'type -P "$1"', 'bash', name]).status === 0;
}
