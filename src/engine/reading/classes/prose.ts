import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** Sentences: a message to send, a note, an instruction among commands. */
export const prose: BlockClass<FenceFeatures, 'prose'> = {
  name: 'prose',
  summary: 'sentences',
  evidence: [
    { weight: 'prose/most', says: 'most lines are sentences', holds: (f) => f.prose },
    {
      weight: 'prose/code',
      says: 'holds a sentence with code that a shell would run',
      holds: (f) => f.proseWithCode,
    },
    {
      weight: 'prose/mixed',
      says: 'holds lines among its commands that no shell has',
      holds: (f) =>
        f.mixed !== '' && f.config === '' && f.sure < 1 && f.sure + f.maybe > 0 && f.tag !== 'none',
    },
  ],
  examples: [
    '# U\n\n```\nThe service will be down for an hour.\nPlease save your work now.\n```',
    '# U\n\n```bash\nkubectl get pods\n1. Restart the pods\n```',
    '# U\n\n```bash\nfree -m\nThen call `sudo reboot` on db1\n```',
    '# U\n\n```bash\nEjecute `systemctl restart app` en el nodo\n```',
  ],
  counterExamples: ['# U\n\n```bash\n# The service is down for an hour\nsystemctl stop app\n```'],
};
