import type { Program } from '../program.ts';
import { judgeClient, judgeMongo, judgeSqlite } from '../query-client.ts';

/** Clients of databases, and what they are asked. */
export const DATABASES: readonly Program[] = [
  {
    names: 'psql pgcli yugabyte-ysqlsh ysqlsh gitlab-psql',
    selects: '-p -U -v --port --username --set --variable',
    hosts: '-h --host',
    values:
      '-h -p -U -d -c -f -v -F -R -P -T -L -o --host --port --username --dbname --command --file --set --variable --field-separator --record-separator --pset --output --log-file --table-attr',
    switches:
      '-A -t -x -X -q -a -b -e -E -n -w -W -1 -z -0 -S -s --no-align --tuples-only --expanded --no-psqlrc --no-password --password --csv -H --html --single-transaction --echo-all --echo-errors --echo-queries --no-readline --list -l',
    judge: (use) => judgeClient(use, '-c --command', '-f --file', '-o --output -L --log-file'),
    reads: '-l, --list',
    session: '!-c !-f !-l !--command !--file !--list !-V',
    asks: '-W, --password',
    asksTerminal: true,
    addresses: '=0 -d --dbname -f --file',
    code: { reads: 'code', options: '-c --command', input: true, queries: true },
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
    selects: '-P -u -D --port --user --database',
    hosts: '-h --host',
    values:
      '-h -P -u -e -D -S --host --port --user --execute --database --socket --defaults-file --defaults-extra-file --protocol --default-character-set --tee --ssl-mode --init-command --pager --delimiter --login-path',
    switches:
      '-p -s -N -B -t -E -v -r -A -w -C -q --silent --skip-column-names --batch --table --vertical --raw --ssl --compress --password --no-auto-rehash --html --xml --skip-ssl -ss -sN',
    judge: (use) => judgeClient(use, '-e --execute', '', '--tee --init-command --pager'),
    session: '!-e !--execute !-V',
    asks: '-p=',
    asksTerminal: true,
    secrets: '-p… --password',
    code: { reads: 'code', options: '-e --execute', input: true, queries: true },
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
    code: { reads: 'code', operand: 1, rest: true, input: true, queries: true },
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
    addresses: '=0',
    values: '-e -f -u -p -k --execute --file --username --password --keyspace --request-timeout',
    switches: '--ssl --no-color',
    judge: (use) => judgeClient(use, '-e --execute', '-f --file', ''),
    session: '!-e !-f !--execute !--file',
    secrets: '-p --password',
    code: { reads: 'code', options: '-e --execute', input: true, queries: true },
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
    code: { reads: 'code', options: '-q --query', input: true, queries: true },
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
    code: { reads: 'code', options: '-Q -q -e -c --execute', input: true, queries: true },
    examples: "reads: sqlcmd -S x -Q 'select 1'\ndestroys: sqlcmd -Q 'drop database x'",
  },
  {
    names: 'sqlplus sqlcl',
    values: '-M -C -R -F',
    judge: (use) => judgeClient(use, '', '', ''),
    session: '*',
    code: { reads: 'code', input: true, queries: true },
    secrets: '=0/',
    examples: 'writes session: sqlplus / as sysdba\nwrites session: sqlplus -S u/p@db',
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
    code: { reads: 'code', options: '-e --execute', input: true, queries: true },
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
    addresses: '=0',
    hosts: '--host',
    code: { reads: 'code', options: '--eval', input: true, queries: true },
    examples: `reads: mongosh --quiet --eval 'rs.status()'
      reads: mongo --eval 'db.stats()'
      destroys: mongosh --eval 'db.dropDatabase()'
      destroys: mongosh --eval 'db.x.deleteMany({})'
      writes: mongosh --eval 'db.x.insertOne({})'
      writes session: mongosh`,
  },
];
