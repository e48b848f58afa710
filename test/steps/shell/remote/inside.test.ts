import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { handrail } from '../../../support/handrail.ts';

/*
 * No container runtime is asked for here: programs of the names `docker`, `podman` and `kubectl` take exactly the words
 * that those take for `exec`, refuse all others, and run what they are given as real `sh` in a folder for each container.
 */
const runtimeIn = (folder: string): string => `#!/bin/bash
printf '%s\\n' "$0 $*" | head -1 >> ${folder}/calls
name=$(basename "$0")
[ "$1" = exec ] && [ "$2" = -i ] || { echo "$name: unknown words: $*" >&2; exit 125; }
shift 2
if [ "$name" = kubectl ]; then
  [ "$1" = -n ] && [ "$4" = -- ] || { echo "error: $*" >&2; exit 1; }
  place="$2/$3"; shift 4
else place=$1; shift; fi
[ -d "${folder}/$place" ] || { echo "Error response from daemon: No such container: $place" >&2; exit 1; }
cd "${folder}/$place" && set -- env -i HOME="${folder}/$place" PATH="$PATH" XDG_RUNTIME_DIR="${folder}/$place" INSIDE="$place" "$@"
read -r how at 2>/dev/null <${folder}/breaks
[ -n "$at" ] && [[ "$*" == *"$at"* ]] || exec "$@"
sed -i 1d ${folder}/breaks
[ "$how" = half ] && { "$@" 2>/dev/null | head -n 2; exit 1; }
[ "$how" = silent ] && { "$@" >/dev/null 2>&1; exit 1; }
[ "$how" = before ] || "$@"
[ "$how" = wiped ] && rm -rf handrail-*
exit 255
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'handrail-inside-'));
  mkdirSync(path.join(root, 'bin'));
  for (const name of ['docker', 'podman', 'kubectl']) {
    writeFileSync(path.join(root, 'bin', name), runtimeIn(root));
    chmodSync(path.join(root, 'bin', name), 0o755);
  }
  for (const place of ['web', 'shop/web-0']) mkdirSync(path.join(root, place), { recursive: true });
});

const run = (runbook: string, env: Record<string, string> = {}) =>
  handrail({
    runbook,
    args: ['run', '{file}', '--all', '--unattended'],
    env: { PATH: `${root}/bin:${process.env['PATH']}`, OUTSIDE: 'here', ...env },
  });
const read = (...names: readonly string[]): string => {
  const file = path.join(root, ...names);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

describe.each([
  ['container:web', 'web', 'docker', {}],
  ['container:web', 'web', 'podman', { HANDRAIL_CONTAINER_TOOL: 'podman' }],
  ['pod:shop/web-0', 'shop/web-0', 'kubectl', {}],
])('a step with in=%s', (place, folder, tool, env) => {
  test(`runs there by ${tool}, with its own state from step to step, and leaves nothing behind`, async () => {
    const { exitCode, stdout } = await run(
      `# A\n\n\`\`\`bash in=${place}\nv="it's $INSIDE"; echo "\${OUTSIDE-unset}" >> seen\n\`\`\`\n\n\`\`\`bash in=${place}\necho "$v"\n\`\`\`\n\n\`\`\`bash\necho "\${v-none} $OUTSIDE"\n\`\`\`\n`,
      env,
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`it's ${folder}`)]);
    expect(stdout).toContain('| none here');
    expect(read(folder, 'seen')).toBe('unset\n');
    expect(
      new Set(
        read('calls')
          .trim()
          .split('\n')
          .map((line) => path.basename(line.split(' ')[0] ?? '')),
      ),
    ).toEqual(new Set([tool]));
  });

  test('fails as its command fails, and fills values in as data', async () => {
    const { exitCode, events } = await run(
      `---\ninputs:\n  word: { default: "a'b; touch evil" }\n---\n# A\n\n\`\`\`bash in=${place}\nprintf '%s' {{word}} > word\n\`\`\`\n\n\`\`\`bash in=${place}\nexit 7\n\`\`\`\n`,
      env,
    );
    expect(exitCode).toBe(1);
    expect(events.findLast(({ type }) => type === 'step.finished')).toMatchObject({ exitCode: 7 });
    expect([read(folder, 'word'), read(folder, 'evil')]).toEqual(["a'b; touch evil", '']);
  });
});

