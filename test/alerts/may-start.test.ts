import { expect, test } from 'vitest';
import { whyNotAsFilled, whyNotOnAlert } from '../../src/alerts/may-start.ts';
import { DEFAULT_REQUEST } from '../../src/engine/model/plan.ts';
import { planRun } from '../../src/engine/plan.ts';
import { FAMILIES } from '../../src/engine/programs/index.ts';
import { addressesIn, isOwnScript, layersOf } from '../../src/engine/programs/layers.ts';
import { shellFacts } from '../../src/engine/shell/facts.ts';
import { shellGrammar } from '../../src/engine/shell/grammar.ts';
import { walkScript } from '../../src/engine/shell/walk.ts';
import { read } from '../support/read.ts';

const look = (words: string): string => `## Look\n\n~~~sh effect=reads ${words}\nfalse\n~~~\n\n`;
const RESTART = '## Restart\n\n~~~sh effect=writes\ntouch restarted\n~~~\n\n';
const AGAIN = '## Again\n\n~~~sh effect=reads on-fail="goto #restart"\nfalse\n~~~\n\n';
const LOOK_ON = '## Look on\n\n~~~sh effect=reads\ntrue\n~~~\n\n';
const ROLLBACK = '## Rollback\n\n~~~sh effect=writes\ntouch back\n~~~\n\n';

/** Why `#look` of a page is not started by an alert. */
async function why(page: string, defaults = ''): Promise<string | undefined> {
  const runbook = await read(`---\non-alert: [look]\n${defaults}---\n# Ops\n\n${page}`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'] };
  return whyNotOnAlert(await planRun(runbook, request, async () => runbook));
}

test.each([
  ['goto', look('on-fail="goto #restart"') + RESTART, '', 'line 14'],
  ['goto of a goto', look('on-fail="goto #again"') + AGAIN + RESTART, '', 'line 20'],
  ['rollback', look('on-fail=rollback') + ROLLBACK, '', 'line 14'],
  ['rollback by default', look('') + ROLLBACK, 'defaults: { on-fail: rollback }\n', 'line 15'],
])('what a failure leads to has to read only too: %s', async (_, page, defaults, where) => {
  expect(await why(page, defaults)).toMatch(
    new RegExp(`^${where} does more than read, and line \\d+ leads there when it fails$`),
  );
});

test.each([
  ['a rollback that nothing leads to', look('') + ROLLBACK],
  ['a procedure that reads only', look('on-fail="goto #look-on"') + LOOK_ON],
  ['going on', look('on-fail=continue') + RESTART],
])('and what never runs, or reads, keeps nobody from starting it: %s', async (_, page) => {
  expect(await why(page)).toBeUndefined();
});

test.each([
  ['[pool]', undefined],
  ['[Pool]', undefined],
  ['all', undefined],
  ['[look]', 'the frontmatter does not say `on-alert: [all]`'],
  ['[other]', 'the frontmatter does not say `on-alert: [all]`'],
])('an alert that leads to a page starts what its title is said of: %s', async (said, expected) => {
  const page = '# Pool\n\n## Look\n\n~~~sh\nls\n~~~\n\n## Other\n\n~~~sh\ndf\n~~~\n';
  const runbook = await read(`---\non-alert: ${said}\n---\n${page}`);
  const plan = await planRun(runbook, { ...DEFAULT_REQUEST, all: true }, async () => runbook);
  expect(whyNotOnAlert(plan)).toBe(expected);
});

test.each([
  ['rm -rf ./old', 'sh effect=reads'],
  ['sed -i s,old,new, app.conf', 'sh effect=none'],
  ['INSERT INTO jobs VALUES (1);', 'sql effect=reads'],
])('what is sure to act is started by no word of its author: %s', async (text, info) => {
  expect(await why(`## Look\n\n~~~${info}\n${text}\n~~~\n`)).toBe('line 8 does more than read');
});

test.each([
  ['kubectl apply -f pool.yaml', 'sh', '`kubectl apply` changes something'],
  ['ssh db1 systemctl restart pool', 'sh', '`systemctl restart` changes something'],
  ['curl -X POST https://a.example/restart', 'sh', '`curl` sends a POST'],
  ['aws ec2 run-instances --count 1', 'sh', '`aws ec2 run-instances` changes something'],
  ['POST https://a.example/restart', 'http run', 'it sends a POST'],
])('nor what records of programs say to act: %s', async (text, info, known) => {
  const page = `## Look\n\n~~~${info} effect=reads\n${text}\n~~~\n`;
  expect(await why(page)).toContain(`line 8 is said to read only, and ${known}`);
  const { diagnostics } = await read(`---\non-alert: [look]\n---\n# Ops\n\n${page}`);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ rule: 'contradicted-effect', line: 8 }),
  );
});

test.each([
  './look.sh start',
  'python3 look.py',
  'mkdir -p /tmp/found',
  'kubectl apply --dry-run=server -f x',
])("what only may act is its author's to judge: %s", async (text) => {
  expect(await why(`## Look\n\n~~~sh effect=reads\n${text}\n~~~\n`)).toBeUndefined();
});

test.each([
  ['-delete', false],
  ['-o/etc/motd', false],
  ['--output=x', false],
  ['-1', false],
  ['+!touch x', false],
  ['web-1', true],
  ['a -delete', true],
  ['', true],
])('a value that could be an option of a command is given to none: %j', async (value, may) => {
  const head = '---\non-alert: [look]\ninputs: { pod: { description: Which } }\n---\n# Ops\n\n';
  const runbook = await read(`${head}## Look\n\n~~~sh\nfind /srv {{pod}}\n~~~\n`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: value } };
  const plan = await planRun(runbook, request, async () => runbook);
  const said = whyNotOnAlert(plan);
  if (may) expect(said).toBeUndefined();
  else expect(said).toContain('the value of `pod` begins as an option does');
});

test.each([
  "let 'a[$(touch x)]'",
  "test -v 'a[$(touch x)]'",
  "printf -v 'a[$(touch x)]' y",
  "read -r 'a[$(touch x)]' < /etc/hostname",
  "declare 'a[$(touch x)]=1'",
  "compgen -C 'touch x'",
  "PS4='$(touch x)'; set -x; ls",
])('what bash runs besides, whatever it is quoted by, is more than reading: %s', async (text) => {
  expect(await why(`## Look\n\n~~~sh\n${text}\n~~~\n`)).toBe('line 8 does more than read');
});

