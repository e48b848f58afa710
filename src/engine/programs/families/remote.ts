import { isHarmlessFile, type Judgement, recorded, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given, valuesOf } from '../rules.ts';

/** Other machines: shells, copies, load. */
export const REMOTE: readonly Program[] = [
  {
    names: 'ssh',
    values: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w -B',
    switches: '-t -T -n -q -v -4 -6 -A -a -C -K -k -X -x -Y -y -g -s -tt -M',
    none: '',
    reads: '-V, -G, -Q',
    writes: '-N, -f, -F, -O, -D, -R, -o=*command*',
    endless: '-N !-f',
    runs: [{ after: 1, shell: true, elsewhere: true, opens: true, unless: '-N -V -G -Q -O -W' }],
    addresses: '=0 -J',
    code: { reads: 'shell', operand: 1, rest: true, input: true },
    examples: `reads: ssh web-1 uptime
      destroys: ssh -p 22 web-1 'rm -rf /srv/x'
      writes session: ssh web-1
      writes: ssh web-1 < script.sh
      writes endless: ssh -N -L 1:x:2 web-1
      reads endless: ssh web-1 'tail -f x'
      writes: ssh -o ProxyCommand=./x web-1 ls
      writes: ssh -F x web-1 ls`,
  },
  {
    names: 'psexec psexec64 plink psftp winrs',
    values: '-u -p -pw -l -P -i -n -w -r -s',
    longDash: true,
    secrets: '-p -pw',
    examples: 'writes: psexec -u ops -p geheim x',
  },
  {
    names: 'mosh autossh sshuttle slogin rsh rlogin',
    values: '-p -M -r --ssh -l --proxy --user',
    session: '* $',
    enters: true,
    examples: 'writes session: mosh web-1',
  },
  {
    names: 'tsh teleport',
    values: '-p -l --proxy --user --cluster',
    switches: '*',
    reads: 'ls|status|version, db|app|kube ls',
    destroys: 'logout, request drop',
    otherwise: 'writes',
    runs: [{ under: 'ssh', after: 1, shell: true, elsewhere: true, opens: true }],
    examples: 'reads: tsh ls\nreads: tsh ssh web-1 uptime\nwrites session: tsh ssh web-1',
  },
  {
    names: 'pssh parallel-ssh pdsh clush dsh mpssh',
    values: '-h -H -w -l -p -t -O -o -e -g -x -X -f -u -R',
    switches: '-i -P -v -A -b -B -L -S -N -q -a',
    runs: [{ shell: true, elsewhere: true }],
    examples: 'destroys: pdsh -w web[1-9] rm -rf /x\nreads: clush -w @web uptime',
  },
  {
    names: 'mpirun mpiexec srun',
    values: '-np -n -H -hostfile -host --hostfile -N -x -mca',
    longDash: true,
    runs: [{ writes: true }],
    examples: 'writes: mpirun -np 2 ./app\ndestroys: srun rm x',
  },
  {
    names: 'sinfo squeue sacct scontrol sacctmgr sbatch salloc scancel',
    reads: 'show',
    destroys: 'delete',
    switches: '-u -l',
    examples: 'reads: scontrol show node x\nwrites: sbatch x',
  },
  {
    names: 'scp ssh-copy-id pscp rcp',
    values: '-i -P -o -F -l -c -J -S',
    session: '',
    asks: '',
    examples: 'writes: scp a b:/x\nwrites: scp b:/x .',
  },
  {
    names: 'sftp',
    values: '-b -B -c -D -F -i -J -l -o -P -R -S -s -X',
    session: '* !-b',
    asks: '',
    enters: true,
    examples:
      'writes session: sftp ops@files\nwrites: sftp -b batch ops@files\nwrites: sftp ops@files < batch',
  },
  {
    names: 'lftp',
    values: '-c -e -f -p -u',
    session: '* !-c !-f',
    asks: '',
    enters: true,
    secrets: '-u,',
    examples: "writes session: lftp files\nwrites: lftp -c 'open files; put x'",
  },
  {
    names: 'ftp tftp',
    values: '-c -m -o -P -s -T -u -N',
    session: '* !-c !-o !-u',
    asks: '',
    enters: true,
    examples:
      'writes session: ftp files\nwrites session: tftp files\nwrites: tftp files -c get x\nwrites: ftp -o x ftp://files/x',
  },
  {
    names: 'ssh-keyscan ssh-audit',
    hosts: '=*',
    values: '-p -t -T',
    switches: '-H -4 -6',
    otherwise: 'reads',
    writes: '-f',
    examples: 'reads: ssh-keyscan -H x',
  },
  {
    names: 'ssh-add',
    reads: '-l, -L',
    destroys: '-d, -D',
    examples: 'reads: ssh-add -l\ndestroys: ssh-add -D\nwrites: ssh-add x',
  },
  {
    names: 'ssh-agent',
    runs: [{}],
    values: '-t -a',
    otherwise: 'writes',
    examples: 'writes: ssh-agent\nwrites: ssh-agent deploy-it',
  },
  {
    names: 'ssh-keygen',
    values: '-f -t -b -C -N -P -E -I -s -n -V -D -m -O -Y -r -F -R',
    reads: '-l, -y, -F, -B, -L',
    destroys: '-R',
    secrets: '-N -P',
    asks: '!-N !-l !-y !-F !-R !-B !-H !-L !-Q !-A !-Y !-s',
    asksTerminal: true,
    examples:
      "reads: ssh-keygen -lf x\ndestroys: ssh-keygen -R web-1\nwrites asks: ssh-keygen -t ed25519\nwrites: ssh-keygen -t ed25519 -N '' -f x",
  },
  {
    names: 'rsync',
    addresses: '=*',
    values:
      '-e -f -T -B -M --rsh --exclude --include --files-from --exclude-from --include-from --bwlimit --rsync-path --log-file --port --timeout --password-file',
    dry: '-n !--rsync-path !-e !--rsh !--log-file, --dry-run !--rsync-path !--rsh !--log-file, --list-only !-e !--rsh !--log-file',
    destroys: '--delete*, --del, --remove-source-files, --remove-sent-files',
    does: 'deletes',
    examples:
      'reads: rsync -avn a b\ndestroys: rsync -a --delete a b\ndestroys: rsync --remove-source-files a b\nwrites: rsync -a a b\nreads: rsync -a --dry-run --delete a b',
  },
  {
    names: 'lsyncd unison csync2 syncthing mutagen',
    reads: 'sync list',
    destroys: 'sync terminate',
    examples: 'writes: unison x',
  },
  {
    names: 'curl',
    selects: '-m --max-time --connect-timeout --data-urlencode= --url-query=',
    values: `-A -H -m -u -w -e -b -x -E -U -r -y -Y -z -X -d -F -T -o -c -K -D -Q -t -C -P --user-agent --header
      --max-time --connect-timeout --user --write-out --referer --cookie --proxy --cert --key --cacert --capath --retry
      --retry-delay --retry-max-time --resolve --interface --range --limit-rate --max-redirs --request --data --data-raw
      --data-binary --data-urlencode --data-ascii --json --form --form-string --upload-file --output --cookie-jar --config
      --dump-header --url --proto --tls-max --ciphers --pass --oauth2-bearer --connect-to --unix-socket --aws-sigv4
      --variable --output-dir --trace --trace-ascii --stderr --hsts --alt-svc --etag-save --etag-compare --engine --netrc-file --proxy-user --dns-servers --max-filesize --quote --url-query --time-cond --noproxy`,
    switches: `-s -S -f -L -k -I -i -v -g -4 -6 -G -N -n -q -a -0 -1 -2 -3 -Z -# --silent --show-error --fail --location
      --insecure --head --include --get --compressed --http1.1 --http2 --http3 --ipv4 --ipv6 --fail-with-body --no-buffer
      --globoff --location-trusted --path-as-is --raw --tlsv1.2 --tlsv1.3 --ssl-reqd --netrc --anyauth --basic --digest
      --negotiate --progress-bar --no-progress-meter --retry-all-errors --retry-connrefused --tr-encoding --styled-output --no-keepalive --tcp-nodelay --haproxy-protocol --next --parallel --http2-prior-knowledge --http0.9 --ssl --cert-status`,
    addresses: '=* --url -x --proxy -K --config',
    judge: judgeCurl,
    otherwise: 'reads',
    secrets: '-u: --user: --pass --proxy-user: -U: --oauth2-bearer --key-pass',
    examples: `reads: curl -s https://a.example/health
      reads: curl -fsSL -H 'A: b' https://a.example
      reads: curl -G -d q=x https://a.example
      reads: curl -s -o /dev/null -w '%{http_code}' https://a.example
      writes: curl -o x https://a.example
      writes: curl https://a.example/cache/purge?all=1
      writes: curl -O https://a.example/x
      writes: curl -X POST https://a.example
      writes: curl -d @x https://a.example
      writes: curl -F a=@b https://a.example
      writes: curl -T x https://a.example
      writes: curl --json '{}' https://a.example
      writes: curl -K x.conf
      writes: curl --request PURGE https://a.example
      writes: curl -sXPUT https://a.example
      writes: curl -c jar https://a.example
      writes: curl -D headers https://a.example
      destroys: curl -X DELETE https://a.example/x
      destroys: curl -X POST https://a.example/_snapshot/x/_restore
      writes: curl -Q 'DELE x' ftp://a.example
      writes: curl --unheard-of https://a.example`,
  },
  {
    names: 'wget wget2',
    values:
      '-O -o -a -i -P -t -T -w -U -e -A -R -D -I -X -B --output-document --header --user --password --tries --timeout --post-data --post-file --method --body-data --user-agent',
    switches:
      '-q -S -nv -c -N -r --no-check-certificate --content-on-error --no-verbose --server-response -nc -4 -6',
    reads:
      '--spider !-r !-o !-a !--post-data !--post-file !--method !-e, -O=-|/dev/stdout|/dev/null !-o !-a !--post-data !--post-file !--method !-e, --output-document=-|/dev/null !--method !--post-data',
    destroys: '--method=delete|DELETE',
    addresses: '=*',
    secrets: '--password --http-password --ftp-password',
    examples:
      'writes: wget https://a.example/x\nreads: wget -qO- https://a.example\nreads: wget --spider https://a.example\nwrites: wget -qO- --post-data=x https://a.example\nreads: wget -O /dev/null https://a.example',
  },
  {
    names: 'http https xh httpie',
    values:
      '-a -A -o --auth --auth-type --timeout --verify --session --session-read-only -p --print',
    switches:
      '-v -h -b -j -f --headers --body --follow --ignore-stdin --check-status --json --form -F ',
    writes:
      '-d, -o, --download, --output, --session, POST|PUT|PATCH, ~*:=*, ~*@*, <, --offline=no, ~*=*, --raw, --multipart, PURGE|LINK|UNLINK|BAN|LOCK|UNLOCK|MKCOL|COPY|MOVE|PROPPATCH|REPORT|TRACE|CONNECT',
    destroys: 'delete',
    secrets: '-a: --auth:',
    addresses: '=*',
    otherwise: 'reads',
    examples:
      'reads: http GET a.example/x\ndestroys: http DELETE a.example/x\nwrites: http POST a.example/x a=b\nwrites: http a.example a=b',
  },
  {
    names:
      'aria2c axel httrack youtube-dl yt-dlp lynx w3m links elinks grpcurl websocat wscat evans',
    addresses: '=*',
    reads: '-dump, --dump, list, describe',
    longDash: true,
    switches: '-plaintext -insecure',
    session: '',
    examples: 'reads: lynx -dump https://a.example\nwrites: aria2c https://a.example/x',
  },
  {
    names:
      'ab wrk wrk2 hey vegeta siege k6 artillery locust jmeter gatling bombardier oha slowhttptest h2load autocannon httperf newman',
    reads: '-V, version',
    longDash: true,
    examples:
      'writes: ab -n 1000 https://a.example/\nwrites: wrk -t12 -c400 https://a.example/\nwrites: k6 run x.js',
  },
  {
    names: 'testssl.sh sslscan sslyze',
    hosts: '=*',
    values: '-p -h --port',
    switches: '*',
    writes:
      '--logfile, --jsonfile*, --csvfile*, --htmlfile, --log, -oL, -oJ, -oC, -oH, -oA, --json_out, --xml, -o',
    otherwise: 'reads',
    examples: 'reads: testssl.sh a.example',
  },
];

