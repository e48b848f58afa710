import type { Spelling } from './spelling.ts';

/** Letters and blanks in the place of digits, letters, days and addresses that are not known yet. */
export const LETTERS: readonly Spelling[] = [
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
];