test.each([
  ['date {{pod}}', '010203042026', false],
  ['date -{{pod}}', 's2020-01-01', false],
  ['sort --{{pod}} /etc/hostname', 'output=x', false],
  ['find /srv -{{pod}}', 'delete', false],
  ['journalctl -u {{pod}}', 'web; rm x', true],
  ['kubectl logs {{pod}}', 'web-1', true],
  ['./look.sh {{pod}}', 'web-1', true],
])('a step is judged with what labels give it too: %s', async (text, value, may) => {
  const head = '---\non-alert: [look]\ninputs: { pod: { description: Which } }\n---\n# Ops\n\n';
  const runbook = await read(`${head}## Look\n\n~~~sh effect=reads\n${text}\n~~~\n`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: value } };
  const said = await whyNotAsFilled(await planRun(runbook, request, async () => runbook), []);
  expect(said).toBe(may ? undefined : 'line 9 does more than read with what the labels give it');
});

/** Why a step is not started where a label gives `pod`. */
async function whyFilled(
  text: string,
  value: string,
  fits = 'description: Which',
): Promise<string | undefined> {
  const head = `---\non-alert: [look]\ninputs: { pod: { ${fits} } }\n---\n# Ops\n\n`;
  const runbook = await read(`${head}## Look\n\n~~~sh effect=reads\n${text}\n~~~\n`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: value } };
  const plan = await planRun(runbook, request, async () => runbook);
  return whyNotOnAlert(plan) ?? whyNotAsFilled(plan, ['DOCKER_HOST', 'KUBECONFIG', 'HOME']);
}

test.each([
  ['x={{pod}}; sort -$x f', 'ox'],
  ['x="{{pod}}"; sort "${x#a}" f', 'a-ox'],
  ['x={{pod}}; sort "${x:1}" f', 'a-ox'],
  ['sort "${pod:1}" f', 'a-ox'],
  ['sort -$pod f', 'ox'],
  ['x={{pod}}; sort $x f', 'a -o x'],
  ['x={{pod}}; y=$x; sort -$y f', 'ox'],
  ['for x in {{pod}}; do sort -$x f; done', 'ox'],
  ['read -r x <<< {{pod}}; sort -$x f', 'ox'],
  ['look() { sort -$1 f; }; look {{pod}}', 'ox'],
  ['set -- {{pod}}; sort -$1 f', 'ox'],
  ['sort -$(echo {{pod}}) f', 'ox'],
  ['x=$(echo {{pod}}); sort "-$x" f', 'ox'],
  ['printf -v x %s {{pod}}; sort -$x f', 'ox'],
  ['x={{pod}}; date "$x"', '010203042026'],
  ['x={{pod}}; date $x', '010203042026'],
  ["export x={{pod}}; bash -c 'sort -$x f'", 'ox'],
  ["bash -c 'sort -$1 f' _ {{pod}}", 'ox'],
  ['echo {{pod}} | xargs sort f', 'a -o x'],
  ['x=({{pod}}); sort -${x[0]} f', 'ox'],
  ['x={{pod}}; sort --out$x f', 'put=x'],
  ['x={{pod}}; find . "${x//_/-}"', '_delete'],
  ['x={{pod}}; sed "$x" f', 'w x'],
  ['x=p{{pod}}; sed "${x:1}" f', 'w x'],
  ['IFS=_; x={{pod}}; sort $x f', 'a_-ox'],
  ['x={{pod}}; [[ $x -gt 3 ]]', 'a[$(touch x)]'],
  ['echo $(( {{pod}} + 1 ))', 'PATH=1'],
  ['x={{pod}}; y=x; sort -${!y} f', 'ox'],
  ['mapfile -t x < <(echo {{pod}}); sort -${x[0]} f', 'ox'],
  ['while read -r x; do sort -$x f; done <<< {{pod}}', 'ox'],
  ['x={{pod}}; bash <<E\nsort -${x:1} f\nE', 'aox'],
  ["echo {{pod}} | awk '{ system($0) }'", 'touch x'],
  ["echo {{pod}} | awk '{ print | $0 }'", 'touch x'],
])('no variable bends what a label gives into more than reading: %s', async (text, value) => {
  expect(await whyFilled(text, value)).toMatch(/^line 9 /);
});

test.each([
  ['ssh <pod> uptime', 'evil'],
  ['curl https://<pod>/health', 'evil'],
  ['/srv/bin/<pod> status', 'id'],
  ['kubectl --context [pod] get pods', 'evil'],
  ['x=<pod>; echo "${x@P}"', '$(touch x)'],
  ['date > /srv/<pod>', 'x'],
])('a hole is the same however its author spelled it: %s', async (text, value) => {
  expect(await whyFilled(text, value)).toMatch(/^line 9 /);
});

test.each([
  ['GET https://{{pod}}/x', 'evil', false],
  ['GET {{pod}}', 'https://evil/', false],
  ['GET https://<pod>/x', 'evil', false],
  ['GET https://ops@{{pod}}/x', 'evil', false],
  ['GET https://a.example{{pod}}/x', '.evil', false],
  ['GET https://a.example/x\nHost: {{pod}}', 'evil', false],
  ['GET https://a.example/{{pod}}', '../x', true],
  ['GET https://a.example/x?pod={{pod}}', 'a&b', true],
  ['GET https://a.example/x\nX-Pod: {{pod}}', 'web-1', true],
])(
  'no label is the host of a request, unless its author says which: %j',
  async (text, value, may) => {
    const page = (fits: string): string =>
      `---\non-alert: [look]\ninputs: { pod: { ${fits} } }\n---\n# Ops\n\n## Look\n\n~~~http run\n${text}\n~~~\n`;
    const runbook = await read(page('description: Which'));
    const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: value } };
    const said = await whyNotAsFilled(await planRun(runbook, request, async () => runbook), []);
    expect(said).toBe(may ? undefined : 'line 9 is sent to a host that the labels give');
  },
);