test.each([
  ['before', 'cat >in', 0],
  ['after', 'cat >in', 0],
  ['before', 'mkfifo', 0],
  ['after', 'mkfifo', 0],
  // Restarted, say, with what it held in memory: that is no word on whether the step ran.
  ['wiped', 'mkfifo', 4],
])(
  'a line that breaks %s `%s` is carried out there has its step run once (%s)',
  async (how, at, expected) => {
    writeFileSync(path.join(root, 'breaks'), `${how} ${at}\n`);
    const { exitCode } = await run('# A\n\n```bash in=container:web\necho x >> count\n```\n');
    expect([exitCode, read('web', 'count'), read('breaks')]).toEqual([expected, 'x\n', '']);
  },
);

/* What a step says, sets and gives on is there in full, whichever answer is lost on its way. */
test.each([
  ['before', 'size-$f'],
  ['after', 'size-$f'],
  ['half', 'mkfifo'],
  ['half', 'mkfifo', 'before', 'size-$f'],
  ['half', 'mkfifo', 'after', 'tail -c +'],
  ['half', 'mkfifo', 'silent', 'tail -c +5 out'],
  ['silent', 'mkfifo', 'silent', 'echo begins'],
  ['half', 'mkfifo', 'after', 'echo begins'],
  ['after', 'mkfifo', 'after', 'size-$f'],
])('nothing that a step left is lost where a line breaks %s `%s` (%s %s)', async (...breaks) => {
  const lines = breaks.flatMap((word, at) => (at % 2 === 0 ? [`${word} ${breaks[at + 1]}\n`] : []));
  writeFileSync(path.join(root, 'breaks'), lines.join(''));
  const { exitCode, stdout } = await run(
    '# A\n\n```bash in=container:web capture=said\necho x >> count; echo one; echo two; v=set\n```\n\n```bash in=container:web\necho "$v {{said}}"\n```\n',
  );
  expect([exitCode, read('web', 'count'), read('breaks')]).toEqual([0, 'x\n', '']);
  expect(stdout).toMatch(/\| one\n.*\| two\n[\s\S]*set one/);
});

test('a container that is not there was begun in no way, and is named', async () => {
  const { exitCode, stdout, events } = await run(
    '# A\n\n```bash in=container:gone\ntouch x\n```\n',
  );
  expect([exitCode, stdout]).toEqual([69, expect.stringContaining('No such container: gone')]);
  expect(stdout).toContain('Nothing was started there');
  expect(events.filter(({ type }) => type === 'step.output')).toEqual([]);
});

test('what leads to a place and is not on this machine is named', async () => {
  // A place that an input names is known before the first step, as one that the page itself names.
  const page =
    '---\ninputs: { where: { default: "container:web" } }\n---\n# A\n\n```bash in="{{where}}"\ntouch x\n```\n';
  const { exitCode, stdout } = await run(page, { HANDRAIL_CONTAINER_TOOL: 'no-such-runtime' });
  expect([exitCode, stdout]).toEqual([
    65,
    expect.stringContaining(
      "`no-such-runtime`, which leads to `container:web`, is not on this machine's PATH.",
    ),
  ]);
});

test.each(['container:-v /:/x', 'container:', 'pod:shop', 'pod:a/b/c', 'pod:Shop/web'])(
  '`in=%s` is no place, and nothing is called for it',
  async (place) => {
    const { exitCode } = await run(`# A\n\n\`\`\`bash in="${place}"\ntrue\n\`\`\`\n`);
    expect([exitCode === 0, read('calls')]).toEqual([false, '']);
  },
);
