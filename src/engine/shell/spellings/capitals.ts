import { OWN, type Spelling } from './spelling.ts';

/** Of things that everybody has of his own, those that no file is usually called. */
const ALONE = String.raw`BRANCH|BUCKET|CLUSTER|CONTAINER|CONTAINERID|DATABASE|DBNAME|DEPLOYMENT|DEVICE|DOMAIN|FILENAME|HOST|HOSTNAME|IMAGE|INSTANCE|IP|NAMESPACE|NODE|NODENAME|PASSWORD|PID|POD|PODNAME|PROJECT|REGION|SERVICE|TAG|USERNAME|ZONE`;
const GLUED = String.raw`DATE|ENV|ENVIRONMENT|ID|KEY|NAME|PATH|PORT|RELEASE|SHA|TIMESTAMP|TOKEN|URL|USER|VALUE|VERSION`;
const MANY = String.raw`(?:_[A-Z0-9]{1,40}){0,8}`;

/** Names in capitals of things that everybody has of his own. */
export const CAPITALS: readonly Spelling[] = [
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
];