const BROUGHT = ['x={{pod}}', 'x="of {{pod}}"', 'read -r x <<< {{pod}}', 'x=$(echo {{pod}})'];
const RUN = [
  ...['echo "${x@P}"', 'echo "${!x}"', 'echo "${!x:-none}"', '(( x > 1 ))', '[[ $x -eq 1 ]]'],
  ...[
    'declare -g -i n; n=$x',
    'declare -A n=([k]=1); n+=([$x]=1)',
    'set -- a b; echo "${@:x}"',
    'n=(a b); echo ${n[x]}',
  ],
];

test.each(RUN.flatMap((run) => BROUGHT.map((brought) => [run, brought] as const)))(
  'what bash runs of a value is found in one step or in two: %s after %s',
  async (run, brought) => {
    for (const between of ['\n', '\n~~~\n\n~~~sh effect=reads\n']) {
      const value = run.includes('@P') ? '$(touch x)' : 'a[$(touch x)]';
      expect(await whyFilled(`ls\n${brought}${between}${run}`, value)).toMatch(/^line \d+ /);
    }
  },
);

test.each([
  ['x={{pod}}; kubectl logs "$x"', 'web-1'],
  ['x={{pod}}; kubectl logs $x --tail=20', 'web-1'],
  ['x={{pod}}; kubectl logs -l "app=$x"', 'web-1'],
  ['x={{pod}}; echo "of ${x%%-*}"', 'web-1'],
  ["kubectl get pods | grep {{pod}} | awk '{print $1}'", 'web-1'],
  ['x={{pod}}; grep "$x" /var/log/syslog | tail -n 20', 'web-1'],
  ['x={{pod}}; ls "$HOME/$x"', 'web-1'],
  ['[ "$(kubectl get pod {{pod}} -o name)" = pod/web-1 ]', 'web-1'],
  ['for n in a b; do echo $n {{pod}}; done', 'web-1'],
  ['n=5; kubectl logs {{pod}} --tail=$n', 'web-1'],
  ['x={{pod}}; [[ ${#x} -gt 3 ]] && uptime', 'web-1'],
  ['n=HOME; x={{pod}}; echo "${!n} $x"', 'web-1'],
])('what a label gives is read with: %s', async (text, value) => {
  expect(await whyFilled(text, value)).toBeUndefined();
});

test.each([
  ['PATH=$PWD; ls', 'sets `PATH`'],
  ['export PATH=.:$PATH\nls', 'sets `PATH`'],
  ['(PATH=.; ls)', 'sets `PATH`'],
  ['read -r PATH <<< .; ls', 'sets `PATH`'],
  ['LD_PRELOAD=./x.so; export LD_PRELOAD; ls', 'sets `LD_PRELOAD`'],
  ['declare -n q=PATH; q=.; ls', 'whose name is known only while it runs'],
  ['printf -v "$v" .; ls', 'whose name is known only while it runs'],
  ['export "$v=."; ls', 'whose name is known only while it runs'],
  ['sort f --{output,key}=x', 'puts an option together in braces'],
  ['exec 3<>/dev/tcp/cache/6379; echo flushall >&3', 'sends to another machine'],
])('no alert starts what chooses the programs of its commands: %s', async (text, said) => {
  expect(await whyFilled(text, 'web-1')).toContain(said);
});

test('nor where the words of a step choose them', async () => {
  const page = '---\non-alert: [look]\n---\n# Ops\n\n## Look\n\n~~~sh env.PATH=/srv/bin\nls\n~~~\n';
  const runbook = await read(page);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'] };
  const said = await whyNotAsFilled(await planRun(runbook, request, async () => runbook), []);
  expect(said).toContain('sets `PATH`');
});

test.each([
  ['curl {{pod}}', 'file:///etc/passwd'],
  ['curl -s "{{pod}}/health"', 'http://a.example'],
  ['x={{pod}}; curl "$x"', 'http://a.example'],
  ['timeout 5 curl -sf {{pod}}', 'http://a.example'],
  ['curl --proxy {{pod}} https://a.example', 'x.example'],
  ['wget -qO- {{pod}}', 'ftp://a.example'],
  ['http GET {{pod}}', 'a.example'],
  ['ssh {{pod}} uptime', 'web-1'],
  ['ssh web-1 {{pod}}', 'uptime'],
  ['ssh web-1 "curl {{pod}}"', 'http://a.example'],
  ['psql "{{pod}}"', 'host=x'],
  ["psql -d {{pod}} -c 'select 1'", 'host=x'],
  ['psql -c {{pod}}', 'select 1'],
  ["mongosh {{pod}} --eval 'rs.status()'", 'mongodb://x'],
  ['{{pod}} x', 'touch'],
  ['kubectl {{pod}} pods', 'get'],
  ['systemctl {{pod}} web', 'status'],
  ['bash -c {{pod}}', 'touch x'],
  ['python3 -c {{pod}}', 'print(1)'],
  ['perl -e {{pod}}', 'print 1'],
  ['echo {{pod}} | bash', 'touch x'],
  ['bash <<< {{pod}}', 'touch x'],
  ...[
    'bash {{pod}}',
    'bash "{{pod}}/a.sh"',
    'sh -x {{pod}}',
    '. {{pod}}',
    'source {{pod}}/env',
    'python3 {{pod}}',
    'python3 -m {{pod}}',
    'perl {{pod}}',
    'node {{pod}}',
    'xargs {{pod}}',
    'timeout 5 {{pod}}',
    'x={{pod}}; nice bash "$x"',
    'awk -f {{pod}} f',
    'sed -n -f {{pod}} f',
    'psql shop -f {{pod}}',
    'echo {{pod}} | psql shop',
    'echo "{{pod}}" | mysql shop',
    'printf %s {{pod}} | sqlite3 shop.db',
    'echo {{pod}} | redis-cli -h cache',
    'echo {{pod}} | ssh web-1 bash',
    'echo {{pod}} | ssh web-1',
    'echo {{pod}} | kubectl exec -i web-1 -- sh',
    'echo {{pod}} | xargs ./look.sh',
    'echo {{pod}} | xargs -n 1 look',
    'echo {{pod}} | sh -s a',
    'echo {{pod}} | python3 - a',
    'psql shop <<< {{pod}}',
    'mysql shop <<E\n{{pod}}\nE',
    'date > {{pod}}',
    'date >> /var/log/{{pod}}',
    'x={{pod}}; date >"$x/log"',
    '{ date; } &> {{pod}}',
    'date | tee {{pod}}',
    'date | sudo tee -a /srv/{{pod}}',
    'git -C {{pod}} log',
    'git -c {{pod}} log',
    'kubectl --kubeconfig={{pod}} get pods',
    'kubectl --kubeconfig {{pod}}/config logs web-1',
    'docker compose -f {{pod}} ps',
    'docker -H {{pod}} ps',
    'docker -H {{pod}} compose ps',
    'make -f {{pod}} look',
    'ansible-playbook {{pod}} --check',
    'ansible -i {{pod}} all -m ping',
    'redis-cli -u {{pod}} info',
    'ssh web-1 bash {{pod}}',
    'bash <(echo {{pod}})',
    'psql shop < <(echo {{pod}})',
    'cat <<E | psql shop\n{{pod}}\nE',
    'curl -K {{pod}}',
    'make {{pod}}',
    'x={{pod}}; $x f',
    'while read -r l; do $l; done <<< {{pod}}',
    'x=a{{pod}}; "${x:1}" f',
    'curl "htt{{pod}}"',
    'curl -s f{{pod}}',
  ].map((text) => [text, 'web-1']),
])(
  'no label alone says what is done, or where, whatever the author says: %s',
  async (text, value) => {
    expect(await whyFilled(text, value)).toMatch(/^line 9 (?:lets|hands on|does|runs)/);
  },
);

