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
