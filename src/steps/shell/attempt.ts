import { statSync } from 'node:fs';
import type { StepContext, StepOutput } from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { FOLDER } from '../../engine/shell/bash-variables.ts';
import type { ProcessEnd } from '../../process/follow-process.ts';
import { type ProcessRequest, runProcess } from '../../process/process.ts';
import { runTerminalProcess } from '../../process/terminal-process.ts';
import type { ShellHome } from './home.ts';
import { marksOf } from './program.ts';
import type { ShellLeft } from './result.ts';
import type { ShellOptions } from './script.ts';
import { openScriptFile } from './script-file.ts';
import {
  carriedState,
  givenFolder,
  isShell,
  type Kept,
  keepEnvironment,
  openSession,
  type ShellSession,
  sessionEnvironment,
} from './session.ts';
import { exportedEnvironment, type GivenEnvironment, type ShellState } from './state.ts';
import { openOutputFile } from './step-outputs.ts';
import { openTold, type Told } from './told.ts';
import { untilPattern } from './until-pattern.ts';

/** One attempt at running text as a step's shell would. */
export interface ShellAttempt {
  run(): AsyncGenerator<StepOutput, ProcessEnd>;
  /** Carries the shell's state on and reads what the step wrote to HANDRAIL_OUTPUT. Once, after the end. */
  finish(end: ProcessEnd): ShellLeft;
  close(): void;
}

/** A shell or interpreter that is ready to be started. */
interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Carries the end state on, and says what stands in the way. */
  keep(): Kept;
  failedLine(): number | undefined;
  close(): void;
}

/** Would have bash read files or take over options that nobody wrote in the runbook. */
const NEVER_GIVEN = ['BASH_ENV', 'ENV', 'SHELLOPTS', 'BASHOPTS'];

/**
 * Makes an attempt ready: its environment, folder, files and how it may end. `isRead`: what it prints is read by handrail
 * itself. Throws STEP_CANNOT_RUN.
 */
export async function openAttempt(
  step: Step,
  text: string,
  context: StepContext,
  options: ShellOptions,
  home: ShellHome,
  isRead = false,
): Promise<ShellAttempt> {
  const { place } = context;
  if (place != null) {
    const { openFarAttempt } = await import('./remote/far-attempt.ts');
    const asks = context.wantsTerminal ?? wantsTerminal(step, isRead);
    const wants = { asks, whole: opensSession(step) };
    return openFarAttempt(step, text, { ...context, place }, options, home, wants);
  }
  const until = untilPattern(step.annotations);
  const state = carriedState(context);
  const folder = folderOf(step, context, state);
  const outputs = openOutputFile(home.folder);
  const given = givenEnvironment(step, context, folder.path, outputs.path);
  const told = openTold(step, text, home.folder, context.carried);
  const launch = await openLaunch(step, text, context, options, {
    state,
    given,
    told,
    folder: home.folder,
  });
  const request: ProcessRequest = {
    program: launch.program,
    args: launch.args,
    cwd: folder.path,
    env: launch.env,
    lockFds: context.lockFds,
    marks: marksOf(given.env),
    signal: context.signal,
    timeoutMs: context.timeoutMs,
    lends: true,
    endWithEngine: step.annotations['on-engine-death'] === 'kill',
    ...(until ? { until } : {}),
    ...(step.annotations.for === undefined ? {} : { forMs: step.annotations.for }),
  };
  const { terminal } = context;
  const typed = { lines: 0 };
  return {
    run() {
      const running =
        terminal && (context.wantsTerminal ?? wantsTerminal(step, isRead))
          ? runTerminalProcess({ ...request, terminal, whole: opensSession(step) })
          : runProcess({
              ...request,
              // A starter is in a session of its own, which has no terminal.
              ...home.startFor(text, terminal === null ? context.lockFds : null),
              atTerminal: terminal !== null,
              ...typedInput(terminal, typed),
            });
      return told?.heard(running) ?? running;
    },
    finish(end) {
      if (!end.closed) home.retirePipes();
      const { warning, unread, cut } = launch.keep();
      const { values, warnings } = outputs.take();
      const own = [folder.warning, warning].filter((each) => each !== undefined);
      return {
        values,
        warnings: [...own, ...warnings],
        failedLine: launch.failedLine(),
        typedLines: typed.lines,
        lost: unread ?? cut,
      };
    },
    close() {
      launch.close();
      told?.close();
      outputs.take();
    },
  };
}

/** Its input is what the person types to it, where they can; lines are counted, what they say is nobody's business. */
function typedInput(
  terminal: StepContext['terminal'],
  typed: { lines: number },
): Pick<ProcessRequest, 'input'> {
  if (terminal?.onTyped === undefined) return {};
  return {
    input: (write) => {
      const counting = (data: Uint8Array | null): void => {
        if (data !== null) typed.lines += 1;
        write(data);
      };
      return terminal.onTyped?.(counting) ?? (() => undefined);
    },
  };
}