test.each([
  'curl -sf https://a.example/health/{{pod}}',
  'ls {{pod}}',
  'echo {{pod}}',
  'echo {{pod}} > /dev/null',
  'grep {{pod}} /var/log/syslog',
  'kubectl get pod {{pod}} | grep {{pod}}',
  'kubectl get pod {{pod}} -o json | jq .status',
  'kubectl get pod {{pod}} -o json | python3 -m json.tool',
  'kubectl get pod {{pod}} -o json | ./look.sh',
  'kubectl -n {{pod}} get pods',
  'kubectl logs -f --tail=5 {{pod}}',
  'bash ./look.sh {{pod}}',
  'python3 look.py {{pod}}',
  "awk '{print $1}' /var/log/{{pod}}",
  'git -C /srv/app log {{pod}}',
  'docker logs {{pod}}',
  'docker compose -f /srv/app/compose.yaml logs {{pod}}',
  'timeout 5 ls {{pod}}',
  'k=kubectl; $k get pod {{pod}}',
  'ssh web{{pod}} uptime',
  'bash -c "df -h" {{pod}}',
  'curl -s localhost:9100/{{pod}}',
  'kubectl exec {{pod}} -- df -h',
  'systemctl status {{pod}}',
  './look.sh {{pod}}',
  './look.sh "of {{pod}}"',
  "psql -d shop -c 'select 1' && echo {{pod}}",
  'ssh web-1 systemctl status {{pod}}',
])('and a label that is looked at, as its author spelled where, is: %s', async (text) => {
  expect(await whyFilled(text, 'web-1')).toBeUndefined();
});

test.each(
  [
    'DOCKER_HOST={{pod}} docker ps',
    'DOCKER_HOST={{pod}}; docker ps',
    'read -r KUBECONFIG <<< {{pod}}; kubectl get pods',
    'for DOCKER_HOST in {{pod}}; do docker ps; done',
    'export PGHOST={{pod}}; psql -c "select 1"',
    'PGHOST={{pod}}; export PGHOST; psql -c "select 1"',
    'set -a; PGHOST={{pod}}; psql -c "select 1"',
    'declare -x PGHOST={{pod}}; psql -c "select 1"',
    'env GIT_SSH_COMMAND={{pod}} git ls-remote origin',
    'sudo PGHOST={{pod}} psql -c "select 1"',
    'BASH_ENV={{pod}} bash ./look.sh',
    'LC_ALL={{pod}}; ls',
    'CDPATH={{pod}}; cd app && ls',
    'cd {{pod}} && ./look.sh',
    'pushd "/srv/{{pod}}"; ls',
    'env -C {{pod}} ls',
    '/srv/bin/{{pod}}',
    '/srv/{{pod}}/bin/look',
    'x=/srv/bin/{{pod}}; $x',
    'java -jar {{pod}}',
    'java -cp {{pod}} Look',
    'npm run {{pod}}',
    'cp a {{pod}}',
    'uniq /etc/hostname {{pod}}',
    'echo {{pod}} | at now',
    'echo {{pod}} | crontab -',
    'echo {{pod}} | tee /srv/list',
    'curl "$x{{pod}}"',
    'curl "$BASE{{pod}}"',
    'curl https://a.example{{pod}}',
    'curl --unix-socket {{pod}} http://a.example/',
    'bash < {{pod}}',
    'psql shop < "/srv/{{pod}}.sql"',
    'lookup {{pod}}',
    '$KUBECTL get pod {{pod}}',
    'type {{pod}} && "$(command -v {{pod}})"',
    'umask {{pod}}; ls',
    'ulimit -n {{pod}}; ls',
    'unset {{pod}}; ls',
    'enable {{pod}}',
    'chroot {{pod}} ls',
    'sudo -u {{pod}} ls',
    'nsenter -t {{pod}} ls',
    'ssh -F {{pod}} web-1 uptime',
    'ssh -o ProxyCommand={{pod}} web-1 uptime',
    'git -C "/srv/{{pod}}" log',
    'kubectl get pods --kubeconfig "/srv/{{pod}}"',
    'docker --context {{pod}} ps',
    'aws --endpoint-url {{pod}} s3 ls',
    'mysql --defaults-file={{pod}} -e "select 1"',
    'tar -tf a.tar --use-compress-program={{pod}}',
    'less --lesskey-src={{pod}} a',
    'man -P {{pod}} ls',
    'tar tzf {{pod}}',
    'python3 manage.py {{pod}}',
    'php artisan {{pod}}',
    'jq {{pod}} f',
    "jq '.a | {{pod}}' f",
    "awk '{ print } {{pod}}' f",
  ].map((text) => [text]),
)(
  'a label that is no plain argument of what only reads leaves it to a person: %s',
  async (text) => {
    expect(await whyFilled(text, 'web-1')).toMatch(/^line 9 /);
  },
);

