import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** Commands of a shell. A tag says so; without one their shape, the page and the words above do. */
export const commands: BlockClass<FenceFeatures, 'commands'> = {
  name: 'commands',
  summary: 'commands of a shell',
  evidence: [
    { weight: 'commands/tag', says: 'is tagged as shell', holds: (f) => f.tag !== 'none' },
    { weight: 'commands/script', says: 'is a script', holds: (f) => f.script },
    {
      weight: 'commands/all-read',
      says: 'every line may be a command',
      holds: (f) => f.no === 0 && f.lines > 0,
    },
    {
      weight: 'commands/mostly',
      says: 'nearly every line may be a command',
      holds: (f) => f.no > 0 && f.no <= 0.125 && f.sure * f.lines >= 4,
    },
    {
      weight: 'commands/half-sure',
      says: 'begins its lines with known programs',
      holds: (f) => f.sure >= 0.5,
    },
    {
      weight: 'commands/some-sure',
      says: 'begins a line with a known program',
      holds: (f) => f.sure > 0,
    },
    { weight: 'commands/shape', says: 'has the shape of commands', holds: (f) => f.shaped >= 0.5 },
    {
      weight: 'commands/words',
      says: 'is of a program and its words',
      holds: (f) => f.worded >= 0.5 && !f.singleWords,
    },
    {
      weight: 'commands/told',
      says: 'says what its program is to do',
      holds: (f) => f.told >= 0.5 && !f.status,
    },
    {
      weight: 'commands/elsewhere',
      says: 'uses a program that the page uses elsewhere',
      holds: (f) => f.toolElsewhere,
    },
    {
      weight: 'commands/asked',
      says: 'the text above asks to run it',
      holds: (f) => f.asksToRun && !f.asksToPut,
    },
    {
      weight: 'commands/named',
      says: 'the sentence above names its program',
      holds: (f) => f.named,
    },
    {
      weight: 'commands/lead',
      says: 'the text above leads over to it',
      holds: (f) => f.leadTells && f.no < 1,
    },
    {
      weight: 'commands/heading',
      says: 'its heading tells what to do',
      holds: (f) => f.headingTells && f.lines <= 12,
    },
    {
      weight: 'commands/single-words',
      says: 'is single words',
      holds: (f) => f.singleWords && f.sure < 0.5 && f.shaped === 0,
    },
  ],
  examples: [
    '# U\n\n## Unlock\n\n```\nvaultctl unlock\n```',
    '# U\n\nAdd the user:\n\n```\ngit-crypt add-gpg-user me@example.com\n```',
    '# U\n\n```\nflyctl status\n```',
    '# Upgrade\n\n    sudo do-release-upgrade',
    '# U\n\n```\n// تثبيت\nsudo apt install cockpit\n```',
    "# U\n\nМеняем переменную командой `fw_setenv`:\n\n```\nfw_setenv args 'a=1,b=2 c=(d)'\n```",
  ],
  counterExamples: [
    '# U\n\n```\nNAME   READY\nweb-1  1/1\n```',
    '# U\n\n```\nweb running\n```',
    '# U\n\n```\nServer version: 8.0\nUptime: 3 days\n```',
  ],
};
