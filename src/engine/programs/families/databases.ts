import { judgeSql } from '../../../text/sql-effect.ts';
import { unquoted } from '../arguments.ts';
import { type Judgement, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given, valuesOf } from '../rules.ts';

const RESTORES = 'restores over what is there';

/** Databases and what is run against them. */
export const DATABASES: readonly Program[] = [
  {
    names: 'psql pgcli yugabyte-ysqlsh ysqlsh',
    values:
      '-h -p -U -d -c -f -v -F -R -P -T -L -o --host --port --username --dbname --command --file --set --variable --field-separator --record-separator --pset --output --log-file --table-attr',
    switches:
      '-A -t -x -X -q -a -b -e -E -n -w -W -1 -z -0 -S -s --no-align --tuples-only --expanded --no-psqlrc --no-password --password --csv -H --html --single-transaction --echo-all --echo-errors --echo-queries --no-readline --list -l',
    judge: (use) => judgeClient(use, '-c --command', '-f --file', '-o --output -L --log-file'),
    reads: '-l, --list',
    session: '!-c !-f !-l !--command !--file !--list !-V',
    asks: '-W, --password',
    asksTerminal: true,
    code: { reads: 'code', options: '-c --command', input: true },
    examples: `reads: psql -h db -c 'select count(*) from users'
      reads: psql -Atc "select 1" shop
      destroys: psql -c 'drop table x'
      writes: psql -f x.sql
      destroys: psql -f dump.sql
      destroys: psql shop < dump.sql
      writes: psql -c "select pg_reload_conf()"
      writes: psql -o out -c 'select 1'
      writes: psql -c "copy x to program 'sh'"
      reads: psql -l
      writes session: psql shop
      writes: psql -c "$QUERY"`,
  },
  {
    names: 'mysql mariadb mycli',
    values:
      '-h -P -u -e -D -S --host --port --user --execute --database --socket --defaults-file --defaults-extra-file --protocol --default-character-set --tee --ssl-mode --init-command --pager --delimiter --login-path',
    switches:
      '-p -s -N -B -t -E -v -r -A -w -C -q --silent --skip-column-names --batch --table --vertical --raw --ssl --compress --password --no-auto-rehash --html --xml --skip-ssl -ss -sN',
    judge: (use) => judgeClient(use, '-e --execute', '', '--tee --init-command --pager'),
    session: '!-e !--execute !-V',
    asks: '-p=',
    asksTerminal: true,
    secrets: '-p… --password',
    code: { reads: 'code', options: '-e --execute', input: true },
    examples: `reads: mysql -u root -e 'show processlist'
      destroys: mysql -e 'delete from x'
      destroys: mysql -u root shop < dump.sql
      writes: mysql shop < add-index.sql
      destroys: gunzip -c backup.sql.gz | mysql shop
      destroys: mysqlbinlog binlog.000001 | mysql -u root
      writes session: mysql -u root shop
      reads: mysql -uroot -pgeheim -N -e "select 1"`,
  },
  {
    names: 'sqlite3 duckdb',
    values: '-cmd -init -separator -newline -nullvalue -c',
    longDash: true,
    switches:
      '-header -noheader -csv -json -column -line -list -readonly -batch -bail -markdown -box -table',
    judge: judgeSqlite,
    session: '* $ !-c, $ !-c !-version',
    code: { reads: 'code', operand: 1, rest: true, input: true },
    examples: `reads: sqlite3 x.db 'select 1'
      destroys: sqlite3 x.db 'drop table y'
      destroys: sqlite3 x.db '.restore y'
      writes: sqlite3 x.db '.output y'
      reads: sqlite3 x.db .tables
      reads: sqlite3 -header x.db '.schema'
      writes session: sqlite3 x.db`,
  },
  {
    names: 'cqlsh',
    values: '-e -f -u -p -k --execute --file --username --password --keyspace --request-timeout',
    switches: '--ssl --no-color',
    judge: (use) => judgeClient(use, '-e --execute', '-f --file', ''),
    session: '!-e !-f !--execute !--file',
    secrets: '-p --password',
    code: { reads: 'code', options: '-e --execute', input: true },
    examples:
      "reads: cqlsh -e 'describe keyspaces'\ndestroys: cqlsh -e 'drop table x'\nwrites session: cqlsh",
  },
  {
    names: 'clickhouse-client clickhouse',
    values:
      '-h -q --host --port --query --user -u --password -d --database --format --queries-file',
    switches: '-n -m --multiquery --secure -t --time',
    judge: (use) => judgeClient(use, '-q --query', '--queries-file', ''),
    session: '!-q !--query',
    secrets: '--password',
    code: { reads: 'code', options: '-q --query', input: true },
    examples:
      "reads: clickhouse-client -q 'select 1'\ndestroys: clickhouse-client --query 'truncate table x'",
  },
  {
    names:
      'sqlcmd bcp isql db2 usql trino presto beeline hive impala-shell snowsql vsql nzsql tsql',
    values: '-S -U -P -d -Q -q -i -o -e -c -u -f --execute --server -n -p',
    switches: '-C -E -b -h -W -N -s',
    judge: (use) => judgeClient(use, '-Q -q -e -c --execute', '-i -f', '-o'),
    session: '!-Q !-q !-i !-e !-f !--execute !-c',
    secrets: '-P -p',
    code: { reads: 'code', options: '-Q -q -e -c --execute', input: true },
    examples: "reads: sqlcmd -S x -Q 'select 1'\ndestroys: sqlcmd -Q 'drop database x'",
  },
  {
    names: 'sqlplus sqlcl',
    values: '-M -C -R -F',
    judge: (use) => judgeClient(use, '', '', ''),
    session: '*',
    code: { reads: 'code', input: true },
    secrets: '=0/',
    examples: 'writes session: sqlplus / as sysdba\nwrites session: sqlplus -S u/p@db',
  },
  {
    names: 'expdp exp sqlldr',
    secrets: '=0/',
    examples: 'writes: expdp u/p@db schemas=x',
  },
  {
    names: 'impdp imp',
    destroys: '*',
    secrets: '=0/',
    examples: 'destroys: impdp u/p@db dumpfile=x.dmp',
  },
  {
    names: 'rman',
    secrets: 'target=1/ catalog=1/ rcvcat=1/ auxiliary=1/ =3/ =5/',
    examples: 'writes: rman target u/p@db',
  },
  {
    names: 'cockroach crdb',
    values: '-e --execute --host --url --certs-dir --format -f --file --port',
    switches: '--insecure',
    judge: (use) =>
      use.words[0] === 'sql' ? judgeClient(use, '-e --execute', '-f --file', '') : undefined,
    reads: 'node status|ls, version, cert list, auth-session list, statement-diag list',
    destroys: 'node decommission|drain, debug reset-quorum|recover, quit',
    session: 'sql !-e !--execute !-f',
    code: { reads: 'code', options: '-e --execute', input: true },
    examples:
      "reads: cockroach sql -e 'show jobs'\ndestroys: cockroach node decommission 3\nwrites session: cockroach sql\nreads: cockroach node status",
  },
  {
    names: 'mongo mongosh',
    values: '--eval --host --port -u -p --username --password --authenticationDatabase --file -f',
    switches: '--quiet --norc --tls --ssl --json',
    judge: judgeMongo,
    session: '!--eval !--file !-f !--version, --shell',
    secrets: '-p --password',
    code: { reads: 'code', options: '--eval', input: true },
    examples: `reads: mongosh --quiet --eval 'rs.status()'
      reads: mongo --eval 'db.stats()'
      destroys: mongosh --eval 'db.dropDatabase()'
      destroys: mongosh --eval 'db.x.deleteMany({})'
      writes: mongosh --eval 'db.x.insertOne({})'
      writes session: mongosh`,
  },
  {
    names:
      'mongodump mysqldump mariadb-dump pg_dump pg_dumpall mysqlpump mongoexport redis-dump pg_basebackup pg_receivewal cqlsh-dump xtrabackup mariabackup mydumper innobackupex neo4j-dump',
    values:
      '-h -p -U -d -f -F -n -t -T -j -Z -u -P -o --host --port --username --dbname --file --format --schema --table --user --out --archive --db --collection --uri --result-file --where --ignore-table --databases --defaults-extra-file --login-path -D -X -c',
    switches:
      '-a -s -v -x -C -c -O -w -W -g -r --single-transaction --routines --triggers --events --all-databases --no-data --quick --schema-only --data-only --clean --create --if-exists --no-owner --no-privileges --no-acl --gzip --compress --lock-tables=false --globals-only --roles-only --skip-lock-tables --no-tablespaces --column-statistics --set-gtid-purged --source-data --master-data --hex-blob -A -B -R -E',
    judge: judgeDump,
    destroys: '--copy-back, --move-back, --delete-master-logs, --delete-source-logs',
    secrets: '-p… --password',
    examples:
      'reads: pg_dump shop\nwrites: pg_dump -f x shop\nwrites: pg_dump -Fd -f x shop\nreads: mysqldump -u root shop\nwrites: mongodump\nwrites: pg_basebackup -D x\ndestroys: xtrabackup --copy-back',
  },
  {
    names: 'pg_restore',
    values: '-h -p -U -d -f -F -j -n -t -T -L -I -P -S --dbname --file --host',
    reads: '-l !-f !--file, --list !-f !--file',
    destroys: '!-l !--list !-f !--file, -d, --dbname',
    does: RESTORES,
    otherwise: 'writes',
    examples:
      'destroys: pg_restore --clean -d shop x.dump\nreads: pg_restore -l x.dump\nwrites: pg_restore -f x.sql x.dump',
  },
  {
    names:
      'mongorestore mongoimport mysqlimport myloader pgloader mariadb-import cbrestore influx-restore redis-load elasticdump-restore',
    dry: '--dryRun',
    destroys: '*',
    does: RESTORES,
    secrets: '-p --password',
    examples: 'destroys: mongorestore x',
  },
  {
    names: 'dropdb',
    destroys: '*',
    does: 'drops a database',
    asks: '-i, --interactive',
    values: '-h -p -U --host --port --username --maintenance-db',
    examples: 'destroys: dropdb shop',
  },
  {
    names: 'dropuser',
    destroys: '*',
    does: 'drops a role',
    values: '-h -p -U',
    examples: 'destroys: dropuser x',
  },
  {
    names:
      'createdb createuser vacuumdb reindexdb clusterdb initdb pg_amcheck pg_recvlogical pg_repack pgbench pg_squeeze pg_upgrade mysql_upgrade mysql_install_db mysql_tzinfo_to_sql mysqlslap mysqlsh mysqlrouter orchestrator',
    values: '-h -p -U -d -t',
    dry: '--dry-run',
    asks: '-P, -W',
    destroys: '--drop-slot',
    secrets: '-p… --password',
    session: '',
    examples: 'writes: createdb shop\nwrites: vacuumdb -a\nwrites: pgbench -T 60 shop',
  },
  {
    names: 'mysql_secure_installation mysql_config_editor',
    asks: '*',
    examples: 'writes asks: mysql_secure_installation',
  },
  {
    names: 'pg_rewind pg_resetwal pg_archivecleanup pg_surgery',
    dry: '-n, --dry-run',
    destroys: '*',
    does: 'discards write-ahead log or data',
    examples: 'destroys: pg_resetwal x\nreads: pg_rewind -n --target-pgdata x',
  },
  {
    names:
      'pg_isready pg_controldata pg_waldump pg_config pg_lsclusters pgmetrics pg_verifybackup pg_checksums-l pt-query-digest pt-summary pt-mysql-summary pt-show-grants mysqlshow mysqlbinlog mytop innotop',
    values: '-h -p -U -d -t -u -D -P -j --start-datetime --stop-datetime --database -q',
    switches: '*',
    writes: '--result-file, -o, -r, --output, --review, --history',
    endless: '--stop-never, -f',
    otherwise: 'reads',
    secrets: '-p… --password',
    examples: 'reads: pg_isready -h db\nreads: pg_lsclusters\nreads: mysqlbinlog x',
  },
  {
    names: 'pgbadger',
    values: '-f -o -p -j -x',
    reads: '--version',
    examples: 'writes: pgbadger x.log',
  },
  {
    names: 'pg_ctl',
    values: '-D -m -l -o -t',
    reads: 'status',
    destroys: 'stop|kill|promote',
    does: 'stops or promotes the server',
    examples:
      'reads: pg_ctl -D x status\ndestroys: pg_ctl -D x stop\nwrites: pg_ctl reload\ndestroys: pg_ctl promote',
  },
  {
    names: 'pg_ctlcluster',
    reads: '* * status',
    destroys: '* * stop|promote',
    examples: 'reads: pg_ctlcluster 16 main status\ndestroys: pg_ctlcluster 16 main stop',
  },
  {
    names: 'pg_createcluster pg_upgradecluster pg_renamecluster',
    examples: 'writes: pg_createcluster 16 main',
  },
  {
    names: 'pg_dropcluster',
    destroys: '*',
    does: 'drops a cluster',
    examples: 'destroys: pg_dropcluster 16 main',
  },
  {
    names: 'patronictl',
    values: '-c -d -f --format -W --candidate --leader --scheduled',
    switches: '-e -t --extended --timestamp',
    reads: 'list|topology|history|show-config|version|dsn',
    writes: 'list -W, list -w',
    destroys: 'remove|failover|switchover|restart|reinit|flush',
    does: 'interrupts or moves the leader',
    asks: 'failover|switchover|restart|reinit|remove|edit-config',
    answers: '--force',
    session: 'query !-c',
    endless: 'list -w, list -W',
    examples:
      'reads: patronictl -c x list\ndestroys: patronictl switchover --force\nwrites: patronictl reload x --force',
  },
  {
    names:
      'pgbackrest barman wal-g wal-e barman-cloud-backup barman-cloud-restore repmgr stolonctl pg_autoctl pgpool pcp_node_info pg_probackup',
    values: '--stanza --config -f -c -h -p -U -D -d --pg1-path',
    switches: '*',
    reads:
      'info|check|version|verify|backup-list|backup-show|list-server|list-servers|list-backup|list-backups|show-server|show-servers|show-backup|status|list-files|replication-status|diagnose|show|backup-info, cluster show|matrix|crosscheck|event, node status|check, daemon status, service status, wal-verify|wal-show',
    dry: '--dry-run',
    destroys:
      'restore|expire|stanza-delete|delete|recover|backup-fetch|delete-*|backup-delete|stop|catchup, node rejoin|service, standby promote|switchover|clone|follow, perform failover|switchover|promotion, failkeeper|promote|removekeeper|init, drop node|*, disable, delete *',
    does: RESTORES,
    otherwise: 'writes',
    examples:
      'reads: pgbackrest info\ndestroys: pgbackrest --stanza=main restore\nwrites: pgbackrest backup\ndestroys: repmgr standby promote\nreads: barman list-backups x\ndestroys: barman recover x y z',
  },
  {
    // It has the server archive a segment.
    names: 'pgbackrest+check',
    examples: 'writes: pgbackrest --stanza=main check',
  },
  {
    names: 'mysqladmin mariadb-admin',
    values: '-u -h -P -S -i -c --user --host --port --socket',
    switches: '-p -v -r -s',
    reads: 'status|ping|processlist|extended-status|extended|variables|version $',
    destroys:
      'drop|kill|shutdown|flush-*|refresh|stop-slave|stop-replica, ~shutdown|kill|flush-*|drop',
    secrets: '-p… --password password=1',
    asks: 'drop',
    answers: '-f --force',
    endless: '-i !-c, --sleep',
    examples:
      'reads: mysqladmin ping\ndestroys: mysqladmin shutdown\nwrites: mysqladmin password x',
  },
  {
    names:
      'mysqld mysqld_safe postgres mongod redis-server etcd memcached clickhouse-server influxd cassandra neo4j elasticsearch opensearch kibana solr zookeeper zkServer.sh consul-template qdrant minio weaviate',
    reads: 'status|version',
    values: '-c',
    destroys: 'stop|delete',
    examples: 'writes: postgres -c x=y\nreads: zkServer.sh status',
  },
  {
    names: 'mysqlcheck mariadb-check',
    values: '-u -h -P -S --host --user --port --databases',
    switches: '-p --all-databases -A --silent -B',
    reads: '-c, --check, -g, --check-upgrade',
    secrets: '-p… --password',
    examples:
      'reads: mysqlcheck -c x\nwrites: mysqlcheck --auto-repair -c x\nwrites: mysqlcheck -o x',
  },
  {
    names:
      'pt-online-schema-change gh-ost pt-archiver pt-kill pt-table-sync pt-table-checksum pt-heartbeat',
    dry: '--dry-run, --print !--execute !--kill',
    destroys: '--purge, --kill, --kill-query, --execute --drop*',
    secrets: '-p --password',
    examples:
      'writes: pt-online-schema-change --execute x\nreads: pt-online-schema-change --dry-run x\ndestroys: pt-kill --kill',
  },
];

