import { defineStepType } from '../engine/contracts/step-type.ts';
import type { FenceBlock } from '../engine/model/block.ts';

/** What runs a script. */
export interface ScriptBody {
  /** Words that start the script; `''`: its own `#!` line does. */
  readonly interpreter: string;
}

/** A script of another language than the shell's. */
export const script = defineStepType<ScriptBody>({
  name: 'script',
  summary:
    'Runs a fence of Python, JavaScript, Ruby, Perl, PHP or PowerShell that has a `#!` line, or asks for it by `run` or `interpreter=`.',
  quoting: 'none',
  human: false,
  called: 'a script of another language',
  takes: ['run', 'doing', 'fence', 'process', 'script'],
  detect(block) {
    if (block.kind !== 'fence' || !OTHERS.has(block.content.kind)) return undefined;
    const interpreter = interpreterOf(block);
    if (interpreter === undefined) return undefined;
    return {
      body: { interpreter },
      why: `fence \`${block.language}\` ${whyOf(block)}`,
      effect: 'writes',
      effectWhy: 'what a script of another language does is not known',
    };
  },
  async *run(step, { interpreter }, context) {
    const { runScript } = await import('./script/run.ts');
    return yield* runScript(step, interpreter, context);
  },
  async preflight(step, { interpreter }, { env }) {
    const { preflightScript } = await import('./script/run.ts');
    return preflightScript(step, interpreter, env);
  },
  examples: [
    { markdown: '```python run\nprint(1)\n```', body: { interpreter: 'python3' } },
    { markdown: '```js\n#!/usr/bin/env node\nconsole.log(1)\n```', body: { interpreter: '' } },
    {
      markdown: '```julia interpreter="julia -q"\nprintln(1)\n```',
      body: { interpreter: 'julia -q' },
    },
    { markdown: '```python\nprint(1)\n```', body: null },
  ],
});

/** What no reading took for commands, queries or text for a person alone. */
const OTHERS: ReadonlySet<string> = new Set(['other', 'console']);

function interpreterOf(block: FenceBlock): string | undefined {
  const { annotations, language, text } = block;
  if (annotations.run === false || language === '') return undefined;
  if (annotations.interpreter !== undefined) return annotations.interpreter;
  if (text.startsWith('#!')) return '';
  return annotations.run === true ? INTERPRETERS[language] : undefined;
}

function whyOf({ annotations, text }: FenceBlock): string {
  if (annotations.interpreter !== undefined) return 'that names its interpreter';
  return text.startsWith('#!') ? 'with a `#!` line' : 'that asks to be run';
}

/** Languages whose fences can be run, with what runs them; an `interpreter=` or a `#!` line says otherwise. */
const INTERPRETERS: Readonly<Record<string, string>> = {
  python: 'python3',
  py: 'python3',
  python3: 'python3',
  js: 'node',
  javascript: 'node',
  node: 'node',
  ruby: 'ruby',
  rb: 'ruby',
  perl: 'perl',
  pl: 'perl',
  php: 'php',
  powershell: 'pwsh -NoProfile -File',
  ps1: 'pwsh -NoProfile -File',
  pwsh: 'pwsh -NoProfile -File',
};
