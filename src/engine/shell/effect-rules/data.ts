import type { CommandRules } from './rules.ts';

/** Databases, queues and backups. */
export const DATA_RULES: Readonly<Record<string, CommandRules>> = {
  'redis-cli': {
    valued: '-h -p -a -n -u --user --pass -s -r -i --pattern',
    reads: `ping, info, get, mget, keys, scan, ttl, pttl, type, exists, dbsize, llen, lrange, lindex,
      hget, hgetall, hmget, hlen, hkeys, hvals, smembers, scard, sismember, zrange, zcard, zscore,
      strlen, monitor, time, lastsave, role, slowlog get|len, client list|info, config get,
      memory usage|stats|doctor, cluster info|nodes|slots, latency, object, command,
      acl list|whoami, xlen, xrange, xinfo, sentinel masters|slaves|get-master-addr-by-name,
      --bigkeys, --stat, --latency*, --scan, --memkeys, --hotkeys, --version, echo`,
    destroys: `flushall, flushdb, del, unlink, hdel, srem, zrem, ltrim, xdel, xtrim, shutdown, debug,
      client kill, script flush|kill, cluster reset|forget, rename, restore, swapdb, replicaof,
      slaveof, config resetstat, slowlog reset, getdel, lpop, rpop, spop`,
  },
  rabbitmqctl: {
    valued: '-n -p',
    reads: 'status, cluster_status, list_*, report, environment, node_health_check, ping, version',
    destroys: `stop, stop_app, reset, force_reset, delete_*, purge_queue, forget_cluster_node, clear_*,
      close_*, shutdown`,
  },
  nodetool: {
    reads: `status, info, ring, describecluster, tpstats, compactionstats, netstats, cfstats,
      tablestats, gossipinfo, version, listsnapshots`,
    destroys: 'decommission, removenode, assassinate, clearsnapshot, drain, stopdaemon',
  },
  patronictl: {
    valued: '-c',
    reads: 'list, topology, history, show-config, version, dsn',
    destroys: 'remove, failover, switchover, restart, reinit',
  },
  pg_ctl: {
    valued: '-D -m -l',
    reads: 'status',
    destroys: 'stop, kill',
  },
  pg_ctlcluster: {
    reads: '* * status',
    destroys: '* * stop',
  },
  pg_lsclusters: {
    otherwise: 'reads',
  },
  mysqladmin: {
    valued: '-u -h -P -p',
    reads: 'status, ping, processlist, extended-status, variables, version',
    destroys: 'drop, kill, shutdown, flush-*',
  },
  'kafka-topics.sh': {
    reads: '--list, --describe',
    destroys: '--delete',
  },
  'kafka-topics': {
    reads: '--list, --describe',
    destroys: '--delete',
  },
  'kafka-consumer-groups.sh': {
    reads: '--list, --describe',
    destroys: '--delete, --reset-offsets',
  },
  'kafka-consumer-groups': {
    reads: '--list, --describe',
    destroys: '--delete, --reset-offsets',
  },
  ceph: {
    reads: `status, -s, health, df, osd tree|df|stat|dump|perf, pg stat|dump, mon stat|dump, versions,
      -w, fs ls|status, auth list`,
    destroys: 'osd rm|purge|destroy|out|down, osd pool delete|rm, mon remove, auth del, fs rm',
  },
  borg: {
    reads: 'list, info, check, diff',
    destroys: 'delete, prune',
  },
  restic: {
    valued: '-r --repo',
    reads: 'snapshots, check, stats, ls, find, diff, cat',
    destroys: 'forget, prune',
  },
  zpool: {
    reads: 'status, list, iostat, history, get',
    destroys: 'destroy, labelclear, remove, detach',
  },
  zfs: {
    reads: 'list, get, diff, holds',
    destroys: 'destroy, rollback',
  },
};