const HOSTS = [
  'curl -sf "http://{{pod}}:9100/metrics"',
  'curl https://{{pod}}/health',
  'x={{pod}}; curl -u "ops:$PASS" "https://$x/"',
  'ssh web-1 "curl http://{{pod}}/"',
  'psql -h {{pod}} -c "select 1"',
  'psql --host={{pod}} -c "select 1"',
  'timeout 5 mysql -h {{pod}} -e "select 1"',
  'redis-cli -h {{pod}} ping',
  'mongosh --host {{pod}} --eval "db.stats()"',
  'kubectl --context {{pod}} get pods',
  'ssh {{pod}} uptime',
  'ssh ops@{{pod}} uptime',
  'psql "host={{pod}} dbname=shop" -c "select 1"',
  'psql postgres://ops:x@{{pod}}/shop -c "select 1"',
  'promtool query instant http://{{pod}}:9090 up',
  'git ls-remote https://{{pod}}/x',
  'dig @{{pod}} a.example',
  'host a.example {{pod}}',
  'nslookup a.example {{pod}}',
  'whois -h {{pod}} a.example',
  'ping -c 1 {{pod}}',
  'traceroute {{pod}}',
  'mtr -rwc 10 {{pod}}',
  'nc -zv {{pod}} 443',
  'timeout 3 nc -z -w 2 {{pod}} 443',
  'nmap -p 22 {{pod}}',
  'openssl s_client -connect {{pod}}:443 </dev/null',
  'ssh-keyscan {{pod}}',
  'showmount -e {{pod}}',
  'cat < /dev/tcp/{{pod}}/80',
  "timeout 3 bash -c '</dev/tcp/{{pod}}/80'",
];
const FITS = 'pattern: "web-[0-9]{1,3}"';

test.each(HOSTS)(
  'a label is no host that a command goes to, unless its author said which fit: %s',
  async (text) => {
    expect(await whyFilled(text, 'web-1')).toMatch(/^line 9 lets what the labels give choose/);
    expect(await whyFilled(text, 'web-1', FITS)).toBeUndefined();
    expect(await whyFilled(text, 'web-1', 'choices: [web-1, web-2]')).toBeUndefined();
  },
);

test.each([
  'bash < {{pod}}',
  'git -C {{pod}} log',
  'curl --unix-socket {{pod}} http://a.example/',
  'kubectl get pods --kubeconfig {{pod}}',
  'psql "{{pod}}"',
  'cqlsh {{pod}} -u ops -p x -e "select 1"',
  'snmpwalk -v2c -c public {{pod}} sysUpTime',
  'ldd {{pod}}',
  'sort -T {{pod}} f',
])('and a pattern says so of hosts alone: %s', async (text) => {
  expect(await whyFilled(text, 'web-1', FITS)).toMatch(/^line 9 lets what the labels give choose/);
});

test.each([
  ['curl http://a.example:{{pod}}/x', '80@b.example'],
  ['curl https://a.example/{{pod}}', '../purge'],
  ['curl https://a.example/{{pod}}', 'x?force=1'],
  ['curl https://{{pod}}/health', 'a.example/purge?x='],
  ['curl "$BASE/{{pod}}"', '../purge'],
  ['ssh web{{pod}} uptime', '.b.example'],
  ['cat "/var/log/{{pod}}"', '../../etc/shadow'],
  ['cat {{pod}}', '/etc/shadow'],
  ['head -n 5 {{pod}}', '/etc/shadow'],
  ['grep -h x {{pod}}', '/etc/shadow'],
  ['x={{pod}}; sudo tail "$x"', '/etc/shadow'],
  ['curl -G https://a.example/q --data-urlencode q@{{pod}}', 'web-1'],
  ['curl -G https://a.example/q --data-urlencode {{pod}}', 'q@/etc/passwd'],
  ['curl -G https://a.example/q --url-query {{pod}}', 'q@/etc/passwd'],
  ['x=$(echo {{pod}} | xxd -r -p); (( x ))', '615b24286964295d'],
  ['x=$(echo {{pod}} | base64 -d); echo $((x + 1))', 'YVskKGlkKV0'],
  ["x=$(echo {{pod}} | tr Q '['); [[ $x -gt 3 ]]", 'aQb'],
  ['x={{pod}}; [[ ${x//Q/[} -gt 3 ]]', 'aQb'],
  ['read -r x < <(echo {{pod}} | xxd -r -p); (( x > 1 ))', '615b'],
  ['x=$(printf %b {{pod}}); echo "${a[x]}"', 'web-1'],
  ['echo {{pod}} | (( $(xxd -r -p) ))', '615b'],
  ['look() {\necho {{pod}}\n}\nlook | (( $(xxd -r -p) ))', '615b'],
  ['(( $(xxd -r -p) )) <<< {{pod}}', '615b'],
  ['x=$(echo {{pod}} | xxd -r -p; echo | wc -l); (( x ))', '615b'],
  ['x=$(grep -c x f; echo {{pod}} | xxd -r -p); (( x ))', '615b'],
  ['n=$(df | wc -l); x=$(dig +short txt {{pod}}); (( n > x ))', 'web-1'],
  ['x={{pod}}; ssh web-1 "systemctl status $x"', 'a; touch y'],
  ['x={{pod}}; watch -n 1 -g kubectl get pod $x', 'a; touch y'],
  ['x={{pod}}; eval "ls $x"', 'a; touch y'],
  ['service {{pod}} status', '../../srv/x'],
  ['helm template x {{pod}}', 'oci://b.example/x'],
  ['aws ec2 describe-instances --instance-ids {{pod}}', 'file:///etc/passwd'],
  ['curl -G https://a.example/q --data-urlencode {{pod}}', '@/etc/passwd'],
  ['jq \'.[] | select(.a == "{{pod}}")\' f', 'x") | env, ("'],
  ["sed -n '/{{pod}}/p' f", 'x/w y'],
])('and so does a value that leads away from where its author put it: %s', async (text, value) => {
  expect(await whyFilled(text, value)).toMatch(/^line 9 /);
});