/** A database client: what its queries do; a file or a pipe that it reads is not known. */
export function judgeClient(
  use: Use,
  queryOptions: string,
  fileOptions: string,
  saving: string,
): Judgement | undefined {
  const { name, feed } = use;
  if (given(use, ...saving.split(' ').filter(Boolean)))
    return verdict('writes', `\`${name}\` writes a file or runs more`);
  const queries = valuesOf(use, ...queryOptions.split(' '));
  const files = fileOptions === '' ? [] : valuesOf(use, ...fileOptions.split(' '));
  for (const file of files) if (isDump(file)) return restoring(name, file);
  if (files.length > 0) return verdict('writes', `\`${name}\` runs a file`);
  if (queries.length > 0) return inProgram(name, queries.map(unquoted).join(';\n'));
  if (feed === undefined) return undefined;
  if (feed.kind === 'text') return inProgram(name, feed.text);
  return isDump(feed.text)
    ? restoring(name, feed.text)
    : verdict('writes', `\`${name}\` runs what it is fed`);
}

function inProgram(name: string, text: string): Judgement {
  const { effect, why, target, sure } = judgeSql(text);
  const says = {
    none: 'does nothing',
    reads: 'only reads',
    writes: 'may change something',
    destroys: why,
  };
  return verdict(
    effect,
    effect === 'destroys'
      ? `${why.replace(/ takes.*/, '')} in \`${name}\` takes something away`
      : `the query in \`${name}\` ${says[effect]}`,
    target,
    sure,
  );
}

