import type { Spelling } from './spelling.ts';

/** Words that wait to be replaced, and paths that nobody has. */
export const WAITING_WORDS: readonly Spelling[] = [
  {
    what: 'a word that waits to be replaced',
    kind: 'filler',
    pattern:
      /(?<![\w$.{%/-])(?:TODO|FIXME|TBD|TBA|TBC)(?![\w=.:-])|(?<=[/=:@])(?:TODO|FIXME|TBD|TBA|TBC)(?![\w=.-])|(?<![\w$.{])(?:change|replace|fill)[-_](?:me|this|in)(?![\w=])|(?<![\w$.{/-])(?:placeholder|PLACEHOLDER)(?![\w=.-])|(?<![\w$.{])(?:REPLACE|ENTER|INSERT|FILL(?:_IN)?|SET|PUT)_(?:YOUR_|THE_)?(?=[A-Z_]{0,40}(?:NAME|ID|HOST|KEY|TOKEN|PASSWORD|VALUE|SERVICE|URL|HERE|IP|USER|VERSION|TAG|REGION|PROJECT)(?![\w=]))[A-Z0-9_]{2,60}|(?<![\w$.{])[A-Z][A-Z0-9]{0,30}(?:[_-][A-Z0-9]{1,30}){0,6}[_-](?:HERE|PLACEHOLDER)(?![\w=])|(?<=[^\w$.{\n-])(?:[a-z0-9]{1,30}[_-]){0,5}(?:account|address|bucket|cluster|database|domain|email|host|hostname|id|ip|key|name|namespace|node|password|path|pod|port|project|region|secret|server|service|tag|token|url|user|username|value|version)[_-]here(?![\w=.-])/g,
    finds: {
      'systemctl restart TODO': 'TODO',
      'export API_TOKEN=TODO': 'TODO',
      "export PASSWORD='FIXME'": 'FIXME',
      'rm -rf /srv/TBD': 'TBD',
      'systemctl restart change_me': 'change_me',
      'kubectl config use-context NAME_HERE': 'NAME_HERE',
      'gcloud config set project PROJECT-ID-HERE': 'PROJECT-ID-HERE',
      'curl -H "Authorization: Bearer my-token-here" https://api.corp.net': 'my-token-here',
      'systemctl restart INSERT_SERVICE_NAME': 'INSERT_SERVICE_NAME',
      'systemctl restart SERVICE_PLACEHOLDER': 'SERVICE_PLACEHOLDER',
    },
    leaves: [
      'grep -rn TODO src',
      'git commit -m "TODO later"',
      'cat TODO.md',
      'echo TODO',
      'cd right-here.d',
      'stop-right-here --now',
      'rm -rf nothing-here',
    ],
  },
  {
    what: 'a path of the documentation',
    kind: 'filler',
    pattern:
      /(?<![\w$}-])(?:~|\.{1,2})?\/?(?:path|some\/path|full\/path)\/to(?:\/[\w.-]{1,80}){0,8}(?!\w)|(?<=\w)\/path\/to(?:\/[\w.-]{1,80}){0,8}(?!\w)|(?<![\w$}.-])\/(?:some|your|full|absolute|my)\/(?:path|dir|directory|folder|file)(?![\w-])(?:\/[\w.-]{1,80}){0,8}|(?<=[\s=])(?:path|location)[-_](?:to|of)[-_][\w.-]{1,60}/g,
    finds: {
      './load --file path-to-yml-file': 'path-to-yml-file',
      'rsync -a /path/to/source/ /srv/data/': '/path/to/source',
      'bash /path/to/script.sh': '/path/to/script.sh',
      'bash ./path/to/script.sh': './path/to/script.sh',
      'cp app.yml /your/path/app': '/your/path/app',
    },
    leaves: ['ls /srv/path/other', 'cd /opt/paths/top', 'ls /srv/my/files'],
  },
];