test.each([
  ['df -h {{pod}}', '/srv'],
  ['ls -l {{pod}}', '/srv'],
  ['./look.sh {{pod}}', '/srv'],
  ['echo {{pod}}', '/srv'],
])('and a whole path starts what tells of it without showing it: %s', async (text, value) => {
  expect(await whyFilled(text, value)).toBeUndefined();
});

test.each([
  ["select setval('ids', 1)", 'may do more than read'],
  ["select * from dblink('host=x', 'delete from a') as t(x int)", 'may do more than read'],
  ["copy a from program 'touch x'", 'may do more than read'],
  ["select lo_import('/etc/passwd')", 'may do more than read'],
  ['select * into b from a', 'may do more than read'],
  ['select ours()', 'may do more than read'],
  ['vacuum a', 'may do more than read'],
  ['select count(*) from a', undefined],
])(
  'SQL is proven to read, by its functions or its connection, whatever its author says: %s',
  async (text, expected) => {
    const start = async (connections: string): Promise<string | undefined> => {
      const head = `---\non-alert: [look]\nconnections: { default: { ${connections} } }\n---\n# Ops\n\n`;
      const runbook = await read(`${head}## Look\n\n~~~sql effect=reads\n${text};\n~~~\n`);
      const request = { ...DEFAULT_REQUEST, procedures: ['look'] };
      return whyNotOnAlert(await planRun(runbook, request, async () => runbook));
    };
    const said = await start('url: postgres://x/y');
    if (expected === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(expected);
    const isKept = /dblink|program|lo_/.test(text);
    const asReadOnly = await start('url: postgres://x/y, readonly: true');
    if (isKept) expect(asReadOnly).toContain('may do more than read');
    else expect(asReadOnly).toBeUndefined();
  },
);

test.each([
  ["select * from pods where name = '{{pod}}'", true],
  ['select count(*) from pods where name = {{pod}}', true],
  ["select pg_read_file('{{pod}}')", false],
  ['select * from pg_ls_dir({{pod}})', false],
])('and a label is given to no function of it that reaches files: %s', async (text, may) => {
  const head = '---\non-alert: [look]\ninputs: { pod: { description: Which } }\n---\n# Ops\n\n';
  const runbook = await read(`${head}## Look\n\n~~~sql effect=reads\n${text};\n~~~\n`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: '/etc/passwd' } };
  const plan = await planRun(runbook, request, async () => runbook);
  const said = whyNotOnAlert(plan) ?? (await whyNotAsFilled(plan, []));
  expect(said?.replace(/^line \d+ /, '')).toBe(
    may
      ? undefined
      : 'hands what the labels give to a function that may reach files or other servers',
  );
});

test.each(['env.PGHOST={{pod}}', 'cwd={{pod}}', 'in=container:{{pod}}'])(
  'no label stands in what says where and how a step is carried out: %s',
  async (words) => {
    const head = '---\non-alert: [look]\ninputs: { pod: { description: Which } }\n---\n# Ops\n\n';
    const runbook = await read(`${head}## Look\n\n~~~sh effect=reads ${words}\nls\n~~~\n`);
    const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: 'web-1' } };
    const said = await whyNotAsFilled(await planRun(runbook, request, async () => runbook), []);
    expect(said).toBe('line 9 lets what the labels give stand in its annotations');
  },
);

test.each([
  'POD={{pod}}; kubectl logs "$POD"',
  'kubectl logs {{pod}} -n {{pod}} --tail=20',
  'kubectl get pods -l app={{pod}} -o wide',
  'kubectl describe pod {{pod}}',
  'name={{pod}}; kubectl get pod "$name" -o yaml',
  'helm status {{pod}} -n {{pod}}',
  'kubectl top pod {{pod}}',
  'journalctl -u {{pod}} -n 50',
  'journalctl --unit={{pod}} --since=-1h',
  'systemctl is-active {{pod}}',
  'curl https://a.example/{{pod}}',
  'BASE=https://a.example; curl -sf "$BASE/{{pod}}/health"',
  'curl -sf "$BASE/{{pod}}"',
  `curl -sG http://prometheus:9090/api/v1/query --data-urlencode 'query=up{instance="{{pod}}"}'`,
  'grep -c {{pod}} /var/log/f',
  'grep -e {{pod}} /var/log/f | tail -n 5',
  'psql shop -v pod={{pod}} -c "select * from pods where name = :\'pod\'"',
  'psql shop -c "select * from pods where name = \'{{pod}}\'"',
  "jq -r --arg pod {{pod}} '.[$pod]' f",
  'jq \'.[] | select(.name == "{{pod}}")\' f',
  "awk -v pod={{pod}} '$1 == pod' f",
  "sed -n '/{{pod}}/p' f",
  'ps -u {{pod}}',
  'pgrep -f {{pod}}',
  'find /var/log -name "{{pod}}*"',
  'docker logs --tail 20 {{pod}}',
  'docker inspect {{pod}}',
  'df -h "/srv/{{pod}}"',
  'dig +short {{pod}}',
  'host {{pod}}',
  "curl -sG https://a.example/q --data-urlencode 'q={{pod}}'",
  'n=$(kubectl get pods -l app={{pod}} --no-headers | wc -l); (( n > 3 ))',
  'n=$(grep -c {{pod}} /var/log/f); [[ $n -gt 3 ]]',
  'n=$(df --output=pcent / | tail -1); (( n > 90 )); echo {{pod}}',
  'n=$(grep {{pod}} /var/log/f | tail -n 1); [ "$n" -gt 3 ]',
  'sudo systemctl status {{pod}}',
  'timeout 5 kubectl get pod {{pod}}',
])('and one that only selects starts: %s', async (text) => {
  expect(await whyFilled(text, 'web-1')).toBeUndefined();
});

test('a value that is longer than a word of a command is refused as that', async () => {
  const said = await whyFilled('kubectl logs {{pod}}', 'x'.repeat(128 * 1024));
  expect(said).toContain('the value of `pod` is longer than the 128 KiB');
  expect(await whyFilled('kubectl logs {{pod}}', 'x'.repeat(1000))).toBeUndefined();
});