const SENDS = [
  '-d',
  '-F',
  '-T',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--data-ascii',
  '--json',
  '--form',
  '--form-string',
  '--upload-file',
  '-Q',
  '--quote',
];
const SAVES = [
  '-o',
  '--output',
  '-c',
  '--cookie-jar',
  '-D',
  '--dump-header',
  '--trace',
  '--trace-ascii',
  '--stderr',
  '--hsts',
  '--alt-svc',
  '--etag-save',
];
const ACTS = ['-K', '--config', '--engine', '-t', '--next', '--variable', '--output-dir', '-C'];

/** Addresses that act when they are looked at, as their last word says. */
const ACTING =
  /^(?:delete|remove|purge|flush|restart|reboot|shutdown|stop|kill|reset|clear|drain|leave|invalidate|trigger|deploy|failover|rollback|restore|promote|unlock|enable|disable|reload)$/i;

function asksToAct(url: string): boolean {
  const [path = ''] = url.replace(/^["']/, '').split(/[?#"']/, 1);
  return ACTING.test(path.replace(/\/$/, '').split(/[/_-]/).at(-1) ?? '');
}

function judgeCurl(use: Use): Judgement | undefined {
  const method = (valuesOf(use, '-X', '--request').at(-1) ?? '').replace(/['"]/g, '').toUpperCase();
  const url = use.args.find((arg) => /^["']?(?:https?|ftp):/.test(arg)) ?? use.words.at(-1) ?? '';
  if (method === 'DELETE') return verdict('destroys', '`curl -X DELETE` deletes', url);
  const isQuery = given(use, '-G', '--get') && !given(use, '-F', '-T', '--json', '-Q');
  if (method !== '' && /[/_](?:restore|rollback|failover|_close|_delete_by_query)\b/.test(url))
    return verdict('destroys', `\`curl -X ${method}\` restores or undoes`, url);
  if (!/^(?:|GET|HEAD|OPTIONS)$/.test(method) || (given(use, ...SENDS) && !isQuery))
    return recorded(`\`curl\` sends a ${method === '' ? 'POST' : method}`);
  const files = valuesOf(use, ...SAVES);
  if (given(use, '-O', '--remote-name', '--remote-name-all', '-J') || !files.every(isHarmlessFile))
    return verdict('writes', '`curl` saves a file');
  if (asksToAct(url)) return recorded('`curl` asks for something to be done');
  if (given(use, ...ACTS)) return verdict('writes', '`curl` does what a file says');
  if (valuesOf(use, '-w', '--write-out').some((format) => /%output\{|^["']?@/.test(format)))
    return verdict('writes', '`curl -w` may write a file');
  return undefined;
}
