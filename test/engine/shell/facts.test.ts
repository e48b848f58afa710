import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readShell } from '../../../src/engine/shell/facts.ts';

const wild = async (text: string): Promise<readonly string[]> =>
  (await readShell(text)).wildInputs.map((input) => input.name);
const free = async (text: string): Promise<readonly string[]> =>
  (await readShell(text)).uses.filter((use) => !use.defaulted).map((use) => use.name);

describe('commands', () => {
  test('a command has its literal words, quotes removed, and its line', async () => {
    const { commands } = await readShell('cd /srv\nsudo -u app git log --format="%h %s" $REV\n');
    expect(commands).toEqual([
      { name: 'cd', args: ['/srv'], line: 0, conditional: false, sudo: false },
      {
        name: 'git',
        args: ['log', '--format=%h %s', '$REV'],
        line: 1,
        conditional: false,
        sudo: true,
        as: ['-u', 'app'],
      },
    ]);
  });

  test('what stands behind && or in a branch may never run', async () => {
    const { commands } = await readShell('a && b\nif c; then d; fi\nf() { e; }\n');
    expect(commands.map((command) => [command.name, command.conditional])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
      ['e', true],
    ]);
  });

  test('what stands behind && of a command that only makes ready runs as surely as that does', async () => {
    const surely = async (script: string): Promise<readonly string[]> =>
      (await readShell(script)).commands
        .filter(({ conditional }) => !conditional)
        .map(({ name }) => name);
    expect(await surely('cd app && deploy\n')).toEqual(['cd', 'deploy']);
    expect(await surely('mkdir -p a && cd a && pack && send\n')).toEqual(['mkdir', 'cd', 'pack']);
    expect(await surely('cd app || deploy\n')).toEqual(['cd']);
    expect(await surely('cd app && test -f a && deploy\n')).toEqual(['cd', 'test']);
    expect(await surely('[[ -f a ]] && deploy\n')).toEqual([]);
  });

  test('the insides of substitutions are commands, the insides of strings are not', async () => {
    const { commands } = await readShell('echo "$(date; ls `pwd`)" \'rm -rf /\'\n');
    expect(commands.map((command) => command.name).sort()).toEqual(['date', 'echo', 'ls', 'pwd']);
  });

  test('comments, assignments and functions alone run nothing', async () => {
    expect(await readShell('# one\n\n# two\n')).toMatchObject({ onlyComments: true });
    expect(await readShell('A=1\nexport B="$A x"\n')).toMatchObject({ onlyAssignments: true });
    expect(await readShell('A=$(date)\n')).toMatchObject({ onlyAssignments: false });
    expect(await readShell('f() {\n  ls\n}\n')).toMatchObject({
      onlyFunctions: true,
      functions: ['f'],
    });
  });

  test('what bash refuses is not well formed', async () => {
    for (const text of ['if true; then\n', 'echo "open\n', ') fi\n', 'cat <(\n'])
      expect(await readShell(text), text).toMatchObject({ wellFormed: false });
  });
});