test.each([
  ...['cat {{pod}}', 'cat "{{pod}}"', 'x={{pod}}; cat $x', 'x={{pod}}; cat "${x%.log}"'],
  ...['cat "$(basename {{pod}})"', 'cat {{pod}}.log', 'head -n 5 {{pod}}', 'sudo cat {{pod}}'],
  ...['grep x {{pod}}', 'grep -e x {{pod}}', 'awk "{print}" {{pod}}', 'sed -n 1,5p {{pod}}'],
  ...['sed -n -e 1,5p {{pod}}', 'jq . {{pod}}', 'diff {{pod}} a', 'ssh web-1 "cat {{pod}}"'],
  ...['kubectl exec web-1 -- cat {{pod}}', 'cat < {{pod}}', 'grep x < "{{pod}}"'],
  ...['while read -r l; do echo "$l"; done < {{pod}}', 'echo "$(< {{pod}})"'],
  ...['cat *{{pod}}*', 'cat *.{{pod}}', 'cat .{{pod}}', 'for f in {{pod}}.log; do cat "$f"; done'],
  ...[
    'f="{{pod}}.log"; tail "$f"',
    'for f in a {{pod}}; do cat "$f"; done',
    'set -- {{pod}}; cat "$1"',
  ],
  ...['exec 3< {{pod}}; cat <&3', 'read -r l < {{pod}}; echo "$l"', 'x={{pod}}; jq . < "$x"'],
])('no label alone is a file that is shown, of the folder or of the machine: %s', async (text) => {
  for (const value of ['secrets.env', '/etc/shadow', '~/.ssh/id'])
    expect(await whyFilled(text, value)).toMatch(
      /^line \d+ (?:lets|hands on) what the labels give/,
    );
});

test.each([
  ...['cat /var/log/{{pod}}.log', 'cat "$HOME/{{pod}}.log"', 'd=/var/log; cat "$d/{{pod}}.log"'],
  ...['tail -n {{pod}} /var/log/syslog', 'grep {{pod}} /var/log/syslog', 'grep -e {{pod}} f'],
  ...['grep -A 3 {{pod}} f', 'kubectl get pods | grep {{pod}}', 'echo {{pod}} | base64'],
  ...['grep x < /var/log/{{pod}}.log', 'grep {{pod}} < /var/log/syslog', 'ls {{pod}}'],
])('and one behind a folder, or that is looked for, may be: %s', async (text) => {
  expect(await whyFilled(text, '42')).toBeUndefined();
  expect(await whyFilled(text, '42', 'choices: ["42"]')).toBeUndefined();
});

test('nor out of the folder that a file is read from', async () => {
  expect(await whyFilled('cat < /srv/{{pod}}', '../etc/shadow')).toMatch(/choose the file/);
  expect(await whyFilled('cat {{pod}}', 'a.log', 'pattern: "[a-z]+[.]log"')).toBeUndefined();
  expect(await whyFilled('cat < {{pod}}', 'a.log', 'pattern: "[a-z]+[.]log"')).toBeUndefined();
});

test.each([
  ...['git ls-remote {{pod}}', 'git -C /srv/x ls-remote --heads "{{pod}}" HEAD'],
  ...['git remote show {{pod}}', 'docker manifest inspect {{pod}}', 'oras manifest fetch {{pod}}'],
  ...['docker buildx imagetools inspect {{pod}}', 'helm show values {{pod}}', 'npm view {{pod}}'],
  ...['npm view {{pod}} version', 'pip index versions {{pod}}', 'vault kv get {{pod}}'],
  ...['kubectl get pods,{{pod}}', 'psql host=db1,{{pod}} -c "select 1"', 'printenv {{pod}}'],
  ...['kubectl get {{pod}} -o yaml', 'kubectl describe {{pod}}', 'consul kv get {{pod}}'],
])('no label says alone where a registry, a remote or a secret is: %s', async (text) => {
  for (const value of ['secrets', 'evil.example/x'])
    expect(await whyFilled(text, value)).toMatch(/^line \d+ lets what the labels give choose/);
});

test.each([
  ...['git ls-remote origin {{pod}}', 'git log --oneline -5 {{pod}}', 'docker inspect {{pod}}'],
  ...['docker manifest inspect registry.example/{{pod}}', 'helm status {{pod}}'],
  ...['npm view handrail {{pod}}', 'kubectl get pod {{pod}}', 'kubectl get pod/{{pod}} -o wide'],
  ...['kubectl get -n x pod {{pod}}', 'kubectl get pods -l app={{pod}}', 'kubectl top pod {{pod}}'],
  'vault kv get secret/ops/{{pod}}',
])('what its author began is his: %s', async (text) => {
  expect(await whyFilled(text, 'web-1')).toBeUndefined();
});

test.each([
  ...['cat "${f:-{{pod}}}"', 'cat ${f:-${g:-{{pod}}}}', ': "${f:={{pod}}}"; cat "$f"'],
  ...['cat < "${f+{{pod}}}"', 'curl "${u:-{{pod}}}"', 'tail -n 3 {/var/log/a,{{pod}}}'],
  ...[`bash -c 'curl "$0"' {{pod}}`, `sh -c 'cat $0' {{pod}}`],
  ...['dd if={{pod}}', 'cat ~/{{pod}}', 'cat ./{{pod}}', 'cat /{{pod}}', 'cat "$HOME"/{{pod}}'],
  ...['gpg -d {{pod}}', 'unzip -p {{pod}}', 'git show {{pod}}', 'ansible-vault view {{pod}}'],
  ...['find . -maxdepth 0 -exec cat {{pod}} ";"', 'find / -name {{pod}} -exec cat {} +'],
  ...[
    'find {{pod}} -type f -exec cat {} +',
    'timeout 5 find -L .. -name {{pod}} -exec cat {} +',
    'fd {{pod}} / -x cat',
  ],
  ...['find . -maxdepth 0 -exec ssh {{pod}} uptime ";"', 'find . -exec printenv {{pod}} ";"'],
])(
  'no label is a file or a place because it stands in for one or behind another program: %s',
  async (text) => {
    for (const value of ['web-1', 'etc/passwd'])
      expect(await whyFilled(text, value)).toMatch(/^line \d+ lets what the labels give choose/);
  },
);

