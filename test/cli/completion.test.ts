import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { candidates } from '../../src/cli/candidates.ts';
import { TABLE } from '../../src/cli/table.ts';
import { cleanEnv, handrail } from '../support/handrail.ts';

const runbook = '# Ops\n\n## Restart the pool\n\n```bash name=restart\ntrue\n```\n';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'handrail-complete-'));
  mkdirSync(path.join(made, 'books'));
  writeFileSync(path.join(made, 'books/ops.md'), runbook);
  return made;
}

async function offered(...typed: string[]): Promise<readonly string[]> {
  const cwd = folder();
  const found = await candidates(typed, {
    table: TABLE,
    cwd,
    env: { HOME: cwd },
    state: undefined,
  });
  return found.map(({ word }) => word);
}

describe('completion', () => {
  it('offers commands, and those alone', async () => {
    expect(await offered('ru')).toEqual(['run', 'runs']);
  });

  it('offers the options of the command', async () => {
    expect(await offered('run', '--dr')).toEqual(['--dry-run']);
    expect(await offered('show', '--dr')).toEqual([]);
  });

  it('offers the inputs of the runbook with their =, and no run to go on with where there is none', async () => {
    const cwd = folder();
    writeFileSync(
      path.join(cwd, 'i.md'),
      '---\ninputs:\n  host: { description: h }\n  port: { default: 1 }\n---\n# I\n\n```bash\necho {{host}} {{port}}\n```\n',
    );
    const at = { table: TABLE, cwd, env: { HOME: cwd }, state: undefined };
    const found = await candidates(['run', 'i.md', '--input', ''], at);
    expect(found.map(({ word }) => word)).toEqual(['host=', 'port=']);
    expect(await candidates(['resume', ''], at)).toEqual([]);
  });

  it('offers the choices of an option', async () => {
    expect(await offered('check', '--format', 's')).toEqual(['sarif']);
  });

  it('offers runbooks, then their procedures, then their steps', async () => {
    expect(await offered('run', 'b')).toEqual(['books/ops.md']);
    expect(await offered('run', 'books/ops.md#r')).toEqual(['books/ops.md#restart-the-pool']);
    expect(await offered('run', 'books/ops.md', '--step', '')).toEqual(['restart']);
  });

  it('completes in a real bash', async () => {
    const { stdout: script } = await handrail({ args: ['completion', 'bash'] });
    const cwd = folder();
    const bin = path.join(cwd, 'handrail');
    const root = path.dirname(path.dirname(import.meta.dirname));
    writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/handrail.js" "$@"\n`);
    chmodSync(bin, 0o755);
    const answer = execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        `${script}\nCOMP_WORDS=(handrail run --unat); COMP_CWORD=2; compopt() { :; }; _handrail; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ],
      { cwd, env: { ...cleanEnv(cwd), PATH: `${cwd}:${process.env['PATH']}` }, encoding: 'utf8' },
    );
    expect(answer).toBe('--unattended\n');
  });
});