describe('variables', () => {
  test('a variable is free when nothing before its use sets it', async () => {
    expect(await free('rm -rf $DATA/*\nDATA=/x\necho "$DATA"\n')).toEqual(['DATA']);
  });

  test('read, for, mapfile, getopts, printf -v, arithmetic and := set variables', async () => {
    const text = [
      'while IFS= read -r a b; do echo $a $b; done < list',
      'for c in 1 2; do echo $c; done; echo $c',
      'mapfile -t d < list; echo "${d[@]}"',
      'while getopts ab: e; do echo $e $OPTARG; done',
      "printf -v f '%s' x; echo $f",
      '((g = 1)); echo $g; ((h++)); echo $h',
      'echo "${i:=1}"; echo $i',
      'declare -a j; echo ${j[0]}',
      'export K=1; echo $K',
      'for ((l = 0; l < 3; l++)); do echo $l; done',
    ];
    expect((await free(text.join('\n'))).filter((name) => name !== 'OPTARG')).toEqual([]);
  });

  test('a default or a test of its own is no free variable', async () => {
    expect(await free('echo ${A:-x} ${B-x} ${C:+x}\n')).toEqual([]);
    expect(
      await free('[ -n "$D" ] && echo "$D"\nif [[ -z ${E} ]]; then exit; fi; echo $E'),
    ).toEqual([]);
    expect(await free('echo ${F:?must be set}\n')).toEqual(['F']);
  });

  test('what a subshell or a pipeline sets stays there', async () => {
    expect(await free('(A=1); echo $A\n')).toEqual(['A']);
    expect(await free('echo x | read B; echo $B\n')).toEqual(['B']);
    expect(await free('C=$(D=1; echo $D); echo $C\n')).toEqual([]);
  });

  test('a function sees what the script sets later, and keeps its locals', async () => {
    expect(await free('f() { echo $A $1; }\nA=1\nf x\n')).toEqual([]);
    expect(await free('f() { local B=1; echo $B; }\nf\necho $B\n')).toEqual(['B']);
    expect(await free('f() { C=1; }\nf\necho $C\n')).toEqual([]);
    expect(await free('f() { echo $D; }\nf\n')).toEqual(['D']);
  });

  test('arguments of a script are free, those of a function are not', async () => {
    expect(await free('echo $1 "${2}" $# $@ $? $$\n')).toEqual(['1', '2']);
    expect(await free('f() { echo $1; }\n')).toEqual([]);
    expect(await free('set -- a b; echo $1\n')).toEqual([]);
  });

  test('behind source and eval nothing can be told', async () => {
    const facts = await readShell('echo $A\nsource ./env.sh\necho $B\n. "$X/y"\n');
    expect(facts.sources).toEqual(['./env.sh']);
    expect(facts.uses.map((use) => [use.name, use.defaulted])).toEqual([
      ['A', false],
      ['B', true],
      ['X', true],
    ]);
  });

  test('quoted text and here-documents with a quoted tag use nothing', async () => {
    expect(await free("echo '$A' \\$B\ncat <<'END'\n$C\nEND\n")).toEqual([]);
    expect(await free('cat <<END\n$C\nEND\n')).toEqual(['C']);
    expect(await free("awk '{ print $1 }' file\n")).toEqual([]);
  });
});

