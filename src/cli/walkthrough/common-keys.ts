import type { Situation } from '../../engine/contracts/operator.ts';
import { commandAbout, stateOf } from '../../engine/model/command-about.ts';
import { formatDuration } from '../../text/duration.ts';
import { displayWidth } from '../screen/layout.ts';
import { fold, screenLines } from './canvas.ts';
import { clipboard } from './clipboard.ts';
import { countedTitle } from './counted-title.ts';
import type { Choosing, Desk } from './desk.ts';
import type { Choice } from './keys.ts';
import { outline } from './outline.ts';
import type { StepLore } from './step-screen.ts';

/** What a person can do at every step, whatever its kind. */
export const COMMON_KEYS: readonly Choice[] = [
  { key: 'n', word: 'note', says: 'note', more: 'a note for the record', common: true },
  { key: 'b', word: 'back', says: 'back', more: 'back one step', common: true },
  {
    key: 'o',
    word: 'outline',
    says: 'outline',
    more: 'the outline (Tab): every stop with its state; Enter goes there',
    common: true,
  },
  {
    key: 'v',
    word: 'output',
    says: 'output',
    more: 'output of this run and the last one: differences, find, copy, pager',
    common: true,
  },
  {
    key: '!',
    word: 'shell',
    says: 'shell',
    more: 'a command, or a shell, with the state of this run',
    common: true,
  },
  { key: '?', word: 'help', says: 'help', common: true },
  {
    key: 'q',
    word: 'quit',
    says: 'save and quit',
    more: 'save and quit: `handrail resume` goes on from here',
    common: true,
  },
  // Help lists them.
  { key: 'l', word: 'log', says: '', more: 'what happened so far', hidden: true },
  {
    key: 'p',
    word: 'handover',
    says: '',
    more: 'text to hand this over to a colleague, copied too',
    hidden: true,
  },
  { key: 'j', word: 'jump', says: '', hidden: true },
  { key: 'tab', word: 'tab', says: '', hidden: true },
];

const HELP_END =
  'Skips, edits, jumps and commands of your own are recorded as deviations, in your name.';

/** Carries out one of the common keys; help lists the `choices` of the stop, and no other. */
export async function commonKey(
  key: string,
  situation: Situation,
  desk: Desk,
  choices: readonly Choice[],
): Choosing {
  switch (key) {
    case 'n':
      return note(desk);
    case 'b':
      return back(situation, desk);
    case 'o':
    case 'j':
    case 'tab':
      return outline(situation, desk);
    case 'v':
      return output(situation, desk);
    case '!':
      return ownCommand(desk);
    case 'l':
      return say(desk, soFar(situation, desk));
    case 'p':
      return handItOver(situation, desk);
    case '?':
      return say(desk, help(situation, desk, choices));
    case 'suspended':
      return {
        do: 'note',
        text: `suspended at the prompt for ${formatDuration(desk.asker.awayMs)}`,
      };
    case 'ctrl-c':
      return say(desk, ['Nothing is running. q saves and quits.']);
    default:
      return { do: 'quit' };
  }
}

/** Text to take over with, on the screen and, where the terminal allows it, on the clipboard. */
async function handItOver(situation: Situation, desk: Desk): Promise<null> {
  const lines = handover(situation, desk.lore(situation), desk.logPath());
  if (!desk.canvas().plain) process.stdout.write(clipboard(`${lines.join('\n')}\n`));
  return say(desk, lines);
}

async function say(desk: Desk, lines: readonly string[]): Promise<null> {
  const { width } = desk.canvas();
  await desk.asker.say(['', ...lines.flatMap((line) => screenLines(line, width)), '']);
  return null;
}

async function note(desk: Desk): Choosing {
  const text = await desk.asker.questions.text('Note:');
  return text?.trim() ? { do: 'note', text: text.trim() } : null;
}

async function back(situation: Situation, desk: Desk): Choosing {
  const before = situation.plan.steps[situation.position - 2];
  if (before === undefined) return say(desk, ['This is the first step.']);
  return { do: 'jump', to: before.id, why: 'back' };
}

/** What this step printed, or the one that ran last. */
async function output({ planned }: Situation, desk: Desk): Promise<null> {
  const { stats, lastRun } = desk.mode;
  const isOwn = stats.has(planned.id) || lastRun === null;
  const of = isOwn ? { id: planned.id, title: planned.step.title } : lastRun;
  const { viewOutput } = await import('./output-viewer.ts');
  await viewOutput(of.title, await desk.outputs(of.id), desk);
  return null;
}

async function ownCommand(desk: Desk): Choosing {
  const text = await desk.asker.questions.text('Command (empty: a shell, `exit` comes back):');
  return text === undefined ? null : { do: 'command', text };
}

function soFar({ plan, outcomes }: Situation, desk: Desk): readonly string[] {
  const steps = plan.steps.flatMap(({ id, step }, at) => {
    const outcome = outcomes.get(id);
    return outcome === undefined
      ? []
      : [`${String(at + 1).padStart(3)} ${outcome.padEnd(14)} ${step.title}`];
  });
  const tail = desk.tail();
  return [
    ...(steps.length === 0 ? ['Nothing has run yet.'] : steps),
    ...(tail.length === 0 ? [] : ['', 'last output:', ...tail.map((line) => `  | ${line}`)]),
    '',
    `log  ${desk.logPath()}`,
  ];
}

function help(situation: Situation, desk: Desk, choices: readonly Choice[]): readonly string[] {
  const canvas = desk.canvas();
  const { lead } = desk.lore(situation);
  const prose = lead.trim() === '' ? [] : [...canvas.prose(lead, canvas.width), ''];
  const told = choices.flatMap(({ key, word, says, more = says }) =>
    more === '' || key === '?' ? [] : [[canvas.plain ? word : key, more] as const],
  );
  const indent = Math.min(16, Math.max(...told.map(([name]) => displayWidth(name)))) + 2;
  const keys = told.flatMap(([name, does]) => {
    const [first = '', ...rest] = fold(does, canvas.width - indent);
    const gap = ' '.repeat(Math.max(1, indent - displayWidth(name)));
    return [`${name}${gap}${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
  });
  return [...prose, ...keys, ...fold(HELP_END, canvas.width)];
}

/** What a colleague needs to take over, to be copied into a chat. */
function handover(situation: Situation, lore: StepLore, logPath: string): readonly string[] {
  const { plan, run, position, planned, outcomes } = situation;
  const steps = plan.steps.map(({ id, step }, at) => {
    const mark = at === position - 1 ? '>' : ' ';
    return `${mark} ${countedTitle(at + 1, step.title)}: ${outcomes.get(id) ?? 'not yet'}`;
  });
  return [
    `Handover of ${plan.runbook.title} (${plan.runbook.path}) on ${lore.host}, from ${lore.user}`,
    `Now at step ${position} of ${plan.steps.length}: ${planned.step.title}`,
    ...steps,
    `Go on with: ${commandAbout('resume', run, stateOf(logPath))}`,
    `Log: ${logPath}`,
  ];
}
