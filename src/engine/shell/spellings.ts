/** What a spelling is made of, which decides where it is one. */
export type WildKind =
  | 'angle'
  | 'brace'
  | 'bracket'
  | 'word'
  | 'mask'
  | 'cut'
  | 'example'
  /** Between signs: `%X%`, `@@X@@`, `«x»`. */
  | 'marked'
  /** `{{ x }}`, `<<x>>`, `[[x]]`, `#{x}`. */
  | 'doubled'
  /** `TODO`, `i-xxxx`, `/path/to/x`. */
  | 'filler'
  /** `INSTANCE_NAME`. */
  | 'shouted'
  /** Only where nothing quotes it. */
  | 'bare'
  /** `abc…`. */
  | 'elided';

/** A way in which authors write "put your own here". */
export interface Spelling {
  /** What it is, in words; names its test. */
  readonly what: string;
  readonly kind: WildKind;
  /** Linear in the text. */
  readonly pattern: RegExp;
  /** Scripts in which it stands, each with what is left to be filled in. */
  readonly finds: Readonly<Record<string, string>>;
  /** Scripts that mean what they say. */
  readonly leaves: readonly string[];
}

/** Last words of names of things that everybody has of his own. */
const OWN = String.raw`account|address|app|arn|branch|bucket|cluster|commit|container|context|database|date|db|deployment|device|dir|directory|domain|email|endpoint|env|environment|file|filename|group|hash|host|hostname|id|image|instance|ip|job|key|name|namespace|node|number|password|path|pid|pod|port|project|queue|region|release|replica|repo|repository|role|secret|server|service|sha|snapshot|subscription|tag|timestamp|token|topic|url|user|username|value|version|volume|vm|zone`;
/** The same alone in capitals: what no file is usually called. */
const ALONE = String.raw`BRANCH|BUCKET|CLUSTER|CONTAINER|CONTAINERID|DATABASE|DBNAME|DEPLOYMENT|DEVICE|DOMAIN|FILENAME|HOST|HOSTNAME|IMAGE|INSTANCE|IP|NAMESPACE|NODE|NODENAME|PASSWORD|PID|POD|PODNAME|PROJECT|REGION|SERVICE|TAG|USERNAME|ZONE`;
const GLUED = String.raw`DATE|ENV|ENVIRONMENT|ID|KEY|NAME|PATH|PORT|RELEASE|SHA|TIMESTAMP|TOKEN|URL|USER|VALUE|VERSION`;
const MANY = String.raw`(?:_[A-Z0-9]{1,40}){0,8}`;

/** Names that Python and its like spell so. */
const DUNDER = String.raw`init|main|name|file|doc|all|dict|class|version|pycache|dirname|filename|esmodule|tests|mocks|fixtures|snapshots|typename|schema|type|proto|builtins|import|call|str|repr|enter|exit|len|iter|next|getitem|setitem|slots|annotations|future|new|del|eq|hash|generated|internal|meta|address|param|rule|bucket|scheme|metrics_path|name_`;

