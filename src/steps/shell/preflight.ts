import type { PreflightProblem } from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { hasCommand } from '../../process/commands-on-path.ts';
import { interpreterWords } from './script-file.ts';
import { untilPattern } from './until-pattern.ts';

/** Says whether what would run a shell step is there at all: its shell or interpreter, its `until` pattern. */
export async function preflightShell(
  { text, annotations }: Pick<Step, 'text' | 'annotations'>,
  env: Readonly<Record<string, string>>,
): Promise<PreflightProblem | undefined> {
  try {
    untilPattern(annotations);
  } catch (error) {
    if (error instanceof HandrailError) return { code: 'STEP_CANNOT_RUN', message: error.message };
    throw error;
  }
  const missing = programsOf(text, annotations).find((program) => !hasCommand(program, env));
  if (missing === undefined) return undefined;
  return {
    code: 'STEP_CANNOT_RUN',
    message: `\`${missing}\`, which runs this step, is not on this machine's PATH.`,
  };
}

function programsOf(text: string, annotations: Step['annotations']): readonly string[] {
  const { interpreter, shell } = annotations;
  if (interpreter === undefined && !text.startsWith('#!')) return [shell ?? 'bash'];
  const [program, argument = ''] = interpreterWords(text, interpreter ?? '');
  if (program === undefined) return [];
  const named = program.endsWith('/env') && /^[\w.+-]+$/.test(argument) ? [argument] : [];
  return [program, ...named];
}
