import { type Judgement, verdict } from '../judgement.ts';
import type { Door, Program, Use } from '../program.ts';
import { given } from '../rules.ts';

const ASKS_FOR_VERSION = '-V, --version, -version, -v $';

/** Languages and the tools of their frameworks. */
export const LANGUAGES: readonly Program[] = [
  {
    names:
      'python python2 python3 pypy py python3.9 python3.10 python3.11 python3.12 python3.13 ipython bpython',
    addresses: '-m',
    values: '-c -m -W -X',
    judge: (use, door) => {
      if (!given(use, '-m')) return judgeScript(use, door);
      const module = use.options.find(({ name }) => name === '-m')?.value ?? '';
      return /^(?:json\.tool|platform|site|sysconfig|this|calendar|tabnanny)$/.test(module) &&
        use.words.length < 2
        ? verdict('reads', `\`${use.name} -m ${module}\` only reads`)
        : undefined;
    },
    reads: '-V, --version',
    endless: '-m=http.server',
    session: '$ !-c !-m !-V !--version, *manage.py shell|dbshell|shell_plus !-c !--command',
    destroys:
      'manage.py flush|sqlflush|reset_db|clear_cache|clearsessions, *manage.py flush|reset_db, *manage.py migrate * zero',
    does: 'takes away or undoes',
    code: { reads: 'code', options: '-c', input: true },
    examples: `writes: python3 -c 'print(1)'
      reads: python3 --version
      reads: python3 -m json.tool
      writes endless: python3 -m http.server
      writes: python3 x.py
      destroys: python manage.py flush
      destroys: python manage.py migrate app zero
      destroys: python scripts/switch.py --rollback
      destroys: python3 restore.py x
      writes session: python3
      writes session: python3 manage.py shell
      writes: python -m json.tool in out`,
  },
  {
    names:
      'perl ruby node nodejs deno  lua tclsh guile irb pry groovy jshell scala jjs clj clojure ocaml ghci',
    addresses: '-M -r -I --require --import',
    longDash: true,
    values: '-e -E -r -p -pe -M --eval --print',
    judge: judgeScript,
    reads: `${ASKS_FOR_VERSION}`,
    session: '$ !-e !-E !--eval !-v !-V !--version !-p !-pe !-ne !-r !-n',
    code: { reads: 'code', options: '-e -E -p -pe -ne -le -lne --eval --print', input: true },
    examples:
      "writes: perl -e 'unlink x'\nreads: node -v\nwrites: node x.js\nwrites session: irb\nwrites: perl -pi -e s/a/b/ x",
  },
  {
    names: 'php',
    addresses: '-f -c -d',
    longDash: true,
    values: '-r -d -c -f',
    reads:
      '-v $, -m $, -i $, --ini, -l, --version, artisan about|list|route:list|migrate:status|queue:failed|schedule:list|env|queue:monitor|model:show|db:show, bin/console about|debug:*|lint:*, artisan --version',
    destroys:
      'artisan migrate:rollback|migrate:reset|migrate:fresh|migrate:refresh|db:wipe|queue:flush|queue:clear|queue:forget|down|queue:prune-*|*:restore|*:rollback|*:wipe|*:purge, bin/console doctrine:database:drop|doctrine:schema:drop',
    session: '$ !-r !-v !-m !-i !--ini !--version !-l, artisan tinker !--execute, -a',
    endless: 'artisan serve|queue:work|queue:listen|schedule:work|horizon, -S',
    code: { reads: 'code', options: '-r', input: true },
    examples:
      'reads: php -v\nreads: php artisan migrate:status\ndestroys: php artisan migrate:rollback\nwrites: php artisan migrate\nwrites: php -r x\nwrites session: php artisan tinker\nwrites: php artisan tinker --execute x\nwrites endless: php artisan queue:work',
  },
  {
    names: 'java jar kotlin',
    longDash: true,
    reads: '-version, --version, -XshowSettings* $',
    examples: 'reads: java -version\nwrites: java -jar x.jar',
  },
  {
    names: 'jps jinfo jstat jdeps javap',
    switches: '*',
    values: '-flag',
    longDash: true,
    writes: '-flag',
    otherwise: 'reads',
    examples: 'reads: jps -l\nwrites: jinfo -flag +X 42',
  },
  {
    names: 'jstack jmap jcmd jconsole',
    longDash: true,
    reads:
      '-l, -h, * $, -heap, -histo, * VM.version|VM.flags|VM.uptime|Thread.print|GC.heap_info|VM.system_properties|VM.command_line|help',
    destroys: '',
    writes: '-dump*, -histo:live, * GC.*',
    examples: 'reads: jstack 42\nwrites: jmap -dump:file=x 42\nreads: jcmd 42 Thread.print',
  },
  {
    names: 'keytool',
    longDash: true,
    values: '-keystore -storepass -alias -keypass -file',
    secrets: '-storepass -keypass -srcstorepass -deststorepass',
    switches: '-v -rfc',
    reads: '-list, -printcert',
    destroys: '-delete',
    examples: 'reads: keytool -list -keystore x -storepass y\ndestroys: keytool -delete -alias x',
  },
  {
    names: 'rails bin/rails',
    reads: 'routes|about|stats|notes|version|db:migrate:status|db:version $',
    destroys:
      '~db:drop*, db:rollback|db:reset|db:purge|db:migrate:down|db:migrate:redo|db:truncate_all|destroy|d|tmp:clear|log:clear|db:schema:load|db:setup|db:seed:replant',
    session: 'console|c|dbconsole|db',
    endless: 'server|s',
    examples:
      'reads: rails db:migrate:status\ndestroys: rails db:rollback\nwrites: rails db:migrate\nwrites session: rails console',
  },
  {
    names: 'manage.py django-admin flask artisan symfony wp drush craft magento bin/magento drupal',
    values: '--path --url --format --fields',
    switches: '--all --plan --list',
    reads:
      'showmigrations|check|diffsettings|sqlmigrate|routes|inspectdb|about|status|list, core version|verify-checksums|check-update, plugin|theme|user|post|option|site|cron|role|term list|get|status, cron event list, indexer:status, module:status, setup:db:status, migrate:status',
    destroys:
      'flush|reset_db|migrate:rollback|sql:drop|sql-drop|site:install|down|db:wipe, db drop|reset|clean|downgrade, * delete|uninstall|deactivate, * destroy|drop|reset',
    session: 'shell|shell_plus|tinker !-c !--command !--execute !--plain, dbshell !-c, sql:cli',
    endless: 'runserver|run',
    examples:
      'reads: manage.py showmigrations\ndestroys: flask db downgrade\nwrites: wp plugin update --all\ndestroys: wp plugin delete x\nreads: wp plugin list\nwrites session: manage.py shell\nwrites: manage.py shell -c x',
  },
  {
    names:
      'alembic flyway liquibase knex sequelize typeorm prisma dbmate goose migrate golang-migrate atlas sqitch phinx yoyo sql-migrate drizzle-kit diesel sqlx hasura',
    values: '-c -n -x -path -database -source -url -dir --url --dir -d --context --env',
    longDash: true,
    reads:
      'current|history|heads|branches|show|info|status|validate|version|list|log|migrate:status|db:migrate:status|migrate:list|diff, migrate status|info|diff, * status, migration list, schema inspect, cluster|clusters list|describe, projects list, alerts list, processes list, metrics *',
    destroys:
      'downgrade|clean|undo|rollback|rollback-*|down|drop|reset|revert|redo|migrate:rollback|migrate:down|db:migrate:undo|db:drop|dropAll|force|stamp|repair, migrate reset|down|rollback|resolve|revert|redo, database drop|reset, schema clean|drop, metadata clear, migrate apply --down, migrate apply --type=down, db push --accept-data-loss, * delete|rollback|down|drop|pause',
    does: 'undoes a migration or drops',
    examples:
      'reads: alembic current\ndestroys: alembic downgrade -1\nwrites: alembic upgrade head\ndestroys: flyway clean\ndestroys: migrate -path x -database y down 1\nreads: flyway info\ndestroys: knex migrate:rollback\ndestroys: atlas schema clean -u x\ndestroys: hasura migrate apply --down 1\nwrites: hasura migrate apply',
  },
  {
    names: 'celery airflow prefect dagster dbt luigi rq sidekiq sidekiqctl temporal tctl',
    values: '-A -b -q -t',
    reads:
      'status|report|inspect|info|list|version, dags list|show|state|report|list-runs, tasks list|state, jobs check, * ls|list|inspect|describe|show|get, ls',
    destroys:
      'purge|control|amqp|flush|kill|quit, db reset|downgrade|clean, dags delete|pause, tasks clear, * delete|terminate|cancel|clear|purge|reset',
    endless: 'worker|beat|scheduler|webserver|flower, server start-dev',
    examples:
      'reads: celery -A x status\ndestroys: celery -A x purge -f\nwrites: airflow dags trigger x\ndestroys: airflow db reset',
  },
  {
    names:
      'pytest tox nox rspec phpunit unittest behave ctest bats coverage gotestsum jupyter ollama mlflow wandb tensorboard spack module cscope emcc',
    reads: '--collect-only, list|ps|show|avail|find|spec',
    destroys: 'rm|uninstall|stop, erase',
    examples: 'writes: pytest -q\nreads: ollama list\ndestroys: ollama rm x',
  },
  {
    names: 'runme scrut mdbook hugo jekyll mkdocs sphinx-build docusaurus asciidoctor',
    reads: 'list|ls|print|version|config|env',
    dry: '',
    endless: 'serve|server|s|watch|start',
    examples: 'writes: hugo\nwrites endless: mkdocs serve\nreads: runme list',
  },
];

/** A script tells by its own name and arguments whether it takes something away. */
function judgeScript(use: Use, { words }: Door): Judgement | undefined {
  const [file, ...rest] = use.words;
  if (file === undefined || !/\.\w{1,4}$/.test(file) || /manage\.py$/.test(file)) return undefined;
  const at = use.args.indexOf(file);
  const judgement = words([
    file.includes('/') ? file : `./${file}`,
    ...(at < 0 ? rest : use.args.slice(at + 1)),
  ]);
  return judgement.effect === 'destroys' ? judgement : undefined;
}
