/** Tags of what bash runs. */
export const SHELL = new Set(
  'bash sh shell zsh ksh ash fish console shell-session shellsession sh-session terminal bash-session scrut cram testcase commandline cli azurecli azurecli-interactive shell-script shellscript gcloud'.split(
    ' ',
  ),
);
/** Of those: what is typed, with what came of it. */
export const CONSOLE = new Set(
  'console shell-session shellsession sh-session terminal bash-session scrut cram testcase'.split(
    ' ',
  ),
);
/** Tags of what a database runs. */
export const SQL = new Set(
  'sql postgres postgresql pgsql psql mysql plpgsql sqlite tsql mariadb'.split(' '),
);
/** What is for another database is never run on a connection to PostgreSQL. */
export const OTHER_SQL = new Set('mysql sqlite tsql mariadb'.split(' '));
/** Tags that say nothing of what is in the fence. */
export const PLAIN = new Set(['', 'text', 'txt', 'plaintext', 'plain', 'none', 'code', 'command']);

/** Tags of data that commands are pasted under by mistake. */
export const DATA = new Set('yaml yml json toml ini'.split(' '));
/** Commands of consoles that no shell of ours is. */
export const BY_HAND = new Set(
  'powershell ps1 pwsh posh cmd bat batch dos cisco ios junos fortios routeros'.split(' '),
);

/** Whether bash runs what is tagged so. */
export const isShellTag = (language: string): boolean => SHELL.has(language);
/** What is run when a fence is tagged so. */
export const isRunTag = (language: string): boolean => SHELL.has(language) || SQL.has(language);