function restoring(name: string, from: string): Judgement {
  return verdict(
    'destroys',
    `\`${name}\` loads ${from.length < 60 ? `\`${from.trim()}\`` : 'a dump'}, over what is there`,
    from.slice(0, 60).trim(),
  );
}

/** A dump by its name; a file of statements that is named for what it adds is none. */
function isDump(file: string): boolean {
  if (
    /dump|backup|restore|binlog|waldump|\bbak\b|snapshot|archive|rollback|\.(?:gz|bz2|xz|zst)\b/i.test(
      file,
    )
  )
    return true;
  return (
    /\.sql\b/i.test(file) &&
    !/migrat|schema|init|seed|create|grant|query|queries|report|select|check|setup|add|index|patch|update|alter|upgrade|fixture|test|\bv?\d+[._]|^\w\.sql$/i.test(
      file,
    )
  );
}

const SQLITE_LOOKS =
  /^\.(?:tables|schema|headers?|mode|indexes|indices|databases|dbinfo|show|help|width|separator|nullvalue|timer|stats|echo|print|fullschema|lint|explain|eqp|quit|exit|sha3sum|dump|bail|changes|parameter list)\b(?!.*\|)/;

function judgeSqlite(use: Use): Judgement | undefined {
  if (given(use, '-init', '-cmd'))
    return verdict('writes', `\`${use.name}\` runs more than its query`);
  const texts = [...use.words.slice(1).map(unquoted), ...valuesOf(use, '-c')];
  if (use.feed?.kind === 'text') texts.push(use.feed.text);
  else if (use.feed !== undefined && texts.length === 0)
    return isDump(use.feed.text)
      ? restoring(use.name, use.feed.text)
      : verdict('writes', `\`${use.name}\` runs what it is fed`);
  if (texts.length === 0) return undefined;
  for (const text of texts
    .flatMap((each) => each.split('\n'))
    .filter((each) => each.trimStart().startsWith('.'))) {
    if (/^\s*\.restore\b/.test(text))
      return verdict('destroys', '`.restore` replaces the database', use.words[0] ?? '');
    if (!SQLITE_LOOKS.test(text.trim()))
      return verdict(
        'writes',
        `\`${text.trim().split(' ')[0]}\` in \`${use.name}\` may change something`,
      );
  }
  const sql = texts
    .flatMap((each) => each.split('\n'))
    .filter((each) => !each.trimStart().startsWith('.'))
    .join('\n');
  return inProgram(use.name, sql === '' ? 'select 1' : sql);
}

