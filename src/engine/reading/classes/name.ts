import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** A path, an address, a version, the name of a setting. */
export const name: BlockClass<ItemFeatures, 'name'> = {
  name: 'name',
  summary: 'is a path, an address, a version or a name',
  evidence: [
    { weight: 'name/code', says: 'begins with the name of something', holds: (f) => f.codeName },
    { weight: 'name/name', says: 'is a path, an address or a version', holds: (f) => f.name },
  ],
  examples: [
    '# Steps\n\n1. /etc/app/app.conf\n2. /var/log/app',
    '# Setup\n\n1. Docker 24\n2. Elixir 1.16',
  ],
  counterExamples: ['# Steps\n\n1. `docker ps`\n2. `docker images`'],
};
