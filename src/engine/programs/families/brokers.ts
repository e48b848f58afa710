import { unquoted } from '../arguments.ts';
import { type Judgement, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { judgeClient } from '../query-client.ts';
import { given } from '../rules.ts';

const KAFKA_VALUES =
  '--bootstrap-server --topic --group --zookeeper --command-config --partitions --replication-factor --config --from-beginning-at --max-messages --timeout-ms --broker-list --entity-type --entity-name --add-config --delete-config --formatter --property --partition --offset --consumer.config --producer.config --reassignment-json-file --throttle --topics-to-move-json-file --path-to-json-file --to-offset --to-datetime --shift-by --election-type';

/** Caches, queues, streams and search. */
export const BROKERS: readonly Program[] = [
  {
    names: 'redis-cli valkey-cli keydb-cli iredis',
    selects: '-p -n',
    hosts: '-h',
    addresses: '-u',
    values:
      '-h -p -a -n -u -s -r -i -t  -d -D --user --pass --pattern --count --cacert --cert --key --sni -X --intrinsic-latency',
    switches:
      '--raw --no-raw --csv --json --tls --insecure --no-auth-warning -c -3 -2 --scan --verbose -e --askpass --quoted-input --show-pushes',
    judge: judgeRedis,
    reads: `ping, info, get, mget, keys, scan, ttl, pttl, type, exists, dbsize, llen, lrange, lindex, hget, hgetall, hmget, hlen, hkeys, hvals,
      hexists, hscan, sscan, zscan, smembers, scard, sismember, smismember, srandmember, sinter, sunion, sdiff, zrange, zrevrange, zrangebyscore, zcard, zcount, zscore, zrank,
      strlen, getrange, bitcount, pfcount, monitor, time, lastsave, role, slowlog get|len, client list|info|getname|id, config get, memory usage|stats|doctor,
      cluster info|nodes|slots|shards|myid|keyslot|countkeysinslot|links, latency latest|history|doctor|graph, object, command, acl list|whoami|getuser|users|cat|log, xlen, xrange, xrevrange,
      xinfo, xpending, sentinel masters|master|slaves|replicas|sentinels|get-master-addr-by-name|ckquorum, echo, dump, pubsub, module list, lolwut, geopos, geodist, hello, --bigkeys, --stat, --latency*, --scan, --memkeys, --hotkeys, --version, --cluster=check|info|help, debug object`,
    writes: '--rdb, --functions-rdb, --pipe, --eval, -x, -X, config set, eval, acl log reset',
    destroys: `flushall, flushdb, del, unlink, hdel, srem, zrem, ltrim, lrem, xdel, xtrim, shutdown, debug, client kill|pause, script flush|kill, function delete|flush|restore,
      cluster reset|forget|failover|flushslots|delslots, rename, restore, swapdb, replicaof, slaveof, failover, sentinel failover|remove|reset, config resetstat, slowlog reset, getdel, lpop, rpop, spop, blpop,
      zpopmin, zpopmax, zremrangebyrank, zremrangebyscore, acl deluser, latency reset, expire, pexpire, expireat, migrate, --cluster=del-node|fix|reshard|rebalance|import`,
    endless:
      'monitor, subscribe, psubscribe, ssubscribe, --stat, --latency, --latency-history, --latency-dist, --replica, --slave',
    session:
      '$ !--bigkeys !--stat !--latency !--scan !--version !--memkeys !--hotkeys !--rdb !--pipe !--cluster !--eval !--intrinsic-latency !--latency-history !--latency-dist',
    secrets: '-a --pass auth=1 auth=2',
    examples: `reads: redis-cli -h cache GET x
      destroys: redis-cli FLUSHALL
      destroys: redis-cli -n 2 del x
      writes: redis-cli SET a b
      destroys: redis-cli EVAL "return redis.call('FLUSHALL')" 0
      destroys: redis-cli eval 'redis.call("del", KEYS[1])' 1 a
      writes: redis-cli EVAL "return redis.call('GET', KEYS[1])" 1 a
      writes session: redis-cli -h x
      reads endless: redis-cli monitor
      reads: redis-cli --bigkeys
      writes: redis-cli --rdb x.rdb
      writes: redis-cli --eval x.lua
      reads: redis-cli -a geheim info
      reads: redis-cli config get maxmemory
      writes: redis-cli config set maxmemory 1
      destroys: redis-cli replicaof no one`,
  },
  {
    names: 'memcached-tool memcdump memcstat memcping',
    hosts: '=0',
    switches: '*',
    reads: '* stats|display|dump|settings|sizes, $',
    examples: 'reads: memcached-tool x stats',
  },
  { names: 'memcflush memcrm', destroys: '*', examples: 'destroys: memcflush' },
  {
    names: 'rabbitmqctl rabbitmq-diagnostics rabbitmq-queues rabbitmq-streams rabbitmq-upgrade',
    selects: '-p --vhost',
    values: '-n -p -t --node --vhost --formatter --timeout',
    switches: '*',
    reads:
      'status|cluster_status|list_*|report|environment|node_health_check|ping|version|check_*|listeners|memory_breakdown|quorum_status|alarms|cipher_suites|runtime_thread_stats|server_version|is_*|disk_*|os_env|erlang_version|log_location|stream_status|hash_password',
    destroys:
      'stop|stop_app|reset|force_reset|delete_*|purge_queue|forget_cluster_node|clear_*|close_*|shutdown|drain|remove_*|force_boot|force_standalone_khepri_boot|shrink',
    endless: 'log_tail_stream|consume_event_stream',
    session: 'observer|remote_shell',
    secrets: 'add_user=2 change_password=2 authenticate_user=2',
    otherwise: 'writes',
    examples:
      'reads: rabbitmqctl list_queues -p x\ndestroys: rabbitmqctl purge_queue x\nwrites: rabbitmqctl start_app\nwrites: rabbitmqctl add_user a b',
  },
  {
    names: 'rabbitmqadmin',
    values: '-H -P -u -p -V -f --host --vhost',
    reads: 'list|show|help',
    destroys: 'delete|purge|close',
    secrets: '-p --password',
    otherwise: 'writes',
    switches: '*',
    examples: 'reads: rabbitmqadmin list queues\ndestroys: rabbitmqadmin purge queue name=x',
  },
  {
    names: 'rabbitmq-plugins',
    switches: '*',
    reads: 'list|is_enabled|directories',
    destroys: 'disable',
    otherwise: 'writes',
    examples: 'reads: rabbitmq-plugins list',
  },
  {
    names:
      'kafka-topics.sh kafka-topics kafka-configs.sh kafka-configs kafka-acls.sh kafka-acls kafka-reassign-partitions.sh kafka-reassign-partitions kafka-leader-election.sh kafka-broker-api-versions.sh kafka-broker-api-versions kafka-log-dirs.sh kafka-log-dirs kafka-get-offsets.sh kafka-get-offsets kafka-metadata-quorum.sh kafka-metadata-quorum kafka-replica-verification.sh kafka-dump-log.sh kafka-dump-log kafka-cluster.sh kafka-features.sh',
    values: KAFKA_VALUES,
    switches:
      '--under-replicated-partitions --unavailable-partitions --under-min-isr-partitions --at-min-isr-partitions --exclude-internal --all --deep-iteration --print-data-log --files --status --replication',
    reads:
      '--list, --describe, --verify, --generate, describe, cluster-id, --bootstrap-server $ !--alter !--create !--execute !--add !--remove !--delete !--election-type !--add-config !--delete-config !--cancel, --files',
    writes: '--alter, --create, --execute, --add, --add-config',
    destroys: '--delete, --remove, --delete-config, --cancel',
    does: 'takes away',
    examples:
      'reads: kafka-topics.sh --bootstrap-server x --list\ndestroys: kafka-topics.sh --delete --topic x\nwrites: kafka-topics --create --topic x\nreads: /opt/kafka/bin/kafka-topics.sh --describe',
  },
  {
    names:
      'kafka-consumer-groups.sh kafka-consumer-groups kafka-streams-application-reset.sh kafka-delete-records.sh',
    values: KAFKA_VALUES,
    switches: '--all-groups --all-topics --members --verbose --state --offsets --timeout',
    reads: '--list, --describe',
    dry: '--reset-offsets !--execute',
    destroys: '--delete, --reset-offsets, --delete-offsets, --offset-json-file',
    does: 'takes away or moves offsets',
    examples:
      'reads: kafka-consumer-groups --describe --group x\ndestroys: kafka-consumer-groups --reset-offsets --execute\nreads: kafka-consumer-groups --reset-offsets --dry-run',
  },
  {
    names:
      'kafka-console-producer.sh kafka-console-producer kafka-producer-perf-test.sh kafka-server-start.sh kafka-server-stop.sh kafkacat kcat rpk kafkactl',
    values: `${KAFKA_VALUES} -b -t -o -c -G -X -F -n`,
    reads: '-L, topic list|describe, cluster info|health|metadata, group list|describe',
    destroys: 'topic delete|trim-prefix, group delete|seek, cluster storage restore',
    endless: '-C !-e !-c, -G',
    examples: 'reads: kcat -L -b x\nwrites endless: kcat -C -b x -t y',
  },
  {
    names: 'kafka-console-consumer kafka-console-consumer.sh',
    values: KAFKA_VALUES,
    endless: '!--max-messages !--timeout-ms',
    examples: `writes endless: kafka-console-consumer --topic x
      writes: kafka-console-consumer --topic x --max-messages 3`,
  },
  {
    names:
      'nats nats-server mosquitto_pub pulsar-admin pulsar-client emqx activemq artemis beanstalkd sqs nsq_stat',
    values: '-h -p -t -s -u -P',
    secrets: '-P',
    switches: '*',
    reads:
      'stream|consumer|kv|server|account|context ls|info|report|list|get|status|ping|check|view, rtt, topics|namespaces|tenants|clusters|brokers list|get|stats|stats-internal|list-*, ping|status|list',
    destroys: '* rm|purge|del|delete|unload|clear-backlog|skip-all|reset-cursor, stop',
    endless: 'sub|subscribe',
    otherwise: 'writes',
    examples: 'reads: nats stream ls\ndestroys: nats stream purge x\nwrites: nats pub x y',
  },
  {
    names: 'mosquitto_sub nsq_tail',
    switches: '*',
    values: '-h -p -t -C -W -u -P',
    secrets: '-P',
    otherwise: 'reads',
    endless: '!-C !-W',
    examples: 'reads endless: mosquitto_sub -t x\nreads: mosquitto_sub -t x -C 1',
  },
  {
    names: 'nodetool',
    values: '-h -p -u -pw --host --port',
    longDash: true,
    switches: '-r -H -T -F',
    secrets: '-pw',
    reads:
      'status|info|ring|describecluster|tpstats|compactionstats|netstats|cfstats|tablestats|tablehistograms|cfhistograms|proxyhistograms|gossipinfo|version|listsnapshots|describering|getendpoints|getcompactionthroughput|getstreamthroughput|statusbinary|statusgossip|statusbackup|failuredetector|toppartitions|clientstats|getlogginglevels|compactionhistory|viewbuildstatus|rangekeysample',
    destroys:
      'decommission|removenode|assassinate|clearsnapshot|drain|stopdaemon|stop|disable*|truncatehints|move|rebuild|invalidate*|import|sethintedhandoff*|resetlocalschema|garbagecollect',
    examples:
      'reads: nodetool status\ndestroys: nodetool decommission\nwrites: nodetool repair\nwrites: nodetool flush',
  },
  {
    names:
      'curator elasticsearch-plugin elasticsearch-keystore opensearch-plugin kibana-plugin esrally elasticdump bin-elasticsearch-users',
    dry: '--dry-run',
    reads: 'list|show',
    destroys: 'remove|delete',
    examples:
      'reads: elasticsearch-plugin list\ndestroys: elasticsearch-plugin remove x\nwrites: curator x.yml',
  },
  {
    names: 'influx',
    values:
      '-host -port -username -password -database -execute -t --token -o --org --host -b --bucket --org-id',
    longDash: true,
    secrets: '-password -t --token --password',
    reads: 'ping|version, bucket|org|user|auth|task|config|v1 list|ls',
    destroys: 'delete|restore, bucket|org|user|auth|task delete|rm',
    judge: (use) => judgeClient(use, '-execute', '-import', ''),
    session: '$ !-execute !-version',
    examples:
      'reads: influx bucket list\nreads: influx -execute "show databases"\ndestroys: influx -execute "drop database x"\ndestroys: influx restore x\nwrites: influx write x\nwrites session: influx',
  },
  {
    names:
      'neo4j-admin cypher-shell gremlin arangosh couchbase-cli cbq cbbackupmgr riak riak-admin couchdb surreal dgraph ravendb solr-admin aerospike-admin asadm aql asinfo',
    writes: '-e=*;*',
    values: '-a -u -p -d -f -c -h -e -v',
    secrets: '-p',
    reads:
      'server-list|bucket-list|host-list|server-info|info|status|ring-status|member-status|version|ping|list, database info, -e=show*|info*',
    destroys:
      'load|restore|delete|leave|force-*|bucket-delete|bucket-flush|failover|server-remove, database load|restore|copy',
    session: '$ !-e !-c !-f',
    examples:
      'writes session: cypher-shell -u x\ndestroys: neo4j-admin database load x\nreads: riak-admin status',
  },
  {
    names: 'borg borgmatic',
    values: '-a -P --prefix --format --last --first --sort-by -c -r --archive',
    switches:
      '--json --short --stats --list --progress -v --consider-checkpoints --verify-data --repository-only --archives-only --last',
    dry: '-n, --dry-run',
    reads: 'list|info|check !--repair|diff|version|rlist|rinfo',
    destroys: 'delete|prune|recreate|restore|rdelete, check --repair',
    asks: '',
    examples:
      'reads: borg list x\ndestroys: borg prune x\nwrites: borg create x y\nreads: borg prune --dry-run x',
  },
  {
    names:
      'restic rustic kopia duplicity duplicati-cli bup bacula bconsole amanda burp urbackup proxmox-backup-client vzdump',
    values: '-r --repo -p --password-file --host --tag --path -H -o',
    switches: '*',
    dry: '-n, --dry-run',
    reads:
      'snapshots|check|stats|ls|find|diff|cat|version|list|collection-status|list-current-files|verify|info|status|--list-increments, -l, snapshot list, repository status|info, repo status, --list-archives, --print-stats',
    destroys:
      'forget|prune|restore|delete|remove-*|rewrite|repair|unlock|recover|cleanup|regress|remove, snapshot delete|restore|expire, --remove-older-than',
    otherwise: 'writes',
    examples:
      'reads: restic -r x snapshots\ndestroys: restic forget --prune\nwrites: restic backup x\ndestroys: restic restore latest --target x',
  },
  {
    names: 'rdiff-backup',
    switches: '-v5 --list-increments -l',
    reads:
      '-l, --list-increments, --list-increment-sizes, --compare, --verify, list|verify|compare|info',
    destroys: '-r, --restore-as-of, --remove-older-than, restore|regress|remove',
    examples:
      'reads: rdiff-backup -l x\ndestroys: rdiff-backup -r now a b\nwrites: rdiff-backup a b',
  },
  {
    names: 'tarsnap',
    values: '-f --keyfile --cachedir',
    switches: '-v --humanize-numbers',
    reads: '-t !-c !-x !-d, --list-archives, --print-stats',
    destroys: '-d, -x, --nuke, -r',
    examples: 'reads: tarsnap --list-archives\ndestroys: tarsnap -x -f a',
  },
];

/** A script of Lua that calls one of these. */
const DELETES =
  /call\s{0,4}\(\s{0,4}\\?["'](?:flush|del\b|unlink|shutdown|[hsz]rem|[lx]trim|expire|rename|restore)/i;

function judgeRedis(use: Use): Judgement | undefined {
  const { feed, words, name } = use;
  if (/^(?:eval|eval_ro)$/i.test(words[0] ?? '') && DELETES.test(words[1] ?? ''))
    return verdict('destroys', `\`${name} ${words[0]}\` runs what deletes`);
  if (words.length > 0 || feed === undefined || given(use, '--pipe')) return undefined;
  if (feed.kind === 'text' && feed.text.trim() !== '') {
    const lines = unquoted(feed.text)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    if (lines.some((line) => /^(?:flush|del\b|unlink|shutdown)/i.test(line)))
      return verdict('destroys', `\`${name}\` is fed what deletes`);
  }
  return verdict('writes', `\`${name}\` runs what it is fed`);
}