test.each([
  ...['pass show {{pod}}', 'secret-tool lookup service {{pod}}', 'etcdctl get {{pod}}'],
  ...['aws ssm get-parameter --name {{pod}}', 'aws ssm get-parameters-by-path --path={{pod}}'],
  ...['promtool query instant {{pod}} up', `psql -c "select pg_read_file('{{pod}}')"`],
  ...[`psql -v f={{pod}} -c "select pg_ls_dir(:'f')"`, `jq -n --arg p {{pod}} '$ENV[$p]'`],
  ...[`jq -n --arg p {{pod}} 'env as $e | $e[$p]'`, `awk -v k={{pod}} 'BEGIN{print ENVIRON[k]}'`],
  `awk -v f={{pod}} 'BEGIN{while((getline l < f)>0) print l}'`,
])('nor is it a secret, a host, or what code opens: %s', async (text) => {
  expect(await whyFilled(text, 'web-1')).toMatch(/^line \d+ lets what the labels give choose/);
});

test.each([
  ...['pass show ops/{{pod}}', 'aws ssm get-parameter --name /ops/{{pod}}', 'gpg -d /srv/{{pod}}'],
  ...['aws elbv2 describe-load-balancers --names {{pod}}', 'kubectl get pod "${p:-{{pod}}}"'],
  ...['find /var/log -name "{{pod}}*" -exec tail -n 5 {} +', 'find /var/log -name {{pod}}'],
  ...["find /var/log -name '*.log' -exec grep -l {{pod}} {} +", 'cat /var/log/app-{{pod}}.log'],
  ...[`awk -v p={{pod}} '$1 == p' /var/log/a`, `psql -c "select * from env where pod = '{{pod}}'"`],
  `jq --arg p {{pod}} '.[] | select(.env == $p)' /srv/a.json`,
])('where its author began it, or it is data, it starts: %s', async (text) => {
  expect(await whyFilled(text, 'web-1')).toBeUndefined();
});

test.each(['x={{pod}}; echo "${!x}"', 'x={{pod}}; y=$x; echo "${!y}"'])(
  'nor which variable of the environment is shown: %s',
  async (text) => {
    expect(await whyFilled(text, 'PD_KEY')).toMatch(/^line \d+ shows a variable that the labels/);
  },
);

const ASKED = [
  ...['gitlab-psql -c "Q"', 'sudo gitlab-psql -c "Q"'],
  ...['psql -c "Q"', 'psql -h db -Atc "Q" shop', 'psql <<< "Q"', 'psql <<E\nQ\nE', 'mysql -e "Q"'],
  ...['sudo -u postgres psql -c "Q"', 'kubectl exec db-0 -- psql -c "Q"', `ssh db "psql -c 'Q'"`],
  ...[`bash -c "psql -c 'Q'"`, 'x=$(psql -Atc "Q"); echo $x', 'sqlite3 x.db "Q"'],
];

test.each(ASKED)('a query is started where its functions are known to read: %s', async (text) => {
  const asking = (query: string): Promise<string | undefined> =>
    whyFilled(text.replace('Q', query), 'web-1');
  expect(await asking('select count(*) from jobs')).toBeUndefined();
  expect(await asking('select purge_old()')).toMatch(/may do more than read by what it asks/);
});

/** Commands that records of programs have as their examples, with a label in the place of each word and glued to it. */
function* commandsWithLabels(): Generator<string> {
  for (const { examples } of FAMILIES.flat())
    for (const line of examples.split('\n')) {
      const command = line.slice(line.indexOf(': ') + 2).trim();
      if (/["'$`|<>&;(){}*\\]/.test(command)) continue;
      const words = command.split(' ');
      yield `${command} {{pod}}`;
      if (!isOwnScript(words)) yield `echo {{pod}} | ${command}`;
      for (const at of words.keys())
        for (const word of ['{{pod}}', `${words[at]}{{pod}}`]) yield words.with(at, word).join(' ');
    }
}

/** What a command is besides its data: programs, code, files that it writes, settings, and the beginning of addresses. */
function frameOf(text: string, value: string): unknown {
  const { commands, writes, settings } = walkScript(
    shellGrammar,
    shellGrammar.parse(text),
    text,
    text,
  );
  const layers = commands.flatMap(({ name, args }) => layersOf([name, ...args]));
  const holding = commands.flatMap(({ name, args }) =>
    addressesIn([name, ...args]).map((address) => address.indexOf(value) === 0),
  );
  const programs = layers.map(({ words, handed }) =>
    handed?.kind === 'script' ? frameOf(handed.text, value) : words[0],
  );
  return [programs, writes, settings, holding.includes(true)];
}

test('whatever a label is, where it starts it changes no program, file or setting of any example of a record', async () => {
  const head = '---\non-alert: [look]\ninputs: { pod: { description: Which } }\n---\n# Ops\n\n';
  const runbook = await read(`${head}## Look\n\n~~~sh effect=reads\nls {{pod}}\n~~~\n`);
  const request = { ...DEFAULT_REQUEST, procedures: ['look'], inputs: { pod: 'web-1' } };
  const base = await planRun(runbook, request, async () => runbook);
  const values = ['web-7', 'delete', 'a.sh', 'x=1', 'b.example', '/etc/shadow'];
  let started = 0;
  // Every third, which meets every record: its words stand behind one another.
  const all = [...new Set(commandsWithLabels())].filter((_, at) => at % 3 === 0);
  for (const [at, text] of all.entries()) {
    const value = values[at % values.length] ?? '';
    const steps = base.steps.map((one) => ({
      ...one,
      step: { ...one.step, text, shell: shellFacts(text) },
    }));
    const plan = { ...base, steps, request: { ...request, inputs: { pod: value } } };
    if ((await whyNotAsFilled(plan, [])) !== undefined) continue;
    started += 1;
    const filled = text.replaceAll('{{pod}}', value);
    expect(frameOf(filled, value), filled).toEqual(frameOf(text.replaceAll('{{pod}}', 'zz'), 'zz'));
    const isOwn = shellFacts(text).commands.every(({ name, args }) => isOwnScript([name, ...args]));
    if (!isOwn) expect(['none', 'reads'], filled).toContain(shellFacts(filled).effect);
  }
  expect(started).toBeGreaterThan(150);
});
