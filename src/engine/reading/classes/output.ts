import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** What a command puts out, or text that is only shown. */
export const output: BlockClass<FenceFeatures, 'output'> = {
  name: 'output',
  summary: 'what a command puts out',
  evidence: [
    { weight: 'output/untagged', says: 'names no language', holds: (f) => f.tag === 'none' },
    { weight: 'output/unsaid', says: 'no line is surely a command', holds: (f) => f.sure === 0 },
    {
      weight: 'output/some-no',
      says: 'has lines that are no commands',
      holds: (f) => f.no > 0 && f.tag === 'none',
    },
    { weight: 'output/most-no', says: 'most lines are no commands', holds: (f) => f.no >= 0.5 },
    {
      weight: 'output/text',
      says: 'reads as text',
      holds: (f) => f.texted >= 0.99 && f.lines > 0 && f.no >= 0.99,
    },
    {
      weight: 'output/console',
      says: 'is tagged as a session and shows no prompt',
      holds: (f) => f.tag === 'console' && f.sure === 0 && f.maybe === 0,
    },
    {
      weight: 'output/failure',
      says: 'says what went wrong',
      holds: (f) => f.failure && f.sure === 0,
    },
    {
      weight: 'output/put-out',
      says: 'has a line that only programs put out',
      holds: (f) => f.putOut && f.sure === 0 && !f.failure,
    },
    { weight: 'output/stamped', says: 'begins as a log does', holds: (f) => f.stamped },
    { weight: 'output/logged', says: 'is of log lines', holds: (f) => f.logged && f.sure < 0.5 },
    {
      weight: 'output/status',
      says: 'says how something is',
      holds: (f) => f.status && f.sure < 0.5,
    },
    { weight: 'output/tabular', says: 'is a table', holds: (f) => f.tabular },
    { weight: 'output/drawn', says: 'is a drawing', holds: (f) => f.drawn && f.tag === 'none' },
    {
      weight: 'output/versions',
      says: 'is what programs say of themselves',
      holds: (f) => f.versions,
    },
    {
      weight: 'output/said',
      says: 'the text above says that it is output',
      holds: (f) => f.output === 'sure' && f.tag === 'none',
    },
    {
      weight: 'output/maybe-said',
      says: 'the text above speaks of output',
      holds: (f) => f.output === 'maybe' && f.tag === 'none',
    },
    {
      weight: 'output/troubled',
      says: 'the text above speaks of an error, and no line is surely a command',
      holds: (f) => f.troubled && f.sure === 0 && f.no >= 0.5,
    },
    {
      weight: 'output/compared',
      says: 'its label says that two states are set side by side',
      holds: (f) => f.compared,
    },
    {
      weight: 'output/keyed',
      says: 'has a word with what it says of something',
      holds: (f) => f.keyed && f.tag === 'none',
    },
    {
      weight: 'output/place',
      says: 'is the place of a file',
      holds: (f) => f.place && !f.asksToRun,
    },
    { weight: 'output/below', says: 'stands directly below commands', holds: (f) => f.below },
    {
      weight: 'output/single-words',
      says: 'is single words',
      holds: (f) => f.singleWords && f.sure === 0 && f.shaped === 0 && f.tag === 'none',
    },
  ],
  examples: [
    '# U\n\nIf you get an authentication error similar to the following:\n\n```sh\nUnable to find the image locally\nDaemon says: you have no permission to do this, log in first.\n```',
    '# U\n\n```bash\nuptime\n```\n\n```\n10:00 up 3 days\n```',
    '# Renew\n\n```bash\nkubeadm certs renew all\n```\n```bash\n[renew] Reading configuration from the cluster...\n[renew] Done, restart the pods\n```',
    '# U\n\n```\nNAME   READY\nweb-1  1/1\n```',
    "# U\n\n```bash\nUnable to find image 'web:1' locally\n```",
    '# U\n\nOpen the folder:\n\n```\nD:\\Data\\Instances\\<name>\n```',
    '# U\n\nÉditer ce fichier :\n\n```bash\nC:\\Users\\Anna\\AppData\\Local\\Terminal\\settings.json\n```',
  ],
  counterExamples: [
    '# U\n\n```\nbuf generate\nmoon run :build\n```',
    '# U\n\n```bash\nweird-tool\n```',
  ],
};
