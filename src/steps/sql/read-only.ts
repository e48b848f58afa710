type Fields = Readonly<Record<string, unknown>>;

const SETTINGS = /^(?:default_)?transaction_read_only$/i;

/**
 * Whether a statement of PostgreSQL's syntax tree would lift a session's read-only mode, or escape it. The server enforces
 * the mode; these are the words that would tell the server otherwise. `ALTER SYSTEM` is one of the few
 * changes that a read-only transaction allows.
 */
export function isSwitchToWriting(kind: string, fields: Fields): boolean {
  if (kind === 'AlterSystemStmt') return true;
  if (kind === 'DiscardStmt') return fields['target'] === 'DISCARD_ALL';
  if (kind === 'VariableSetStmt') return setsWriting(fields);
  if (kind === 'TransactionStmt') return saysReadWrite(fields['options']);
  return callsSetConfig(fields);
}

/** What a server lets a superuser do to files, programs and other servers, read-only transaction or not. */
const REACHES =
  /^(?:dblink\w*|lo_\w+|loread|lowrite|pg_read_file\w*|pg_read_binary_file\w*|pg_file_\w+|pg_write_\w+)$/i;

/** Whether a statement would start a program of the server, touch its files or speak to another server. */
export function reachesOut(kind: string, fields: Fields): boolean {
  if (kind === 'LoadStmt') return true;
  return somewhere({ [kind]: fields });
}

function somewhere(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  if ('CopyStmt' in tree && copiesElsewhere(tree.CopyStmt)) return true;
  if ('FuncCall' in tree && REACHES.test(nameOf(tree.FuncCall))) return true;
  if ('DoStmt' in tree) return mentions(JSON.stringify(tree.DoStmt));
  return Object.values(tree).some(somewhere);
}

function copiesElsewhere(copy: unknown): boolean {
  if (typeof copy !== 'object' || copy === null) return false;
  return ('is_program' in copy && copy.is_program === true) || 'filename' in copy;
}

/** The code of a `DO` is read by the server alone: its words have to do. */
function mentions(code: string): boolean {
  const words = code.match(/\w+/g) ?? [];
  return words.some((word) => REACHES.test(word) || /^n?(?:copy|program)$/i.test(word));
}

function nameOf(call: unknown): string {
  if (typeof call !== 'object' || call === null || !('funcname' in call)) return '';
  return /"sval":"(\w+)"\}\}\]$/.exec(JSON.stringify(call.funcname))?.[1] ?? '';
}

function setsWriting(fields: Fields): boolean {
  if (fields['kind'] === 'VAR_RESET_ALL') return true;
  const name = String(fields['name'] ?? '');
  if (name === 'session_authorization' || name === 'role') return false;
  if (!SETTINGS.test(name)) return saysReadWrite(fields['args']);
  return !/"(?:sval":"(?:on|true|yes|1)"|ival":1|boolval":true)/i.test(
    JSON.stringify(fields['args'] ?? ''),
  );
}

/** `READ WRITE` is the option transaction_read_only with the constant 0, which the tree leaves out. */
function saysReadWrite(options: unknown): boolean {
  return /"defname":"transaction_read_only","arg":\{"A_Const":\{"ival":\{\}/.test(
    JSON.stringify(options ?? ''),
  );
}

/** `set_config` with anything but the constant name of another setting. */
function callsSetConfig(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  if ('FuncCall' in tree && isSetConfig(tree.FuncCall)) return true;
  return Object.values(tree).some(callsSetConfig);
}

function isSetConfig(call: unknown): boolean {
  if (typeof call !== 'object' || call === null || !('funcname' in call)) return false;
  if (!/"sval":"set_config"\}\}\]$/i.test(JSON.stringify(call.funcname))) return false;
  const first = 'args' in call && Array.isArray(call.args) ? call.args[0] : undefined;
  const name = /^\{"A_Const":\{"sval":\{"sval":"([\w.]+)"/.exec(JSON.stringify(first ?? ''))?.[1];
  return name === undefined || SETTINGS.test(name);
}