/**
 * At a person's side every step has a terminal, as where its commands were pasted from: order, colours, prompts. Only
 * what is read back or compared comes through pipes, since a terminal would change it; a step that talks to the person has one all
 * the same.
 */
function wantsTerminal(step: Step, isRead: boolean): boolean {
  const { annotations, shell, expectation } = step;
  if (annotations.interactive !== undefined) return annotations.interactive;
  if (shell?.interactive.length || shell?.sessions.length) return true;
  if (shell?.commands.some(({ sudo }) => sudo)) return true;
  return !isRead && (expectation === null || expectation.advisory);
}

/** It edits, pages or opens a session: it draws on the whole screen. */
function opensSession({ annotations, shell }: Step): boolean {
  if (annotations.interactive !== undefined) return annotations.interactive;
  const draws = shell?.interactive.some(({ name }) => !PROMPTS.has(name)) ?? false;
  return draws || (shell?.sessions.length ?? 0) > 0;
}

/** Talks to the person line by line. */
const PROMPTS: ReadonlySet<string> = new Set(['read', 'select', 'passwd', 'su', 'sudo']);

function folderOf(
  step: Step,
  context: StepContext,
  state: ShellState,
): { readonly path: string; readonly warning?: string } {
  if (step.annotations.cwd !== undefined || state.cwd === '') return { path: context.cwd };
  if (isFolder(state.cwd)) return { path: state.cwd };
  if (state.cwd === givenFolder(context)) {
    const message = `The folder \`${state.cwd}\`, which was given as \`${FOLDER}\`, is none: the step would run elsewhere. Give one that is there with \`--input ${FOLDER}=…\`.`;
    throw new HandrailError('STEP_CANNOT_RUN', { message });
  }
  const warning = `The folder \`${state.cwd}\`, where the step before stopped, is gone: this step ran in \`${context.cwd}\`.`;
  return { path: context.cwd, warning };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function givenEnvironment(
  step: Step,
  context: StepContext,
  cwd: string,
  outputPath: string,
): GivenEnvironment {
  const own = step.annotations.env ?? {};
  // The engine has filled inputs into those it already put there.
  const env: Record<string, string> = { ...own, ...context.env };
  for (const name of NEVER_GIVEN) delete env[name];
  env['HANDRAIL_OUTPUT'] = outputPath;
  // Bash keeps the name of a folder that is reached through a link.
  env['PWD'] = cwd;
  return { env, own: new Set(Object.keys(own)), ownCwd: step.annotations.cwd !== undefined };
}

/** What a shell goes on from, and where it writes. */
interface Surroundings {
  readonly state: ShellState;
  readonly given: GivenEnvironment;
  readonly told: Told | undefined;
  readonly folder: string;
}

async function openLaunch(
  step: Step,
  text: string,
  context: StepContext,
  options: ShellOptions,
  { state, given, told, folder }: Surroundings,
): Promise<Launch> {
  const { annotations } = step;
  const shell = annotations.shell ?? context.shell.program;
  const isScript = annotations.interpreter !== undefined || text.startsWith('#!');
  if (isScript || !isShell(shell)) {
    const interpreter = annotations.interpreter ?? (isScript ? '' : shell);
    const file = openScriptFile(text, interpreter, folder);
    return {
      ...file,
      env: exportedEnvironment(state, given),
      keep() {
        if (!annotations.isolated) keepEnvironment(file.left(), state, given, context);
        return {};
      },
      failedLine: () => undefined,
    };
  }
  const session = await openSession({
    script: { text, firstLine: step.textLine, options, tells: told },
    program: shell,
    context: annotations.isolated ? withoutKeeping(context) : context,
    state: annotations.isolated ? exportedOnly(state) : state,
    given,
    folder,
  });
  const env = sessionEnvironment(shell, state, given);
  return {
    ...session,
    env,
    keep: () => (annotations.isolated ? leftAlone(session) : session.keep()),
  };
}

function withoutKeeping(context: StepContext): StepContext {
  return { ...context, carried: { ...context.carried, set: () => undefined } };
}

/** Nothing of it goes on to another step: only whether it ran at all counts. */
function leftAlone(session: ShellSession): Kept {
  const { unread } = session.keep();
  return unread === undefined ? {} : { unread };
}

function exportedOnly(state: ShellState): ShellState {
  return {
    ...state,
    variables: state.variables.filter(({ attributes }) => attributes.includes('x')),
    functions: '',
    aliases: '',
  };
}