describe('inputs in the wild', () => {
  test('the spellings people use are inputs of that name', async () => {
    expect(
      await wild('deploy {VERSION} <your-namespace> [deployment-id] YOUR_TOKEN CHANGEME\n'),
    ).toEqual(['VERSION', 'your-namespace', 'deployment-id', 'YOUR_TOKEN', 'CHANGEME']);
    expect(await wild('curl https://your-domain.com/health\n')).toEqual(['your-domain.com']);
    expect(await wild('git checkout tags/v{VERSION}\nssh <user>@<host>\n')).toEqual([
      'VERSION',
      'user',
      'host',
    ]);
    expect(await wild('kubectl scale -n <name space> deploy/<app>-web\n')).toEqual([
      'name-space',
      'app',
    ]);
    expect(await wild('echo "to {REGION}"\ncat <<END\nhost: <db-host>\nEND\n')).toEqual([
      'REGION',
      'db-host',
    ]);
  });

  test.each([
    ["git tag 'v<version>'", 'version'],
    ['git tag v<version>', 'version'],
    ['ssh node<n>.<domain>', 'n domain'],
    ['cat <source> <table>', 'source table'],
    ['cp <a> <b>', 'a b'],
    ['psql -c "SELECT * FROM <table>"', 'table'],
    ["mail -s '[<service>] (<state>)' ops", 'service state'],
    ['kubectl label ns (<name>)', 'name'],
    ['restore --to <YYYY-MM-DD> --of "<host or ip>"', 'YYYY-MM-DD host-or-ip'],
    ['echo <первая-версия>', 'первая-версия'],
    ['deploy <...>', 'value'],
    ["sed -i 's/tag: .*/tag: <tag>/' values.yaml", 'tag'],
    ['cat > app.conf <<END\nhost = <host>\nEND', 'host'],
    ['echo "<Name>" <id>', 'Name id'],
    ['git tag -a vX.Y.Z -m "Release X.Y.Z"', 'X.Y.Z X.Y.Z'],
    ['tar xf app-1.4.X.tar.gz', '1.4.X'],
    ['pg_restore cluster_YYYYMMDDTHHMMSSZ.dump', 'YYYYMMDDTHHMMSSZ'],
    ['rm backup-YYYY-MM-DD.sql logs/DD.MM.YYYY', 'YYYY-MM-DD DD.MM.YYYY'],
    [
      'ssh root@xxx.xxx.xxx.xxx; ping 10.0.x.x; ip a add XXX.XXX.XXX.XXX/24',
      'xxx.xxx.xxx.xxx 10.0.x.x XXX.XXX.XXX.XXX',
    ],
    ['docker pull app@sha256:3f9…', 'app-sha256:3f9'],
    [
      'export PASSWORD=changeme HOST=yourdomain.com KEY=INSERT_KEY_HERE',
      'changeme yourdomain.com INSERT_KEY_HERE',
    ],
    ['certbot certonly -d www.example.com', 'www.example.com'],
    ['git tag v{version}', 'version'],
  ])('%s wants a value', async (text, names) => {
    expect((await wild(text)).join(' ')).toBe(names);
  });

  test('shell syntax, templates and markup are not', async () => {
    for (const text of [
      'echo ${VERSION} "${A}" $1\n',
      'ls {a,b} {1..3} [0-9]* [a-z] *.[ch] [[:alpha:]]\n',
      '[ -f x ] && [[ $a == b ]]; test x\n',
      'sort <in >out; cat < in > out; cat <in>out; while read x; do :; done <list\n',
      'cat <<EOF\nhi\nEOF\ncat <<-END\nhi\nEND\n',
      "docker ps --format '{{.Names}}' --filter '{{ json . }}'\n",
      'cat <<END\n<div><b>x</b></div> {"a": ["b"]}\n<name>x</name>\nEND\n',
      "kubectl get po -o jsonpath='{.items[0].metadata.name}' | jq '.[] | {name}'\n",
      "curl -w '%{http_code}' x; git show HEAD@{upstream} v1^{commit}\n",
      "awk '{print}' f; grep '[error]' f; sed 's/[abc]//' f; xargs -I{} echo {}\n",
      '# deploy <version> to {REGION}\n',
      'f() { a; }\narr[index]=1; echo "${arr[name]}"\n',
      'echo "Usage: $0 <file>"\n',
      'sort <in -u >out; exec 3<in 4>out; cat $(<list); diff <(a) <(b)\n',
      'cat > x.cpp <<END\n#include <vector>\nstd::vector<int> a;\nEND\n',
      'cat > x.html <<END\n<p>one<br>two<hr>\nEND\n',
      "sed 's/<version>/1.2/' f; grep '<title>' f; perl -ne '/(?<year>x)/' f\n",
      'date +%Y%m%d; psql -c "SELECT to_char(now(), \'YYYY-MM-DD\')"; tool --format YYYY-MM-DD\n',
      'jq .x.y.z f; cat setup_18.x; curl -fsS https://example.com; ls ./...; echo Waiting…\n',
      'mktemp /tmp/x.XXXXXX\n',
      'exec {lock}>file\n',
    ])
      expect(await wild(text), text).toEqual([]);
  });

  test('a script with them is still read around them', async () => {
    const facts = await readShell('kubectl logs <pod> | grep {PATTERN} && echo $X\n');
    expect(facts.wellFormed).toBe(true);
    expect(facts.commands.map((command) => command.args)).toEqual([
      ['logs', '<pod>'],
      ['{PATTERN}'],
      ['$X'],
    ]);
    expect(facts.wildInputs[0]).toEqual({
      name: 'pod',
      spelling: '<pod>',
      line: 0,
      start: 13,
      end: 18,
    });
  });
});

