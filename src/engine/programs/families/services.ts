import type { Program } from '../program.ts';

/** Services, schedules, mail and web servers of one machine. */
export const SERVICES: readonly Program[] = [
  {
    names: 'systemctl',
    selects: '-t -n -p --type --lines --property --state',
    values: '-t -n -o -p -H -M --type --lines --output --property --host --machine --state --root',
    switches:
      '-l -a -q -r --all --full --no-pager --no-legend --plain --user --system --failed --no-block --wait --show-types --recursive --reverse --value --quiet --firmware-setup',
    reads: `$, status, is-active, is-enabled, is-failed, is-system-running, list-*, show, show-*, cat,
      get-default, help, --failed $`,
    destroys: `stop, kill, mask, disable --now, poweroff, reboot, halt, rescue, emergency, isolate, kexec,
      clean, revert, soft-reboot, suspend, hibernate`,
    asks: 'edit',
    answers: '--stdin',
    examples: `reads: systemctl status nginx --no-pager
      writes: systemctl restart nginx
      destroys: systemctl stop nginx
      destroys: systemctl disable --now nginx
      writes asks: systemctl edit nginx
      reads: systemctl --failed
      writes: systemctl daemon-reload`,
  },
  {
    names: 'service rc-service invoke-rc.d',
    reads: '* status, --status-all, -e, -l',
    destroys: '* stop|force-stop',
    examples:
      'reads: service nginx status\nwrites: service nginx restart\ndestroys: service nginx stop',
  },
  {
    names: 'rc-status chkconfig rc-update update-rc.d initctl launchctl sv s6-rc runsv',
    reads: '$, --list, list, status, show, print, summary, report',
    destroys: 'stop|unload|bootout|down|remove|delete|del, * remove|off|disable',
    examples:
      'reads: launchctl list\ndestroys: sv down x\nwrites: chkconfig x on\nreads: monit summary',
  },
  {
    names: 'monit',
    reads: 'status|summary|report|validate $, -t',
    destroys: 'stop|unmonitor|quit',
    examples: 'reads: monit summary\nwrites: monit\nwrites: monit start all',
  },
  {
    names: 'systemd-analyze systemd-delta systemd-cgtop systemd-tmpfiles',
    switches: '*',
    writes: '--create, --clean, set-log-*, log-level|log-target|service-watchdogs *',
    destroys: '--remove',
    otherwise: 'reads',
    endless: '',
    examples: 'reads: systemd-analyze blame\ndestroys: systemd-tmpfiles --remove',
  },
  {
    names: 'systemd-sysusers',
    dry: '--dry-run, --cat-config',
    examples: 'writes: systemd-sysusers\nreads: systemd-sysusers --dry-run',
  },
  {
    names: 'supervisorctl',
    values: '-c -s -u -p',
    secrets: '-p',
    reads: 'status|tail|avail|pid|version|maintail',
    destroys: 'stop|remove|clear|shutdown',
    endless: 'tail -f, maintail -f',
    session: '$',
    examples:
      'reads: supervisorctl status\ndestroys: supervisorctl stop x\nwrites session: supervisorctl',
  },
  {
    names: 'pm2',
    values: '-i -n --name --lines',
    switches: '--nostream --json --raw --err --out',
    reads: 'list|ls|status|show|describe|logs|monit|info|jlist|prettylist|env|ping|id|pid, log',
    destroys: 'delete|del|kill|stop|flush|unstartup',
    endless: 'logs !--nostream, log !--nostream, monit',
    examples:
      'reads: pm2 list\ndestroys: pm2 delete x\nreads endless: pm2 logs\nreads: pm2 logs --nostream --lines 20\nwrites: pm2 reload x',
  },
  {
    names: 'crontab',
    values: '-u',
    reads: '-l',
    destroys: '-r',
    does: 'deletes the schedule',
    asks: '-e',
    examples: 'reads: crontab -l\ndestroys: crontab -r\nwrites asks: crontab -e\nwrites: crontab x',
  },
  { names: 'atq', otherwise: 'reads', examples: 'reads: atq' },
  { names: 'atrm', destroys: '*', examples: 'destroys: atrm 3' },
  {
    names: 'anacron run-parts fcron',
    reads: '--test, --list, -T',
    examples: 'reads: run-parts --test /etc/cron.daily\nwrites: run-parts /etc/cron.daily',
  },
  {
    names: 'nginx openresty',
    values: '-c -p -g -s -e',
    reads: '-t !-s, -T !-s, -v, -V',
    switches: '-q',
    destroys: '-s=stop|quit',
    writes: '-g',
    examples:
      'reads: nginx -t\nwrites: nginx -s reload\ndestroys: nginx -s stop\nreads: nginx -t -c x.conf',
  },
  {
    names: 'apachectl apache2ctl httpd apache2',
    values: '-k -f -d -D',
    reads: 'configtest|status|fullstatus, -t, -S, -M, -v, -V, -l',
    destroys: 'stop|graceful-stop, -k=stop|graceful-stop',
    examples:
      'reads: apachectl configtest\ndestroys: apachectl stop\nwrites: apachectl graceful\nreads: httpd -t',
  },
  {
    names: 'haproxy',
    values: '-f -k',
    reads: '-c, -v, -vv',
    destroys: '-k=shutdown|kill, stop',
    examples: 'reads: haproxy -c -f x.cfg\nwrites: haproxy -f x -D',
  },
  {
    names: 'caddy traefik',
    values: '--config --adapter',
    reads: 'validate|version|list-modules|environ|adapt, fmt !--overwrite !-w, healthcheck',
    destroys: 'stop',
    examples: 'reads: caddy validate\nwrites: caddy fmt --overwrite\nwrites: caddy run',
  },
  {
    names: 'php-fpm lighttpd squid',
    values: '-f -k -y -c',
    reads: '-t, -tt, -i, -v, -m, -k=parse|check',
    destroys: '-k=shutdown|kill',
    examples: 'reads: php-fpm -t\nwrites: php-fpm -c x\nreads: squid -k parse',
  },
  {
    names: 'envoy varnishd uwsgi gunicorn unicorn puma passenger',
    values: '-c --config-path --mode',
    reads: '--check-config, --mode=validate',
    destroys: 'stop',
    examples: 'writes: gunicorn -c x app\nwrites: envoy -c x\nreads: envoy --mode validate -c x',
  },
  {
    names: 'varnishadm varnishlog varnishstat varnishtop',
    values: '-n -T -S',
    reads: 'status|ping|backend.list|ban.list|vcl.list|panic.show|param.show, -1',
    destroys: 'ban|stop|vcl.discard|panic.clear',
    examples: 'reads: varnishadm status\ndestroys: varnishadm ban x\nreads: varnishstat -1',
  },
  {
    names: 'a2ensite a2dissite a2enmod a2dismod ngxtop newrelic newrelic-admin',
    examples: 'writes: a2ensite x',
  },
  {
    names: 'certbot acme.sh lego dehydrated cmctl',
    values: '-d --cert-name',
    dry: '--dry-run',
    reads: 'certificates|plugins|show_account, --list, --info, status|check',
    destroys: 'delete|revoke|unregister|rollback, --revoke, --remove',
    asks: '$, certonly|run|install|delete',
    answers: '-n --non-interactive --noninteractive',
    examples:
      'writes asks: certbot\nwrites: certbot certonly -n -d x\nreads: certbot certificates\nreads: certbot renew --dry-run\nwrites: certbot renew\ndestroys: certbot revoke',
  },
  {
    names: 'postqueue mailq',
    reads: '$, -p, -j',
    examples: 'reads: postqueue -p\nwrites: postqueue -f',
  },
  {
    names: 'postsuper exim doveadm',
    destroys: '-d, -Mrm, expunge',
    longDash: true,
    reads: '-bp, -bpc, who, user, quota get, mailbox list, -bt',
    examples: 'destroys: postsuper -d ALL\nreads: exim -bp',
  },
  {
    names: 'postconf',
    switches: '-n -d -h -M -m -x -f',
    writes: '-e, -#, -X, -F, -P, ~*=*',
    otherwise: 'reads',
    examples: 'reads: postconf -n\nwrites: postconf -e x=y',
  },
  {
    names: 'postmap newaliases postfix',
    reads: '-q !-d, status|check',
    destroys: 'stop|abort',
    session: '$',
    examples: 'writes: mail -s x y\nreads: postfix status\ndestroys: postfix stop',
  },
  {
    names: 'sendmail mail mailx mutt swaks msmtp',
    examples: 'writes: sendmail -q\nwrites: mail -q x',
  },
  {
    names: 'cupsctl lp lpr lprm cancel cups',
    reads: '',
    examples: 'writes: lp -t x y\nwrites: cancel -a',
  },
  { names: 'lpstat', switches: '*', otherwise: 'reads', examples: 'reads: lpstat -t' },
  {
    names: 'fail2ban-client cscli',
    switches: '-s',
    values: '-c -o',
    reads:
      'status|get|ping|version|banned, decisions|alerts|metrics|bouncers|machines|hub list, metrics, * list, * inspect',
    destroys: 'stop|unban, decisions|alerts|bouncers|machines delete, set * unbanip',
    examples:
      'reads: fail2ban-client status sshd\ndestroys: fail2ban-client unban 1.2.3.4\nwrites: fail2ban-client reload',
  },
  {
    names: 'aide tripwire osqueryi osqueryctl ossec-control wazuh-control',
    reads: '--check, --compare, status|info',
    destroys: 'stop',
    values: '-c',
    session: '',
    examples: 'reads: aide --check\nwrites: aide --update',
  },
  {
    names: 'rndc unbound-control pdnsutil knotc pdns_control',
    reads:
      'status|zonestatus|stats_noreset|list_*|dumpstats|check-*|list-*|show-*|rping|zone-status|conf-check|uptime',
    destroys: 'stop|halt|flush*|delete-*|zone-purge|purge',
    examples:
      'reads: rndc status\ndestroys: rndc flush\nwrites: rndc reload\nwrites: unbound-control stats',
  },
  {
    names: 'named-checkconf named-checkzone squidclient',
    values: '-t',
    switches: '-z -j -p',
    otherwise: 'reads',
    writes: '-o, -D, mgr:shutdown|mgr:reconfigure|mgr:rotate|mgr:offline_toggle*',
    examples: 'reads: named-checkconf',
  },
  { names: 'sshd', reads: '-t, -T', values: '-f -C', examples: 'reads: sshd -t\nwrites: sshd' },
  {
    names:
      'rsyslogd syslog-ng filebeat fluentd fluent-bit vector promtail telegraf metricbeat alertmanager prometheus grafana-server',
    reads:
      '-N1, -N, --syntax-only, test config|output, validate, --config.test_and_exit, --test, --dry-run',
    switches: '-c',
    values: '-f --config.file',
    examples: 'writes: prometheus --config.file=x\nreads: filebeat test config',
  },
  {
    names: 'logstash',
    values: '-f --path.config',
    reads: '-t, --config.test_and_exit',
    examples: 'reads: logstash -t -f x\nwrites: logstash -f x',
  },
  {
    names: 'stern',
    selects: '-n --namespace -l --selector -c --container --tail --since',
    values:
      '-n -l -c -o -s -E -e --namespace --since --tail --selector --context --container --output',
    switches: '*',
    otherwise: 'reads',
    endless: '* !--no-follow !--version !--completion',
    examples: 'reads endless: stern web\nreads: stern web --no-follow',
  },
  {
    names: 'logcli kubetail goaccess',
    values:
      '-n -l -c -o -s --namespace --since --limit --from --to --addr --tail --selector --context -t',
    switches: '*',
    writes: '--output-directory, --part-path-prefix, --part, -o, delete',
    otherwise: 'reads',
    endless: '-f, --follow',
    examples: 'reads: logcli query x\nwrites: goaccess -o out.html x',
  },
  {
    names: 'lnav multitail',
    asks: '*',
    asksTerminal: true,
    examples: 'writes asks: lnav -c x y',
  },
  {
    names: 'amtool promtool',
    hosts: 'query/*=2',
    values: '--alertmanager.url --config.file -o --output --author --comment --duration',
    switches: '*',
    reads:
      'alert query|show, alert $, silence query, silence $, config show|routes, check-config, cluster show, check *, query *, test rules, tsdb analyze|list',
    destroys: 'silence expire',
    examples:
      'reads: amtool alert query\nreads: promtool check config x\nwrites: amtool silence add x\ndestroys: amtool silence expire x',
  },
  {
    names: 'grafana-cli grafana-toolkit datadog-agent datadog-ci dd-agent',
    reads: 'plugins ls|list-remote, status|health|version|configcheck|hostname|info|check',
    destroys: 'plugins remove|uninstall, stop, admin reset-admin-password',
    examples: 'reads: datadog-agent status\ndestroys: grafana-cli plugins remove x',
  },
];
