import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** Commands for the console of a switch, a router or a firewall: no shell knows them. */
export const deviceConsole: BlockClass<FenceFeatures, 'device-console'> = {
  name: 'device-console',
  summary: 'commands for the console of a device',
  evidence: [
    { weight: 'device/prompt', says: 'has the prompts of a device', holds: (f) => f.device },
  ],
  examples: ['# U\n\n```bash\nSwitch#show version\nSwitch(config)#hostname x\n```'],
  counterExamples: ['# U\n\n```bash\n# Switch the traffic\nswitchctl all\n```'],
};