const MONGO_DESTROYS =
  /\.(?:(?:drop|delete|remove|killAllSessions)\w{0,40}|stepDown|freeze|shutdownServer|killOp|findOneAndDelete|reconfig)\s{0,20}\(|\b(?:dropDatabase|shutdown|replSetStepDown|replSetReconfig|compact)\b/i;
const MONGO_METHODS = new Set(
  'status conf config isMaster hello printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo stats serverStatus find findOne count countDocuments estimatedDocumentCount distinct getCollectionNames getCollectionInfos getCollection getSiblingDB getIndexes currentOp version getMongo hostInfo getUsers getUser getRoles getName listCommands dataSize storageSize totalSize totalIndexSize explain pretty limit sort skip toArray getProfilingStatus getReplicationInfo printShardingStatus getBalancerState isBalancerRunning latencyStats buildInfo help print printjson stringify map filter ping maxTimeMS projection size length rs sh sum'.split(
    ' ',
  ),
);

function judgeMongo(use: Use): Judgement | undefined {
  const { feed, name } = use;
  if (given(use, '--file', '-f') || use.words.some((word) => /\.js$/.test(word)))
    return verdict('writes', `\`${name}\` runs a file`);
  const texts = valuesOf(use, '--eval').map(unquoted);
  if (feed?.kind === 'text') texts.push(feed.text);
  if (texts.length === 0)
    return feed === undefined ? undefined : verdict('writes', `\`${name}\` runs what it is fed`);
  const text = texts.join(';');
  const destroys = MONGO_DESTROYS.exec(text);
  if (destroys)
    return verdict(
      'destroys',
      `\`${destroys[0].replace(/[.(\s]/g, '')}\` in \`${name}\` takes something away`,
      text.slice(0, 60),
    );
  const code = text.replace(/"[^"]*"|'[^']*'/g, "''");
  const calls = [...code.matchAll(/(?<!\w)(\w{1,60})\s?\(/g)].map(([, method = '']) => method);
  const isReading =
    calls.length > 0 &&
    !/\s\s\(|\w{60}\w/.test(code) &&
    calls.every((method) => MONGO_METHODS.has(method)) &&
    !/(?:^|[^=!<>])=(?!=)|\$(?:out|merge)\b|=>/.test(code);
  return verdict(
    isReading ? 'reads' : 'writes',
    `the script in \`${name}\` ${isReading ? 'only reads' : 'may change something'}`,
  );
}

function judgeDump(use: Use): Judgement | undefined {
  if (!/^(?:mysqldump|mariadb-dump|pg_dump|pg_dumpall|mysqlpump|mongoexport)$/.test(use.name))
    return undefined;
  if (
    given(
      use,
      '-f',
      '--file',
      '-o',
      '--out',
      '-r',
      '--result-file',
      '-T',
      '--tab',
      '--delete-master-logs',
      '--delete-source-logs',
      '--flush-logs',
      '-F',
    ) &&
    !/^pg_/.test(use.name)
  )
    return undefined;
  if (/^pg_/.test(use.name) && given(use, '-f', '--file')) return undefined;
  return verdict('reads', `\`${use.name}\` only reads`);
}
