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
    {
      weight: 'configuration/put-tagged',
      says: 'the text above asks to put it into a file',
      holds: (f) =>
        f.asksToPut &&
        f.tag !== 'none' &&
        f.sure === 0 &&
        f.told < 0.5 &&
        !f.toolElsewhere &&
        !f.asksToRun,
    },
    {
      weight: 'configuration/named',
      says: 'begins with the name of a file of settings',
      holds: (f) =>
        f.namesFile &&
        f.sure === 0 &&
        f.told < 0.5 &&
        f.shaped < 0.5 &&
        !f.toolElsewhere &&
        !f.asksToRun &&
        !f.script,
    },
    {
      weight: 'configuration/saved',
      says: 'the text above asks to save it as a file',
      holds: (f) => f.saved,
    },
    {
      weight: 'configuration/edited',
      says: 'what stands above opens a file in an editor',
      holds: (f) =>
        f.edited &&
        f.sure === 0 &&
        f.told < 0.5 &&
        !f.toolElsewhere &&
        (!f.asksToRun || f.asksToPut),
    },
    {
      weight: 'configuration/edited-put',
      says: 'it is to be added to the file that was opened above',
      // A script that stands below the editor's call is what the file is to hold, whatever is said between them.
      holds: (f) => f.edited && (f.asksToAdd || f.script),
    },
  ],
  examples: [
    '# U\n\n```\nmax_connections = 100\nwork_mem = 64MB\n```',
    '# U\n\n```bash\n0 3 * * * /usr/local/bin/backup\n```',
    '# U\n\n```bash\nnano /etc/pam.d/sshd\n```\n\nScroll down:\n\n```\nauth required pam_totp.so\n```',
    '# U\n\n```bash\nnano ~/backup.sh\n```\n\nAdd:\n\n```bash\ntar czf a.tgz /srv\n```',
    '# U\n\n```\nnano ~/start.sh\n```\n\nIt takes this; the options are explained below.\n\n```\n#!/bin/bash\n/srv/game/server -batch\n```',
    '# U\n\n```\n#include <stdio.h>\nint main()\n{\n  int fd;\n  fd = open("/dev/a", 2);\n  close(fd);\n}\n```',
    '# U\n\nSave this as /srv/etc/purge.conf:\n\n```bash\nrm -rf /srv/old\n```',
    '# U\n\nAdd this line to /etc/network/interfaces:\n\n```bash\nallow-hotplug ens18\n```',
    '# U\n\n```bash\nhttp:// {\n    root * /srv/www\n    file_server\n}\n```',
    '# U\n\n```bash\nif ($denied = yes) {\n    return 403;\n}\n```',
    "# U\n\n```bash\n'locking' => true,\n  'cache' => '\\\\OC\\\\Redis',\n  'redis' =>\n  array (\n    'port' => 0,\n  ),\n```",
    '# U\n\n```bash\nHiddenServiceDir /var/lib/tor/site\nHiddenServicePort 80 127.0.0.1:80\n```',
  ],
  counterExamples: [
    '# U\n\nMake the tag:\n\n```\nTAG=v1\ngit tag $TAG\n```',
    '# U\n\n```bash\nnano /etc/app.conf\n```\n\nAnd then:\n\n```\nsystemctl restart app\n```',
    '# U\n\n```bash\ncheck() {\n  curl -f "$1"\n}\ncheck https://example.com\n```',
  ],
};