/** Every spelling beside brackets, braces and angles, each once; the first that fits counts. */
export const SPELLINGS: readonly Spelling[] = [
  {
    what: 'between doubled parentheses',
    kind: 'doubled',
    pattern:
      /(?<=[\w/.-][ \t])(?<!(?:^|[\s;|&(])(?:if|while|until|for|elif|then|do|else|let|time|in)[ \t])\(\([a-z][\w-]{1,40}\)\)(?!\S)/gm,
    finds: { 'kubectl delete pod ((pod))': '((pod))' },
    leaves: ['while ((count)); do sleep 1; done', 'echo $((count))', '((count++)) && ls'],
  },
  {
    what: 'between doubled underscores',
    kind: 'marked',
    pattern: new RegExp(
      `(?<![A-Za-z0-9_.])__(?!(?:${DUNDER})__)[a-z][a-z0-9]{1,30}(?:[_-][a-z0-9]{1,30}){0,4}__(?!\\w)`,
      'g',
    ),
    finds: { 'kubectl delete pod __pod__': '__pod__', 'ssh __db-host__ reboot': '__db-host__' },
    leaves: ['rm -rf __pycache__', 'python3 -c "print(__name__)"', 'ls __tests__'],
  },
  {
    what: 'between signs',
    kind: 'marked',
    pattern:
      /%[A-Z][A-Z0-9_]{2,40}%(?![0-9A-Fa-f]{2})|@{1,2}[A-Z][A-Z0-9_]{1,40}@{1,2}(?![\w.])|(?<![A-Za-z0-9_])__(?!FILE__|LINE__|DIR__|FUNCTION__|CLASS__|METHOD__|NAMESPACE__|PACKAGE__|GNUC__|DATE__|TIME__|END__|DATA__)[A-Z](?:_?[A-Z0-9]){1,40}__(?!\w)|(?<=\S[ \t])#{1,2}[A-Z][A-Z0-9_]{2,40}#{1,2}(?![\w#])|(?<![\w~])~[A-Z][A-Z0-9_]{2,40}~(?!\w)|(?<=[^\S\n])_[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,30}){0,4}_(?!\w)/g,
    finds: {
      'systemctl restart %SERVICE%': '%SERVICE%',
      'restore "db-%DATE%.dump"': '%DATE%',
      'kubectl delete pod @@POD@@': '@@POD@@',
      'ssh @HOST@ reboot': '@HOST@',
      'scp a.tar __DB_HOST__:/tmp': '__DB_HOST__',
      'systemctl restart #SERVICE#': '#SERVICE#',
    },
    leaves: [
      'date +%FT%T%z',
      'psql -c "select 1 from logs where line like \'%ERROR%\'"',
      'sed -i "s/__HOST__/web1/" app.conf',
      'curl https://web1/a%20b%2Fc',
      'gcc -E -x c - <<< "__GNUC__"',
    ],
  },
  {
    what: 'between lower-case signs of Windows',
    kind: 'bare',
    pattern: /(?<![\w%+])%[a-z][a-z_-]{2,40}%(?!\w)/g,
    finds: { 'systemctl restart %service%': '%service%' },
    leaves: ['mysql -e "select 1 from t where a like \'%error%\'"'],
  },
  {
    what: 'between quotation marks of print',
    kind: 'marked',
    pattern:
      /«[^\s«»](?:[^«»\n]{0,62}[^\s«»])?»|‹[^\s‹›](?:[^‹›\n]{0,62}[^\s‹›])?›|[⟨〈][^\s⟩〉](?:[^⟩〉\n]{0,62}[^\s⟩〉])?[⟩〉]|＜[^＜＞\n]{1,64}＞|【[^【】\n]{1,64}】/g,
    finds: {
      'ssh «host» reboot': '«host»',
      'ssh «your host» reboot': '«your host»',
      'systemctl restart ⟨service⟩': '⟨service⟩',
    },
    leaves: ['echo "« ready »"'],
  },
  {
    what: 'in doubled brackets, braces and angles',
    kind: 'doubled',
    pattern:
      /<<[A-Za-z][\w .-]{0,60}[\w.-]>>|\[\[ ?[A-Za-z][\w.-]{0,60}(?: [\w.-]{1,30}){0,4} ?\]\]|(?<![${\w])\{\{ {0,4}(?!json\b|range\b|end\b|else\b|if\b|with\b|print|len\b|index\b|toJson)[A-Za-z_][\w.-]{0,60} {0,4}\}\}|<%=? {0,4}[A-Za-z][\w.-]{0,60} {0,4}%>|\{% {0,4}[A-Za-z][\w.-]{0,60} {0,4}%\}|#\{[A-Za-z][\w.-]{0,60}\}|(?<=[^\S\n])\$\([A-Z][A-Z0-9_]{2,60}\)/g,
    finds: {
      'systemctl restart <<service name>>': '<<service name>>',
      'systemctl restart [[ service ]]': '[[ service ]]',
      'kubectl delete pod {{ pod_name }}': '{{ pod_name }}',
      'kubectl delete pod "{{ pod_name }}"': '{{ pod_name }}',
      'echo "restart {{pool}}"': '{{pool}}',
      "echo 'restart {{pool}}'": '{{pool}}',
      'echo restart {{ pool }}': '{{ pool }}',
      'cat <<EOF | kubectl apply -f -\nname: {{pod.name}}\nEOF': '{{pod.name}}',
      'curl -d \'{"id":"{{id}}"}\' https://hooks.corp.net': '{{id}}',
      'systemctl restart <%= service %>': '<%= service %>',
      'systemctl restart #{service}': '#{service}',
      'helm upgrade web --version $(VERSION)': '$(VERSION)',
    },
    leaves: [
      "docker ps --format '{{.Names}}'",
      'ansible all -m debug -a "msg={{ inventory_hostname }}"',
      "docker ps -f '{{range .Ports}}{{end}}'",
      "sed -i 's/{{host}}/web1/' app.conf",
      'cat <<EOF>>notes\nEOF',
      'if [[ yes ]]; then true; fi',
      'tmux display -p "#{pane_id}"',
      'curl -d \'{"text":"{{ message }}"}\' https://hooks.corp.net',
    ],
  },
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
    what: 'masked letters of an id',
    kind: 'filler',
    pattern:
      /(?<![A-Za-z.$_{])[0-9]{0,20}x{3,40}(?![\w=])(?!\.com)|(?<=[-_][0-9a-f]{1,20})x{3,40}(?![\w=])|(?<=[a-z]_)x{3,40}(?![\w=])|(?<=[A-Z0-9])X{4,40}(?![\w=])|(?<=[a-z]\d?[-_])X{2}(?![\w=])/g,
    finds: {
      'aws ec2 terminate-instances --instance-ids i-xxxx': 'xxxx',
      'aws ec2 delete-snapshot --snapshot-id snap-0123xxxx': '0123xxxx',
      'kubectl delete pod web-7d4b9c8f6d-xxxxx': 'xxxxx',
      'export AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX': 'XXXXXXXXXXXXXXXX',
      'systemctl restart xxx': 'xxx',
      'ssh node-XX reboot': 'XX',
    },
    leaves: ['d=$(mktemp -d /tmp/a.XXXXXX)', "grep 'xxx' f", 'chmod u=rwx,g=rx f', 'set -xe'],
  },
  {
    what: 'one letter again and again, for letters or digits that are not known yet',
    kind: 'filler',
    pattern:
      /(?<![A-Za-z0-9$%{\\]|\s-)(?:N{2,12}|X{2,12}|Y{2,12}|Z{2,12}|n{3,12}|x{3,12}|y{3,12}|z{3,12})(?:[-.:](?:N{2,12}|X{2,12}|Y{2,12}|Z{2,12}|n{3,12}|x{3,12}|y{3,12}|z{3,12})){0,4}(?![A-Za-z0-9(=])/g,
    finds: {
      'apt-get install app=NN.NN': 'NN.NN',
      'kubectl delete pod web-xxxxx-yyyyy': 'xxxxx-yyyyy',
      'ssh db-NN reboot': 'NN',
      'kubectl delete pod web-7d4b9-zzzzz': 'zzzzz',
      'zfs rollback tank/data@nnnn': 'nnnn',
      'curl -X DELETE https://api.corp.net/v1/XXXX-YYYY': 'XXXX-YYYY',
    },
    leaves: [
      'tcpdump -nnn -i eth0',
      'systemctl restart nginx',
      'redis-cli SET lock 1 NX',
      'redis-cli SET lock 1 XX',
      'date +%Y-%m-%d-%NN',
      "awk '{ print NN }' f",
      'xxd f',
    ],
  },
  {
    what: 'the same behind a name, a number or a year',
    kind: 'filler',
    pattern:
      /(?<=[a-z])(?:NN|XX|YY|ZZ)(?![A-Za-z0-9(=])|(?<=[a-z]-|\d[.-])(?:nn|xx|yy|zz)(?![A-Za-z0-9(=])|(?<=[-/])#{2,12}(?![#\w{}])|(?<=\d{4}[-_.])(?:MM[-_.](?:DD|dd|\d\d)|\d\d[-_.]DD)(?![A-Za-z0-9])/g,
    finds: {
      'ssh db-nn reboot': 'nn',
      'lvremove /dev/vgXX': 'XX',
      'restore --ticket INC-######': '######',
      'rm /backup/db-2024-MM-DD.gz': 'MM-DD',
      'deploy --version 2.nn': 'nn',
    },
    leaves: ["sed -i 's/##/#/' app.conf", 'echo "${path##*/}"', 'date +%Y-MM-DD'],
  },
  {
    what: 'a blank to be filled in, a year or a number that is open',
    kind: 'filler',
    pattern:
      /(?<=[^\S\n]|[-/=:@])_{3,40}(?![\w-])|(?<!\w)(?:19|20)(?:XX|YY|xx|yy)(?![A-Za-z0-9])|(?<=[^\S\n])@[a-z][a-z_-]{1,40}@(?!\S)|(?<=[a-z]-)#(?!\S)/g,
    finds: {
      'kubectl delete pod _____': '_____',
      'rm -rf /backup/20XX-01-01': '20XX',
      'kubectl delete pod @pod@': '@pod@',
      'kubectl delete pod web-#': '#',
    },
    leaves: ['mysql -e "select a__b from t"', 'rm -rf a___b', 'ssh me@web1 reboot'],
  },
  {
    what: 'runs of other letters, as a key or an address is shown',
    kind: 'filler',
    pattern:
      /(?<![A-Za-z0-9$%{\\.-])(?:A{3,8}|a{3,8})(?:[-.:](?:B{3,8}|b{3,8}))(?:[-.:](?:C{3,12}|c{3,12}))?(?:[-.:](?:D{3,12}|d{3,12}))?(?:[-.:](?:E{3,12}|e{3,12}))?(?![A-Za-z0-9])|(?<![A-Za-z0-9:])(?:AA[:-]BB[:-]CC[:-]DD[:-]EE[:-]FF|aa[:-]bb[:-]cc[:-]dd[:-]ee[:-]ff)(?![A-Za-z0-9:])|(?<=[a-z]-)(?:a{6,40}|b{6,40}|c{6,40})(?![A-Za-z0-9])|(?<![A-Za-z0-9$%{\\])(?:ABCD(?:-EFGH(?:-IJKL)?|-?1234)|abcd(?:-efgh(?:-ijkl)?|-?1234))(?![A-Za-z0-9])/g,
    finds: {
      'license-tool activate AAAA-BBBB': 'AAAA-BBBB',
      'license-tool activate AAAAA-BBBBB-CCCCC': 'AAAAA-BBBBB-CCCCC',
      'curl -X DELETE https://api.corp.net/aaaa-bbbb-cccc': 'aaaa-bbbb-cccc',
      'wakeonlan AA:BB:CC:DD:EE:FF': 'AA:BB:CC:DD:EE:FF',
      'aws ec2 terminate-instances --instance-ids i-aaaaaaaa': 'aaaaaaaa',
      'license-tool activate ABCD-EFGH': 'ABCD-EFGH',
      'git revert abcd1234': 'abcd1234',
    },
    leaves: ['dig AAAA db.corp.net', 'wakeonlan ff:ff:ff:ff:ff:ff', 'systemctl restart bbb-web'],
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
  {
    what: 'a version, a number or a device that is still to be chosen',
    kind: 'mask',
    pattern:
      /(?<![\w.$/-])v?\d{1,4}(?:\.\d{1,4}){0,2}(?:\.x){1,2}(?![\w./-])|(?<=[a-z]:)v?\d{1,4}(?:\.\d{1,4}){0,2}(?:\.x){1,2}(?![\w./])|(?<![\w.$])v?\d{1,4}\.[xn]\.[yxn](?![\w.])|(?<![\w.$])(?:n\.n\.n|X\.X\.X|#\.#\.#)(?![\w.])|(?<![A-Za-z0-9.$\\])(?:v(?=[A-Z]))?(?!X\.[XY]\.[XZ])[A-Z]\.[A-Z]\.[A-Z](?![A-Za-z0-9])|(?<=\d\.\d{1,4}-)xxx(?!\w)|(?<=\/dev\/(?:sd|vd|xvd|hd))[XYZN](?=\d?(?![\w]))|(?<=\/dev\/nvme)X(?=n\d)|(?<=\/dev\/(?:sd|vd|xvd|hd|nvme))(?:\?|\[[a-zA-Z]\])(?=\d?(?![\w]))|(?<=[a-z](?:=|-))[NX](?![\w=.-])|(?<=\s-n )N(?!\w)|(?<=[\s/@](?:node|host|server|web|db|worker|disk|eth|vm|broker|replica|pod|container|instance|volume|cluster|shard|user|tenant|customer|service|app))[NX](?![\w=])|(?<=[ /])\?{3,9}(?![\w?.])/g,
    finds: {
      'helm upgrade app ./chart --version 1.2.x': '1.2.x',
      'docker pull registry/app:v1.x': 'v1.x',
      'export VERSION=1.x.y': '1.x.y',
      'helm upgrade app ./chart --version A.B.C': 'A.B.C',
      'tar xzf app-M.N.P.tar.gz': 'M.N.P',
      'git push origin vA.B.C': 'vA.B.C',
      'dd if=image.iso of=/dev/sdX bs=4M': 'X',
      'fsck /dev/nvmeXn1': 'X',
      'kubectl scale deploy/web --replicas=N': 'N',
      'systemctl restart ???': '???',
      'kubectl drain podX': 'X',
    },
    leaves: [
      'git checkout 5.3.x',
      'jq .A.B.C f.json',
      'npm install react@18.x',
      'npm install 18.x',
      'curl -fsSL https://deb.nodesource.com/setup_18.x',
      'curl https://artifacts.elastic.co/packages/8.x/apt',
      'apt-get install --assume-yes curl',
    ],
  },
  {
    what: 'an address by letters',
    kind: 'mask',
    pattern:
      /(?<![\w.])\d{1,3}(?:\.(?:\d{1,3}|[XYZNxyzn])){0,2}\.[XYZxyz]\.(?:\d{1,3}|[XYZNxyzn])(?![\w])(?=[\s/:'"]|$)|(?<![\w.])(?:aaa\.bbb\.ccc\.ddd|a\.b\.c\.d|w\.x\.y\.z|nnn\.nnn\.nnn\.nnn)(?!\w)/g,
    finds: {
      'ip addr add 10.X.Y.Z/24 dev eth0': '10.X.Y.Z',
      'ping -c 1 aaa.bbb.ccc.ddd': 'aaa.bbb.ccc.ddd',
      'ssh 10.1.x.y reboot': '10.1.x.y',
    },
    leaves: ['ping -c 1 10.0.0.1', 'jq .a.b.c.d f.json'],
  },
  {
    what: 'a day or an hour by letters',
    kind: 'mask',
    pattern:
      /(?<![A-Za-z%])(?:dd|DD)[-_./]?(?:mm|MM)[-_./]?(?:yyyy|YYYY)(?![A-Za-z])|(?<![A-Za-z%:])(?:HH|hh):(?:MM|mm)(?::(?:SS|ss))?(?![A-Za-z])/g,
    finds: {
      'tar czf backup-DDMMYYYY.tgz /srv': 'DDMMYYYY',
      "at 'HH:MM' -f job.sh": 'HH:MM',
    },
    leaves: ['date +%H:%M', 'psql -c "select to_char(now(), \'HH:MI\')"'],
  },
  {
    what: 'a lower-case letter in place of a number or a name',
    kind: 'mask',
    pattern:
      /(?<=[^\S\n](?:node|host|server|web|db|worker|disk|vm|broker|replica|pod|container|instance|volume|cluster|shard|user|tenant|customer|service|app)-)[xyn](?![\w=.:/-])/g,
    finds: {
      'kubectl delete pod pod-x': 'x',
      'kubectl drain node-n': 'n',
    },
    leaves: ['cut -d: -f1 --x', 'apt-get install -y python3-x', 'systemctl restart db-x86'],
  },
  {
    what: 'the first numbers there are, as the id of the one row, commit or record that is changed',
    kind: 'filler',
    pattern:
      /(?<=\b(?:DELETE FROM|UPDATE|delete from|update) [^;\n]{1,120} (?:WHERE|where) (?:[a-z][a-z_.]{0,40}_)?(?:id|ID) ?= ?'?)(?:123|1234|12345|123456|1234567)(?![\w.])|(?<=git (?:revert|reset|checkout|cherry-pick|switch|tag -d|branch -D) (?:-{1,2}[a-z-]{1,20} ){0,2})(?:1234567(?:8(?:90?)?)?)(?![\w.-])/g,
    finds: {
      'psql -c "DELETE FROM users WHERE id = 123"': '123',
      "mysql -e 'UPDATE orders SET state = 0 WHERE order_id=12345'": '12345',
      'git revert 1234567': '1234567',
      'git reset --hard 1234567': '1234567',
    },
    leaves: [
      'psql -c "SELECT * FROM users WHERE id = 123"',
      'psql -c "DELETE FROM users WHERE id = 129"',
      'psql -c "DELETE FROM t WHERE size = 1234"',
      'git revert 9fceb02',
    ],
  },
  {
    what: 'a kind of thing in capitals that no file or word of a command is called',
    kind: 'shouted',
    pattern:
      /(?<=[^\S\n])(?:CTID|DBNAME|DISK|DST|GUEST|LOGIN|LV|NS|SNAP|SRC|USER|VG|VM|VMID)(?:_?\d)?(?![\w=(.:/@-])|(?<=\/(?:dev|mapper|mnt|media)\/)(?:DEV|DISK|DRIVE|LV|MOUNTPOINT|PARTITION|SHARE|TARGET|VG|VOLUME)\d?(?![\w=(.:-])|(?<=[^\S\n])OLD(?= NEW(?:\s|$))|(?<=[^\S\n]OLD )NEW(?=\s|$)|(?<=[^\S\n](?:osd|mds|mon|vm|ct)\.)(?:ID|N|X)(?![\w.-])/g,
    finds: {
      'umount /mnt/DISK': 'DISK',
      'passwd USER': 'USER',
      'qm stop VMID': 'VMID',
      'zpool replace tank OLD NEW': 'OLD',
      'ceph osd out osd.ID': 'ID',
      'kubectl get pods -n NS': 'NS',
    },
    leaves: [
      'umount /mnt/usb',
      'docker run -e USER app',
      'ps -o USER,PID',
      'echo USER',
      'psql -c "DROP USER anna"',
      'mount LABEL=DATA /mnt',
    ],
  },
  {
    what: 'a name in capitals that is a part of a key',
    kind: 'filler',
    pattern:
      /(?<=[^\S\n"'][a-z][a-z0-9_-]{1,30}:)(?:[A-Z]{2,15}_?)?(?:ID|KEY|NAME|TOKEN|UUID|USER|TENANT|CUSTOMER|SESSION)(?![\w=(.:-])/g,
    finds: {
      'redis-cli DEL session:USERID': 'USERID',
      'redis-cli UNLINK cart:CUSTOMER_ID': 'CUSTOMER_ID',
    },
    leaves: ['redis-cli DEL session:17', 'heroku config:unset API_TOKEN', 'ps -o user:16'],
  },
  {
    what: 'two names in capitals with a sign between them',
    kind: 'shouted',
    pattern:
      /(?<=[^\S\n]|["'a-z0-9]\/|\/\/)(?!HEAD|META|WEB|FETCH_HEAD|ORIG_HEAD)[A-Z]{2,16}(?:_[A-Z]{2,12}){0,2}[/@][A-Z]{2,16}(?:_[A-Z]{2,12}){0,2}(?![\w=(.:-])/g,
    finds: {
      'zfs rollback tank/DATASET@SNAP': 'DATASET@SNAP',
      'lvremove -y /dev/VG/LV': 'VG/LV',
      'rbd rm POOL/IMAGE': 'POOL/IMAGE',
      'aws s3 rm s3://BUCKET/PREFIX --recursive': 'BUCKET/PREFIX',
    },
    leaves: [
      'lvremove -y /dev/vg0/lv0',
      'zfs destroy tank/home@monday',
      'git push origin HEAD:main',
      'rm -rf web/META-INF/MANIFEST.MF',
      'openssl req -new -subj /CN=web1/O=CORP',
      'kinit anna@CORP.NET',
    ],
  },
  {
    what: 'what a column is compared with in queries',
    kind: 'filler',
    pattern:
      /(?<=\b(?:WHERE|AND|OR|SET|where|and|or|set) [a-z][a-z0-9_.]{0,60}(?: ?(?:=|<>|<|>|>=|<=|!=) ?| IN \(| in \())(?!CURRENT_|SESSION_|SYSTEM_|LOCAL|SYS)(?:[A-Z]{1,30}_){0,3}(?:ID|NAME|VALUE|EMAIL|DATE|USER|USERNAME|KEY|HOST|TOKEN|UUID|TENANT|CUSTOMER|ACCOUNT)(?![\w(.])/g,
    finds: {
      'psql -c "DELETE FROM users WHERE id = ID"': 'ID',
      'psql -c "UPDATE users SET active = false WHERE email = USER_EMAIL"': 'USER_EMAIL',
    },
    leaves: ['psql -c "DELETE FROM t WHERE day < CURRENT_DATE"'],
  },
  {
    what: 'a name in capitals',
    kind: 'shouted',
    pattern: new RegExp(
      String.raw`(?<![\w$.{%<\[@#\\]|\$\{)(?:[A-Z][A-Z0-9]{0,30}[_-])(?:[A-Z0-9]{1,30}[_-]){0,6}(?:${OWN.toUpperCase()})(?![\w=(-]|\.[a-z]{2,4}\b)|(?<=\s|["'])(?:${ALONE})(?![\w=(.-])|(?<=[a-z0-9}][/:@_-]|-p)(?:${ALONE}|${GLUED})(?![\w=(])|(?<=--[a-z-]{2,30}[ =])(?:${ALONE}|${GLUED})(?![\w=(.-])|(?<=\/\/)(?:HOST|DOMAIN|SERVER|HOSTNAME)(?![\w=(])|(?<=[A-Z]:|[A-Z]@)(?:HOST|PORT|PASSWORD|SERVER|IP)(?![\w=(])|(?<![\w$])(?:MY|THE|SOME|ANY)${MANY}_[A-Z]{2,30}(?![\w=(])`,
      'g',
    ),
    finds: {
      'gcloud compute instances delete INSTANCE_NAME': 'INSTANCE_NAME',
      'git revert COMMIT_SHA': 'COMMIT_SHA',
      'docker rm -f CONTAINER_ID': 'CONTAINER_ID',
      'curl -k https://10.0.0.4/ -o FILE_NAME': 'FILE_NAME',
      'git tag -f TAG_NAME': 'TAG_NAME',
      'gcloud compute instances delete web1 --zone=ZONE': 'ZONE',
      'kill -9 PID': 'PID',
      'docker pull registry/app:TAG': 'TAG',
      'restore /backups/db-DATE.dump': 'DATE',
      'curl -X DELETE https://api.corp.net/users/USER_ID': 'USER_ID',
      'systemctl restart MY_SERVICE': 'MY_SERVICE',
      'kubectl -n NAMESPACE delete pod web1': 'NAMESPACE',
      'gcloud config set project "PROJECT_ID"': 'PROJECT_ID',
    },
    leaves: [
      'export DB_HOST=a; unset DB_HOST',
      'API_KEY=; API_KEY+=$(cat key)',
      'for HOST_NAME in a b; do ping -c 1 "$HOST_NAME"; done',
      'FILE_NAME[0]=a',
      '[[ -v API_KEY ]]',
      'let NODE_NUMBER++',
      'getopts ab OPT_NAME',
      'gh secret set API_TOKEN < token',
      'heroku config:unset API_TOKEN -a web',
      'docker run -e DB_HOST -e DB_USER app',
      'ps -o PID,USER',
      'cat VERSION',
      'cat /etc/HOSTNAME',
      'redis-cli CLIENT GETNAME',
      'psql -c "SELECT USER_ID FROM T WHERE A = 1"',
      'kubectl get po -o custom-columns=NAME:.metadata.name',
      'make IMAGE_TAG=1',
      'lsblk -o NAME',
    ],
  },
  {
    what: 'a possession in capitals, glued to its owner',
    kind: 'shouted',
    pattern:
      /(?<=\s|["'/:@])(?:MY|YOUR|OUR)(?:ACCOUNT|APP|BUCKET|CLUSTER|COMPANY|CONTAINER|DATABASE|DB|DEVICE|DOMAIN|HOST|IMAGE|INSTANCE|JOB|NAMESPACE|NODE|POD|PROJECT|QUEUE|RELEASE|REPO|SERVER|SERVICE|SITE|TABLE|TOPIC|VM|VOLUME)(?:NAME)?(?![\w=(.-])/g,
    finds: {
      'systemctl restart MYSERVICE': 'MYSERVICE',
      'docker rm -f YOURCONTAINER': 'YOURCONTAINER',
    },
    leaves: ['MYAPP=web; echo "$MYAPP"', 'make MYAPP=web', 'export MYHOST'],
  },
  {
    what: 'a name in capitals with a number, or with its last word glued to it',
    kind: 'shouted',
    pattern:
      /(?<=\s|["'/:@])(?:[A-Z]{2,20}_){1,4}(?:HOST|ID|IP|NAME|NODE|USER)_\d{1,2}(?![\w=(.-])|(?<=\s|["'])(?:CONTAINER|DATABASE|HOST|INSTANCE|NODE|POD|SERVER|VM)_?\d{1,2}(?![\w=(.-])|(?<=\s|["'/:])(?:CUSTOMER|DEVICE|INSTANCE|JOB|MEMBER|TASK|TENANT|USER)ID(?![\w=(.-])/g,
    finds: {
      'curl -X POST https://api.corp.net/pods/POD_ID_1/stop': 'POD_ID_1',
      'kubectl drain NODE1': 'NODE1',
      'kubectl delete pod POD_1': 'POD_1',
      'etcdctl member remove MEMBERID': 'MEMBERID',
    },
    leaves: [
      'export DB_HOST_1=a; unset DB_HOST_1',
      'docker run -e DB_HOST_1 app',
      'psql -c "SELECT USERID FROM T"',
      'make POD_1=a',
    ],
  },
  {
    what: 'what everybody has of his own, in capitals in a path or behind an option',
    kind: 'shouted',
    pattern:
      /(?<=[a-z0-9}][/:@_-]|--[a-z-]{2,30}[ =])(?:CUSTOMER|GROUP|QUEUE|SERVER|SNAPSHOT|TENANT|TOPIC)(?![\w=(.-])|(?<=[a-z0-9}~.]\/)(?:ACCOUNT|APP|APPNAME|BRAND|CLIENT|COMPANY|CUST|CUSTOMER|DOMAIN|EMPLOYEE|ENV|FQDN|MEMBER|ORG|ORGANI[SZ]ATION|PARTNER|PLUGIN|PROJ|PROJECT|REPO|SHOP|SITE|SITENAME|STUDENT|SUBDOMAIN|TEAM|TENANT|THEME|TICKET|UUID|VENDOR|VHOST)(?:(?![\w=(-])|(?=[_-][a-z0-9]))/g,
    finds: {
      'tar -C /srv/data/CUST -cf a.tar .': 'CUST',
      'ln -s /etc/nginx/sites-available/SITE.conf /etc/nginx/sites-enabled/': 'SITE',
      'rm -rf /var/www/CLIENT-old': 'CLIENT',
      'kafka-topics.sh --delete --topic TOPIC': 'TOPIC',
      'rsync -a --delete /srv/restore/CUSTOMER/ /srv/data/': 'CUSTOMER',
    },
    leaves: [
      'cat CUSTOMER.csv',
      'make TOPIC=a',
      'kafka-topics.sh --topic "$TOPIC"',
      'cp -r META-INF WEB-INF build/',
      'cat /opt/app/README /srv/app/LICENSE',
      'export APP=/opt/app; ls $APP/bin',
    ],
  },
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

/** Hosts, addresses and numbers that only documentation has: what writes must not be sent there. */
export const EXAMPLES: Spelling = {
  what: 'an address of the documentation',
  kind: 'example',
  pattern:
    /(?:(?<![\w@.-]|\$\{)|(?<=\$\{\w{1,60}:?[-=]))(?:\w[\w-]{0,62}\.){0,6}example\.(?:com|org|net)(?![\w-])|(?<=@)(?:[\w-]{1,63}\.){0,6}example\.(?:com|org|net)(?![\w-])|(?<=@|\/\/)(?:[\w-]{1,63}\.){1,6}(?:example|invalid)(?![\w.-])|(?<=[@/\s.])(?:mycompany|yourcompany|mydomain|mysite|yoursite|my-domain|my-company)\.(?:com|org|net|io)(?![\w-])|(?<![\w.])(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}(?![\w.])|(?<![\w:])2001:db8:[0-9a-f:]{1,40}|(?<![0-9])123456789012(?![0-9])|(?<=[a-z]-)0?1234567890abcdef0?(?!\w)|(?<![A-Za-z])AKIA[A-Z0-9]{0,30}EXAMPLE(?!\w)/g,
  finds: {
    'ssh root@db.example.com reboot': 'db.example.com',
    'curl -X POST https://db.example/restart': 'db.example',
    'ssh 192.0.2.7 reboot': '192.0.2.7',
    'docker push ${REGISTRY:-registry.example.com}/app': 'registry.example.com',
    'docker push ${REGISTRY-example.org}/app': 'example.org',
    'aws ec2 terminate-instances --instance-ids i-1234567890abcdef0': '1234567890abcdef0',
  },
  leaves: ['curl -s https://example.com', 'cp app.example app'],
};

/** Names of samples, in what takes something away: there they are never meant as they stand. */
export const SAMPLES: readonly Spelling[] = [
  {
    what: 'a name of a sample',
    kind: 'example',
    pattern:
      /(?<=[^\S\n]|[:=/])(?:foo|bar|baz|qux|foobar|foo-bar|foobarbaz|bla|blah|lorem|ipsum)(?![\w./-])|(?<=[^\S\n])(?:00000000-0000-0000-0000-000000000000|(?:some|the|this|that|any)-(?:app|bucket|cluster|database|db|deployment|host|instance|namespace|node|pod|project|release|repo|server|service|table|volume|vm))(?![\w.-])|(?<![\w.-])my-(?:app|bucket|cluster|database|db|deployment|domain|instance|namespace|pod|project|release|repo|server|service|volume|vm)(?![\w.-])|(?<![\w-])(?:abc123(?:def)?(?:456)?|abcdef1?2?3?4?5?6?|deadbeef|1a2b3c4?d?5?e?6?f?|a1b2c3(?:d4)?(?:e5)?(?:f6)?)(?![\w-])|(?<=[^\S\n]|["'=/]|[a-z]-)(?:a{4,40}|b{4,40}|0{5,40}|1{5,40}|9{5,40}|0?12345(?:6(?:7(?:8(?:9(?:0|abcdef0?|ab(?:cdef)?)?)?)?)?)?|abcde(?:fgh?)?)(?![\w.:/-])|(?<=[^\S\n]|\/\/)my_?(?:app|bucket|cluster|container|database|db|db_?instance|deployment|domain|instance|namespace|node|pod|project|queue|release|repo|server|service|table|topic|volume|vm)(?![\w.-])|(?<=[^\S\n]|["'=/])(?:ACME|[Aa]cme-?[Cc]orp)(?![\w.-])|(?<=[^\S\n])(?:CUSTOMER|DATASET|MEMBER|PVC|QUEUE|RELEASE|REVISION|STACK|TENANT|TOPIC)(?![\w=(.-])|(?<=\/|kill |kill -\w{1,9} |close )(?:123|1234)(?![\w./:-])|(?<![\w.])1\.2\.3\.4(?![\w.-])/g,
    finds: {
      'aws s3 rb s3://my-bucket --force': 'my-bucket',
      'docker rmi -f abc123def456': 'abc123def456',
      'git push origin --delete abc123': 'abc123',
      'kubectl delete pod foo': 'foo',
      'kubectl delete pod some-pod': 'some-pod',
      'kubectl delete pod aaaa': 'aaaa',
      'kubectl delete pod 00000': '00000',
      'kill 99999': '99999',
      'kill -9 12345': '12345',
      'kill -9 1234': '1234',
      'curl -X DELETE https://api.corp.net/users/1234': '1234',
      'kubectl delete pod web-6f9c7d-abcde': 'abcde',
      'dropdb mydb': 'mydb',
      'docker rm -f my_container': 'my_container',
      'aws s3 rm s3://mybucket --recursive': 'mybucket',
      'rm -rf /srv/tenants/ACME': 'ACME',
      'rabbitmqctl purge_queue QUEUE': 'QUEUE',
      'ip route del 1.2.3.4': '1.2.3.4',
    },
    leaves: [
      'kubectl get pods foo',
      'kubectl get pods -n my-namespace',
      'git show abc123',
      'rm -rf /srv/my-app.old',
      'rm -rf /srv/mydb.old',
      'kubectl get pods aaaa',
      'fuser -k 12345/tcp',
      'apt-get remove -y app=1.2.3.4-5',
      'psql -c "DROP TABLE jobs"',
      'kill -9 1235',
    ],
  },
  {
    what: 'a kind of thing in capitals, in the place of one of them',
    kind: 'shouted',
    pattern:
      /(?<=[^\S\n]|[a-z0-9]\/|\/\/|[^\S\n]name=)(?:APP|BROKER|CT|CTID|DB|DBNAME|DISK|DST|FS|GROUPNAME|GUEST|GW|JOB|JOBID|LOGIN|LV|NEW|NS|OBJECT|OLD|OSD|POOL|PREFIX|PV|QUEUE|SITE|SLOT|SNAP|SRC|TABLE|USER|VG|VM|VMID|VOL)(?:_?\d)?(?![\w=(.:-])/g,
    finds: {
      'mkfs.ext4 /dev/DISK': 'DISK',
      'rabbitmqadmin delete queue name=QUEUE': 'QUEUE',
      'virsh destroy GUEST': 'GUEST',
      'rsync -a --delete /srv/SRC/ /srv/DST/': 'SRC',
      'dropdb DB': 'DB',
    },
    leaves: [
      'psql -c "DROP TABLE jobs"',
      'rm -rf /etc/X11/xorg.conf.d',
      'umount /mnt/usb',
      'iptables -D INPUT -j DROP',
      'rman target / <<< "DELETE OBSOLETE;"',
    ],
  },
  {
    what: 'a key of a sample',
    kind: 'filler',
    pattern: /(?<=(?:DEL|UNLINK|del|unlink) )(?:my[-_:]?|some[-_:]?|the[-_:]?)?key\d?(?![\w.:-])/g,
    finds: { 'redis-cli DEL key': 'key', 'redis-cli del mykey': 'mykey' },
    leaves: ['redis-cli DEL key:17', 'redis-cli GET key', 'etcdctl del keyring'],
  },
];
