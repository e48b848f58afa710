import type { Spelling } from './spelling.ts';

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
