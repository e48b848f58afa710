import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** Configuration, data or source that belongs in a file. */
export const configuration: BlockClass<FenceFeatures, 'configuration'> = {
  name: 'configuration',
  summary: 'text that belongs in a file',
  evidence: [
    {
      weight: 'configuration/kind',
      says: 'holds configuration, data or source',
      holds: (f) => f.config !== '',
    },
    {
      weight: 'configuration/put',
      says: 'the text above asks to put it into a file',
      holds: (f) => f.asksToPut && f.sure < 0.5 && f.tag === 'none',
    },
  ],
  examples: [
    '# U\n\n```\nmax_connections = 100\nwork_mem = 64MB\n```',
    '# U\n\n```bash\n0 3 * * * /usr/local/bin/backup\n```',
  ],
  counterExamples: ['# U\n\nMake the tag:\n\n```\nTAG=v1\ngit tag $TAG\n```'],
};
