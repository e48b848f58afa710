import type { FenceFeatures } from '../fences/fence-features.ts';
import type { BlockClass } from './class.ts';

/** Commands for the console of a switch, a router or a firewall: no shell knows them. */
export const deviceConsole: BlockClass<FenceFeatures, 'device-console'> = {
  name: 'device-console',
  summary: 'commands for the console of a device',
  evidence: [
    { weight: 'device/prompt', says: 'has the prompts of a device', holds: (f) => f.device },
    {
      weight: 'device/windows',
      says: 'has the switches of commands of Windows',
      holds: (f) => f.windows && !f.device,
    },
  ],
  examples: [
    '# U\n\n```bash\nSwitch#show version\nSwitch(config)#hostname x\n```',
    '# U\n\nList them:\n\n```\nDISM /Online /Get-TargetEditions\n```',
    '# U\n\nStarta servern:\n\n```\n.\\relay.exe\n```',
    '# U\n\n```bash\nIf (-NOT ([Security.Principal.WindowsIdentity]::GetCurrent()).IsSystem) {\n  Break\n}\n```',
    '# U\n\nLautlos:\n\n```\nmsiexec /i Agent-2.msi /qn TARGETDIR="D:\\Agent"\n```',
  ],
  counterExamples: [
    '# U\n\n```bash\n# Switch the traffic\nswitchctl all\n```',
    '# U\n\n```bash\nls /Applications\n```',
    '# U\n\n```\n[INFO] Listening at: http://0.0.0.0:8080\n[INFO] Startup complete\n```',
    '# U\n\nOpen the folder:\n\n```\nD:\\Data\\Instances\\<name>\n```',
  ],
};
