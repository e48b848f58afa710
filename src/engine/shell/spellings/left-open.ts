import { OWN, type Spelling } from './spelling.ts';

/** What says only what it names, and what is left to whoever reads it. */
export const LEFT_OPEN: readonly Spelling[] = [
  {
    what: 'a name that only says what it names',
    kind: 'bare',
    pattern:
      /(?<=[^\S\n])(?:container|pod|service|db|database|bucket|cluster|instance|node|file|app|project|namespace|branch|image|volume|resource|deployment|topic|queue|role|domain|server|device|job|task|stack|function|release|repo|user|pvc|secret|configmap|statefulset|snapshot|vm|tenant|customer|dataset)[-_](?:name|id)(?![\w=.(:,-]| ?[=<>])|(?<=[^\S\n])(?:dbname|podname|username|yourname|myuser@myhost)(?![\w=.(:-])|(?<=[^\S\n]|\/|:)(?:my|some|the)(?:[-_][a-z0-9]{1,30}){0,6}[-_](?:name|id|token|password|secret)(?![\w=.(-])|(?<![\w@.-])(?:user|username|USER|USERNAME|you|me)@(?:host|hostname|server|remote|remotehost|remote[-_]host|HOST|HOSTNAME|SERVER|ip|IP|ip-address|server-ip)(?![\w-]|\.\w)|(?<![\w.-])[\w.-]{1,40}@(?:host|hostname|HOST|HOSTNAME|remote-host|remote_host|server_ip|server-ip|ip-address)(?![\w-]|\.\w)|(?<=-u )(?:user|username|USER|USERNAME):(?:pass|password|PASS|PASSWORD)(?!\w)/g,
    finds: {
      'docker stop container_name': 'container_name',
      'docker stop container-name': 'container-name',
      'pg_dump dbname': 'dbname',
      'ssh user@host reboot': 'user@host',
      'ssh root@hostname reboot': 'root@hostname',
      'aws s3 rm s3://my-bucket-name --recursive': 'my-bucket-name',
      'curl -u user:password https://api.corp.net': 'user:password',
    },
    leaves: [
      'read -r username',
      'aws cognito get --container-name a',
      'ssh root@web1 reboot',
      'psql "dbname=app"',
      'cut -d, -f user_name f',
    ],
  },
  {
    what: 'an expansion that is a name with hyphens',
    kind: 'bare',
    pattern: new RegExp(String.raw`\$\{[a-z]{2,30}(?:-[a-z]{2,30}){0,4}-(?:${OWN})\}`, 'g'),
    finds: { 'systemctl restart ${service-name}': '${service-name}' },
    leaves: ['echo "${1-name}"', 'cd "${HOME-/root}"'],
  },
  {
    what: 'a part of an address',
    kind: 'filler',
    pattern: /(?<=\/):[a-z]\w{1,40}(?![\w:])/g,
    finds: { 'curl -X DELETE https://api.corp.net/users/:id': ':id' },
    leaves: ['curl https://api.corp.net:8080/users', 'ls /srv/:new'],
  },
  {
    what: 'a choice',
    kind: 'bare',
    pattern:
      /(?<![$\w{])\{[\w-]{1,30}(?:\|[\w-]{1,30}){1,8}\}|(?<![$\w[])\[[\w-]{2,30}(?:\|[\w-]{2,30}){1,8}\]/g,
    finds: {
      'systemctl {start|stop} web': '{start|stop}',
      'systemctl [start|stop|restart] web': '[start|stop|restart]',
    },
    leaves: ['(ls|wc -l)', 'awk "{a|b}" f'],
  },
  {
    what: 'what was left out',
    kind: 'elided',
    pattern:
      /(?<=[^\S\n])(?:\.\.\.|…)(?=[\s;|&)]|$)|(?<![\w@:/.-])[\w@:/-]{1,60}\.\.\.(?=[\s;|&)"']|$)|(?<=["'{[:,(] {0,2}|Bearer )\.\.\.(?=[\s"'}\],)])|(?<=\/)\[\.\.\.\]|(?<=\w=)(?:\.\.\.|…)(?=[\s;|&)]|$)/g,
    finds: {
      'export API_TOKEN=...': '...',
      'git revert abc123...': 'abc123...',
      'rm -rf /srv/...': '/srv/...',
      'docker stop ...': '...',
      'curl -H "Authorization: Bearer ..." https://api.corp.net': '...',
      'curl -d \'{"name": ...}\' https://api.corp.net': '...',
    },
    leaves: [
      'go test ./...',
      'bazel test //...',
      'git log main...feature',
      'echo "waiting ..."',
      'git commit -m "wait ..."',
      'printf "working..."',
    ],
  },
];
