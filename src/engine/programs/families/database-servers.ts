import type { Program } from '../program.ts';

/** Servers of databases and their upkeep. */
export const DATABASE_SERVERS: readonly Program[] = [
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
    does: 'restores over what is there',
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