describe('effects', () => {
  test.each([
    ['echo hi; cd /srv; export A=1', 'none', ''],
    ['kubectl get pods -n web | grep Running', 'reads', ''],
    ['git status && git log -3', 'reads', ''],
    ['psql -c "select count(*) from users"', 'reads', ''],
    ['curl -s https://a.example/health', 'reads', ''],
    ['systemctl status nginx', 'reads', ''],
    ['kubectl apply -f web.yaml', 'writes', ''],
    ['curl -X POST -d x https://a.example', 'writes', ''],
    ['systemctl restart nginx', 'writes', ''],
    ['echo x > /etc/motd', 'writes', ''],
    ['echo x > /dev/null 2>&1', 'none', ''],
    ['some-tool --now', 'writes', ''],
    ['rm -rf /var/cache/app', 'destroys', '/var/cache/app'],
    ['sudo rm -rf "$DIR"', 'destroys', '$DIR'],
    ['kubectl -n prod delete pod web-1', 'destroys', 'pod web-1 -n prod'],
    ['kubectl delete pod web-1 --dry-run=client', 'reads', ''],
    ['psql -c "DROP TABLE users"', 'destroys', 'users'],
    ['psql -c "delete from users where id = 3"', 'destroys', 'users'],
    ['psql -c "select \'drop table x\'"', 'reads', ''],
    ['git reset --hard HEAD~1', 'destroys', 'HEAD~1'],
    ['git push --force origin main', 'destroys', 'origin main'],
    ['redis-cli FLUSHALL', 'destroys', ''],
    ['redis-cli -h cache GET x', 'reads', ''],
    ['terraform plan', 'reads', ''],
    ['terraform destroy', 'destroys', ''],
    ['docker compose down', 'destroys', ''],
    ['aws s3 rm s3://bucket/x', 'destroys', 's3://bucket/x'],
    ['aws ec2 describe-instances', 'reads', ''],
    ['curl -X DELETE https://a.example/x', 'destroys', 'https://a.example/x'],
    ['ssh web-1 "rm -rf /srv/old"', 'destroys', '/srv/old'],
    ["bash -c 'dropdb shop'", 'destroys', 'shop'],
    ['kubectl exec web-1 -- ls /srv', 'reads', ''],
    ['timeout 5 xargs -n 1 rm', 'destroys', ''],
    ['find /tmp -name "*.log" -delete', 'destroys', '/tmp'],
    ['find /tmp -name "*.log"', 'reads', ''],
    ['> /var/log/app.log', 'destroys', '/var/log/app.log'],
    ['dd if=/dev/zero of=/dev/sda', 'destroys', ''],
    ['wipe() { rm -rf /x; }; wipe', 'destroys', '/x'],
    ['$(pick-command) x', 'writes', ''],
    ['constructor x; toString', 'writes', ''],
    ['helm --help', 'reads', ''],
    ['date', 'reads', ''],
    ['swapoff -a', 'destroys', ''],
  ])('%s', async (text, effect, target) => {
    const facts = await readShell(text);
    expect([facts.effect, target === '' ? '' : facts.target]).toEqual([effect, target]);
  });

  test('the reason names what does it', async () => {
    expect((await readShell('rm -r x')).effectWhy).toBe('`rm` deletes');
  });
});

describe('commands that need watching', () => {
  const names = async (text: string): Promise<readonly string[]> => {
    const facts = await readShell(text);
    const all = { endless: facts.endless, interactive: facts.interactive, session: facts.sessions };
    return Object.entries(all).flatMap(([kind, commands]) =>
      commands.map((command) => `${kind} ${command.name}`),
    );
  };
  test.each([
    ['tail -f /var/log/app.log', ['endless tail']],
    ['kubectl logs -f web-1', ['endless kubectl']],
    ['journalctl -u nginx -f', ['endless journalctl']],
    ['timeout 10 tail -f x', []],
    ['tail -n 5 x; docker logs web', []],
    ['ping -c 3 host', []],
    ['read -p "Sure? " answer', ['interactive read']],
    ['while read -r line; do echo $line; done < list', []],
    ['crontab -e', ['interactive crontab']],
    ['crontab -l', []],
    ['ssh web-1', ['session ssh']],
    ['ssh -p 22 web-1 uptime', []],
    ['ssh web-1 < script.sh', []],
    ['kubectl exec -it web-1 -- bash', ['session kubectl']],
    ['docker exec -it web sh', ['session docker']],
    ['psql -h db shop', ['session psql']],
    ['psql -h db -c "select 1"', []],
    ['psql shop < dump.sql', []],
    ['sudo su -', ['session su']],
  ])('%s', async (text, expected) => {
    expect(await names(text)).toEqual(expected);
  });
});

