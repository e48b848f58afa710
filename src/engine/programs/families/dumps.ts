import { type Judgement, verdict } from '../judgement.ts';
import type { Program, Use } from '../program.ts';
import { given } from '../rules.ts';

/** What dumps databases, and what loads such dumps. */
export const DUMPS: readonly Program[] = [
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
    does: 'restores over what is there',
    otherwise: 'writes',
    examples:
      'destroys: pg_restore --clean -d shop x.dump\nreads: pg_restore -l x.dump\nwrites: pg_restore -f x.sql x.dump',
  },
  {
    names:
      'mongorestore mongoimport mysqlimport myloader pgloader mariadb-import cbrestore influx-restore redis-load elasticdump-restore',
    dry: '--dryRun',
    destroys: '*',
    does: 'restores over what is there',
    secrets: '-p --password',
    examples: 'destroys: mongorestore x',
  },
];

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
