import type { Situation } from '../../engine/contracts/operator.ts';
import { formatDuration } from '../../text/duration.ts';
import { fold, screenLines } from './canvas.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import { handover } from './handover.ts';
import type { Choice } from './keys.ts';

/** What a person can do at every step, whatever its kind. */
export const COMMON_KEYS: readonly Choice[] = [
  { key: 'n', word: 'note', says: 'note' },
  { key: 'b', word: 'back', says: 'back' },
  { key: 'j', word: 'jump', says: 'jump' },
  { key: '!', word: 'shell', says: 'shell' },
  { key: 'l', word: 'log', says: 'log' },
  { key: 'p', word: 'handover', says: 'handover' },
  { key: '?', word: 'help', says: 'help' },
  { key: 'q', word: 'quit', says: 'quit' },
];

const HELP = [
  'r  run it; Enter too when it only reads. What destroys asks you to type its target first.',
  's  skip it, with a reason                 m  it was done by hand, with a reason',
  'e  edit the command, then run it          v  run its probe: is it done already?',
  'n  a note for the record                  a  run on until something needs you',
  'b  back one step      j  jump to a step   !  a command or a shell, with the state of this run',
  'l  what happened so far                   p  text to hand this over to a colleague',
  'q  save and quit: `handrail resume` goes on from here',
  'Skips, edits, jumps and commands of your own are recorded as deviations, in your name.',
];

/** Carries out one of the common keys. */
export async function commonKey(key: string, situation: Situation, desk: Desk): Choosing {
  switch (key) {
    case 'n':
      return note(desk);
    case 'b':
      return back(situation, desk);
    case 'j':
      return jump(situation, desk);
    case '!':
      return ownCommand(desk);
    case 'l':
      return say(desk, soFar(situation, desk));
    case 'p':
      return say(desk, handover(situation, desk.lore(situation), desk.logPath()));
    case '?':
      return say(desk, help(situation, desk));
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

async function jump({ plan, outcomes }: Situation, desk: Desk): Choosing {
  const choices = plan.steps.map(({ id, step }, at) => ({
    value: id,
    label: `${at + 1}. ${step.title}${outcomes.has(id) ? ` (${outcomes.get(id)})` : ''}`,
  }));
  const to = await desk.asker.questions.pick('Jump to:', choices);
  const why = to === undefined ? undefined : await reasonFor(desk, 'Why jump?');
  return to === undefined || why === undefined ? null : { do: 'jump', to, why };
}

async function ownCommand(desk: Desk): Choosing {
  const text = await desk.asker.questions.text('Command (empty for a shell):');
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

function help(situation: Situation, desk: Desk): readonly string[] {
  const canvas = desk.canvas();
  const { lead } = desk.lore(situation);
  const prose = lead.trim() === '' ? [] : [...canvas.prose(lead, canvas.width), ''];
  return [...prose, ...HELP.flatMap((line) => fold(line, canvas.width))];
}
