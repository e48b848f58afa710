import type { CarriedState, StepContext } from '../../../engine/contracts/step-type.ts';
import type { Step } from '../../../engine/model/runbook.ts';
import { sha256Of } from '../../../text/sha256.ts';
import type { ExchangeFile } from '../exchange-file.ts';
import type { ShellOptions } from '../script.ts';
import { carriedState, isShell, openSession, type ShellSession } from '../session.ts';
import { exportedEnvironment, type GivenEnvironment } from '../state.ts';
import type { FarHome } from './far-home.ts';
import { FAR } from './far-script.ts';

const NEVER_GIVEN = ['BASH_ENV', 'ENV', 'SHELLOPTS', 'BASHOPTS'];

/** What an attempt is made of that stands in a folder there. */
export async function preparedAt(
  far: FarHome,
  folder: string,
  step: Step,
  text: string,
  context: StepContext & { readonly place: string },
  options: ShellOptions,
): Promise<FarLaunchOf & Pick<Prepared, 'state' | 'exchange'>> {
  const own = { ...context, carried: carriedAt(context.carried, context.place) };
  const state = carriedState(own);
  const given = givenThere(step, context, far, folder);
  const exchange = farExchange(`${folder}/${FAR.exchange}`);
  const made = await launchOf(step, text, own, options, { state, given, folder, exchange });
  return { ...made, state, exchange };
}

/** Tells a try at a step's whole text from every other one of its run. */
export function tryKey(context: Pick<StepContext, 'ownEnv' | 'try'>, text: string): string {
  const id = context.ownEnv?.['HANDRAIL_STEP_ID'] ?? '';
  return sha256Of(JSON.stringify([id, context.try ?? 0, text])).slice(0, 32);
}

/** Each place has a state of its own. */
function carriedAt(carried: CarriedState, place: string): CarriedState {
  return {
    ...carried,
    get: (key) => carried.get(`${key}@${place}`),
    superseded: (key) => carried.superseded?.(`${key}@${place}`) ?? new Set(),
    set: (key, value) => carried.set(`${key}@${place}`, value),
  };
}

function givenThere(
  step: Step,
  context: StepContext,
  far: FarHome,
  folder: string,
): GivenEnvironment {
  const env: Record<string, string> = { ...far.env, ...context.ownEnv };
  for (const name of NEVER_GIVEN) delete env[name];
  env['HANDRAIL_OUTPUT'] = `${folder}/${FAR.outputs}`;
  env['PWD'] = far.cwd;
  const own = new Set(Object.keys(step.annotations.env ?? {}));
  return { env, own, ownCwd: step.annotations.cwd !== undefined };
}

/** Text for a file on the far side, and what comes back in it. */
export interface FarExchange extends ExchangeFile {
  readonly content: () => Buffer;
  take(content: Buffer): void;
}

function farExchange(path: string): FarExchange {
  let content: Buffer = Buffer.alloc(0);
  return {
    path,
    write(bytes) {
      content = Buffer.from(bytes);
    },
    read: (maxBytes) => (content.length > maxBytes ? undefined : content),
    content: () => content,
    take(bytes) {
      content = bytes;
    },
    close: () => undefined,
  };
}

interface Prepared {
  readonly state: ReturnType<typeof carriedState>;
  readonly given: GivenEnvironment;
  readonly folder: string;
  readonly exchange: FarExchange;
}

interface FarLaunchOf {
  readonly launch: {
    readonly program: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly session: ShellSession | null;
  };
  readonly files: Readonly<Record<string, Buffer>>;
}

async function launchOf(
  step: Step,
  text: string,
  context: StepContext,
  options: ShellOptions,
  { state, given, folder, exchange }: Prepared,
): Promise<FarLaunchOf> {
  const { annotations } = step;
  const shell = annotations.shell ?? context.shell.program;
  const shebang = /^#!\s*(\S.*)/.exec(text)?.[1];
  const interpreter = annotations.interpreter ?? shebang ?? (isShell(shell) ? undefined : shell);
  if (interpreter !== undefined) {
    const [program = 'sh', ...args] = interpreter.trim().split(/\s+/);
    const env = exportedEnvironment(state, given);
    const launch = { program, args: [...args, `${folder}/${FAR.script}`], env, session: null };
    return { launch, files: { [FAR.script]: Buffer.from(text) } };
  }
  const session = await openSession({
    script: { text, firstLine: step.textLine, options },
    program: shell,
    context,
    state,
    given,
    folder,
    exchange,
  });
  const isBash = shell.slice(shell.lastIndexOf('/') + 1) === 'bash';
  const env = isBash ? given.env : exportedEnvironment(state, given);
  const { program, args } = session;
  return {
    launch: { program, args, env, session: annotations.isolated ? null : session },
    files: { [FAR.exchange]: exchange.content() },
  };
}