describe('parts', () => {
  test('two commented groups are two parts', async () => {
    const { parts, isScript } = await readShell(
      '# Stop\nstop-it\n\n# Start it again:\nstart-it\n\n',
    );
    expect(isScript).toBe(false);
    expect(parts).toEqual([
      { title: 'Stop', line: 0, endLine: 1 },
      { title: 'Start it again', line: 3, endLine: 4 },
    ]);
  });

  test('one group, comments on expected output and scripts have no parts', async () => {
    for (const text of [
      '# One\na\nb\n',
      '# One\na\n# Should output: x\n',
      '#!/bin/bash\n# One\na\n# Two\nb\n',
      '# One\nfor x in a; do\n# inner\necho $x\ndone\n# Two\nb\n',
      '# One\ncat <<END\n# Two\nEND\nb\n',
    ])
      expect((await readShell(text)).parts, text).toEqual([]);
  });

  test('a comment inside a string opens no part', async () => {
    expect(
      (await readShell('# One\necho "\n# Two\n"\n# Three\nb\n')).parts.map((part) => part.title),
    ).toEqual(['One', 'Three']);
  });
});

describe('hostile text', () => {
  test.each([
    ['open groups', '('.repeat(50_000)],
    ['open substitutions', '$('.repeat(20_000)],
    ['open braces', '${a:-'.repeat(10_000)],
    ['here-documents', 'cat <<A\n'.repeat(10_000)],
    ['angles', '<a'.repeat(40_000)],
    ['brackets', '[a '.repeat(30_000)],
    ['braces', '{A'.repeat(40_000)],
    ['placeholders', '<a b> {C} [d-id] '.repeat(5_000)],
    ['templates', '{{'.repeat(40_000)],
    ['long words', 'your-'.repeat(20_000)],
    ['xs', 'X'.repeat(100_000)],
    ['comments', '# a\nb\n'.repeat(15_000)],
    ['underscores', `[${'a_'.repeat(40_000)}`],
    ['hyphens', `{${'a-'.repeat(40_000)} <${'a '.repeat(40_000)}`],
    ['assignments', 'A=1 '.repeat(25_000)],
    ['functions', 'f() { g() { h; }; }\n'.repeat(5_000)],
    ['sudo', 'sudo '.repeat(20_000)],
  ])('%s are read in bounded time', async (_, text) => {
    expect(await readShell(text)).toHaveProperty('effect');
  });

  test('any text has facts, and they are plain data', async () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '$(',
        ')',
        '`',
        '"',
        "'",
        '<<E\n',
        '{',
        '}',
        '${',
        ';',
        '&&',
        '[[',
        ']]',
        '\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const facts = await readShell(pieces.join(' '));
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }),
      { numRuns: 150 },
    );
  });

  test('bash and the grammar agree on what is well formed', async () => {
    const scripts = [
      'a && b || c; d & e | f |& g',
      'if a; then b; elif c; then d; else e; fi',
      'case $x in a|b) c ;; *) d ;& esac',
      'select x in a b; do break; done',
      'until false; do :; done',
      '[[ $a =~ ^x.*$ && -f b ]] || ! c',
      'echo $\'a\\\'b\' $"c" "$(echo "`d`")"',
      'x=(a [3]=b "c d"); x+=(e)',
      'cat <<A <<-B\n1\nA\n\t2\n\tB',
      'function f { a; } 2>/dev/null',
      'coproc NAME { a; }',
      'a <(b) >(c) {fd}>d <<<"e"',
      '((a = b ? 1 : 2)); let "c = 1"; echo $((2 ** 3)) $[1+1]',
      'echo ${a//b/c} ${a:1:2} ${a^^} ${a@Q} ${!a*} ${#a[@]}',
      'time -p a; ! b',
      'if a; then',
      'a && && b',
      'done',
      'echo "a',
      'for x in a; echo; done',
      'case x in',
      'f() {',
    ];
    for (const script of scripts) {
      const bash = spawnSync('bash', ['-n'], { input: `${script}\n` }).status === 0;
      expect((await readShell(`${script}\n`)).wellFormed, script).toBe(bash);
    }
  });
});

test.each([
  ['</dev/tcp/db/5432', 'none'],
  [': >/dev/tcp/db/5432', 'none'],
  ['echo > /dev/tcp/db/5432', 'none'],
  ['exec 3<>/dev/tcp/db/5432', 'none'],
  ['echo flushall > /dev/tcp/cache/6379', 'writes'],
  ['cat dump >>/dev/udp/log/514', 'writes'],
])('a port is looked at, and what is sent to it may act: %s', async (text, effect) => {
  expect((await readShell(text)).effect).toBe(effect);
});
