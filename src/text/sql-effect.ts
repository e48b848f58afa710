/** What SQL text visibly does, judged by its words: no parser is loaded for it. */
export interface SqlJudgement {
  readonly effect: 'none' | 'reads' | 'writes' | 'destroys';
  /** Why it destroys, or why it only reads where that is not plain; `''` otherwise. */
  readonly why: string;
  /** What it would take away; `''` when that is nothing or has no name. */
  readonly target: string;
  /** A statement says so; else it is what is to be feared of a function that nobody knows. */
  readonly sure: boolean;
}

const READS =
  /^(?:select|show|explain|with|table|values|reset|fetch|move|declare|close|begin|start(?=\s+transaction\b)|commit|end|rollback|abort|savepoint|release|listen|unlisten|discard|set|describe|desc|use|help|pragma|print|go|\()/i;
const DESTROYS =
  /\b(?:drop\s+(?!(?:not\s+null|default|identity|expression)\b)\w+|delete\s+from|vacuum(?:\s*\(\s*|\s+)full|reassign\s+owned|detach\s+partition|insert\s+overwrite|flashback\s+table|restore\s+(?:database|table|log)|purge\s+(?:binary|master|table|recyclebin)\b|pg_(?:terminate|cancel)_backend|pg_(?:drop|replication_origin_drop|promote)\w*|(?:stop|reset)\s+(?:(?:all\s+)?(?:slaves?|replicas?)|master|group_replication|binary\s+logs|persist))\b|\btruncate\s+(?!\()|^(?:kill|shutdown)\b/i;
/** Statements that begin like a query and are more than one. */
const ACTS =
  /\b(?:insert\s+into|replace\s+into|merge\s+into|update\s+(?:only\s+)?[\w."]+\s+(?:as\s+\w+\s+|\w+\s+)?set|into\s+(?:outfile|dumpfile|temp\b|temporary\b|unlogged\b|table\b|@?[\w."]+)|for\s+(?:no\s+key\s+)?(?:update|share|key\s+share)|lock\s+in\s+share\s+mode)\b|^set\s+(?:global|persist|persist_only|password|@@global)\b|^pragma\s+\w+\s*(?:=|\()|^pragma\s+(?:optimize|wal_checkpoint|incremental_vacuum|shrink_memory)\b/i;
/** Statements that change what others see, whatever they call. */
const CHANGES =
  /^(?:insert|update|merge|replace|alter|grant|revoke|comment|reindex|refresh|create\s+(?!(?:(?:global|local)\s+)?temp))\b/i;
/** What a read-only connection lets a query do all the same. */
const ACTS_ON_OTHERS = /\bpg_(?:terminate_backend|cancel_backend|drop_\w+|promote)\b/i;
const TELLS =
  /\b(?:pg_(?:reload_conf|rotate_logfile|switch_wal|advisory_\w+|stat_(?:\w{1,40}_)?reset\w*|notify|file_write|create_\w+|log_\w+|wal_replay_\w+)|dblink\w*|lo_\w+|copy\b[^;]*\bto\b|alter\s+system|notify\s+\w|load\s+')/i;
const PROGRAM = /\bprogram\s+'/i;
const UNLOCKS =
  /\bread\s+write\b|transaction_read_only|\bset_config\b|\bdiscard\s+all\b|\breset\s+all\b/i;

/**
 * The worst thing the statements of the text do. Comments, strings and quoted bodies count for nothing; on a
 * read-only connection neither does what the server refuses.
 */
export function judgeSql(text: string, readonly = false): SqlJudgement {
  const { statements, commands } = split(text);
  if (readonly && !UNLOCKS.test(statements)) return judgeReadOnly(statements, commands);
  let effect: SqlJudgement['effect'] = 'none';
  let sure = false;
  for (const command of commands) effect = worse(effect, clientReads(command) ? 'reads' : 'writes');
  for (const statement of statements.split(';').map((each) => each.trim())) {
    if (statement === '') continue;
    const judgement = judgeStatement(statement);
    if (judgement.effect === 'destroys') return judgement;
    effect = worse(effect, judgement.effect);
    sure ||= judgement.sure;
  }
  return { effect, why: '', target: '', sure };
}

function judgeStatement(statement: string): SqlJudgement {
  const explained = /^explain\s+(?:query\s+plan\s+)?/i.exec(statement);
  if (explained !== null) {
    const inner = statement.slice(explained[0].length);
    const options = inner.startsWith('(') ? inner.slice(0, inner.indexOf(')') + 1) : '';
    const rest = inner.slice(options.length).trimStart();
    const words = /^(?:(?:analyze|analyse|verbose)\s+){0,2}/i.exec(rest)?.[0] ?? '';
    if (!/\banaly[sz]e\b/i.test(options + words)) return plain('reads');
    return judgeStatement(rest.slice(words.length));
  }
  const destroys = DESTROYS.exec(statement);
  if (destroys !== null) {
    const words = destroys[0].replace(/\s+/g, ' ').trim().toUpperCase();
    return {
      effect: 'destroys',
      why: `\`${words}\` takes something away`,
      target: targetOf(statement),
      sure: true,
    };
  }
  if (changesEveryRow(statement)) {
    const why = '`UPDATE` without `WHERE` changes every row';
    return { effect: 'destroys', why, target: targetOf(statement), sure: true };
  }
  if (/^copy\b/i.test(statement))
    return plain(
      /\bto\s+stdout\b/i.test(statement) && readsOnly(statement.replace(/^copy\b/i, ''))
        ? 'reads'
        : 'writes',
    );
  const isQuery = READS.test(statement) && !ACTS.test(statement);
  if (isQuery && readsOnly(statement)) return plain('reads');
  return { ...plain('writes'), sure: CHANGES.test(statement) };
}

function changesEveryRow(statement: string): boolean {
  if (!/^(?:update|with)\b/i.test(statement) || /\bdo\s+update\b/i.test(statement)) return false;
  const at = statement.toLowerCase().lastIndexOf('update ');
  return at >= 0 && /\bset\b/i.test(statement.slice(at)) && !/\bwhere\b/i.test(statement.slice(at));
}

function judgeReadOnly(statements: string, commands: readonly string[]): SqlJudgement {
  const acts = ACTS_ON_OTHERS.exec(statements);
  if (acts !== null)
    return {
      effect: 'destroys',
      why: `\`${acts[0]}\` ends what others do`,
      target: '',
      sure: true,
    };
  if (TELLS.test(statements) || PROGRAM.test(statements) || !commands.every(clientReads))
    return plain('writes');
  return { effect: 'reads', why: 'the connection is read-only', target: '', sure: false };
}

function plain(effect: SqlJudgement['effect']): SqlJudgement {
  return { effect, why: '', target: '', sure: false };
}

const WEIGHT = { none: 0, reads: 1, writes: 2, destroys: 3 } as const;

function worse(one: SqlJudgement['effect'], other: SqlJudgement['effect']): SqlJudgement['effect'] {
  return WEIGHT[other] > WEIGHT[one] ? other : one;
}

/** Whether a command of psql's own (`\d`, `\x`) only shows; `\!`, `\copy`, `\o`, `\gexec` do not. */
function clientReads(command: string): boolean {
  return /^\\(?:d[\w+]*|l[+x]*|z|sf\+?|sv\+?|x|t|a|q|c|connect|conninfo|timing|pset|set|unset|echo|qecho|warn|encoding|errverbose|h|help|\?|f|H|C|T|p|r|gdesc|gset|watch|if|elif|else|endif|prompt|bind|getenv|crosstabview|copyright|G)(?:\s[^|>`]*)?$|^\\gx?(?:\s*\([^()]*\))?\s*$/.test(
    command,
  );
}

function targetOf(statement: string): string {
  return (
    /^(?:drop\s+\w+(?:\s+concurrently)?(?:\s+if\s+exists)?|truncate(?:\s+table)?|delete\s+from|alter\s+table(?:\s+if\s+exists)?(?:\s+only)?|update(?:\s+only)?)\s+([\w."$-]+)/i.exec(
      statement,
    )?.[1] ?? ''
  );
}

/** Statements without comments (nested ones too) and quoted text, and the client's own commands apart. */
function split(text: string): {
  readonly statements: string;
  readonly commands: readonly string[];
} {
  const commands: string[] = [];
  const statements = bare(text)
    .split('\n')
    .map((line) => {
      const at = line.search(/\\[a-zA-Z?!]/);
      if (at < 0) return line;
      commands.push(line.slice(at).trim().replace(/;$/, ''));
      return `${line.slice(0, at)};`;
    })
    .join('\n');
  return { statements, commands };
}

/** The code of a `DO` block stays. */
function bare(text: string): string {
  const pieces: string[] = [];
  const token =
    /--[^\n]*|\/\*|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\$(?:[A-Za-z_]\w*)?\$|[^-/'"$`]+|[\s\S]/g;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const piece = found[0];
    if (piece === '/*') token.lastIndex = commentEnd(text, token.lastIndex);
    else if (piece.startsWith('--')) pieces.push(' ');
    else if (/^\$.*\$$/.test(piece)) {
      const end = text.indexOf(piece, token.lastIndex);
      const from = token.lastIndex;
      token.lastIndex = end < 0 ? text.length : end + piece.length;
      const isCode = /(?:^|;)\s*do\s+(?:language\s+\w+\s+)?$/i.test(pieces.slice(-3).join(''));
      pieces.push(isCode ? ` ${text.slice(from, token.lastIndex - piece.length)} ` : "''");
    } else if (piece.startsWith('`') && isInCommand(text, found.index)) pieces.push('`');
    else if (/^["`]/.test(piece)) pieces.push(nameOf(piece));
    else pieces.push(piece.startsWith("'") ? "'x'" : piece);
  }
  return pieces.join('');
}

/** Behind one of psql's own commands, where a shell runs what stands in backticks. */
function isInCommand(text: string, at: number): boolean {
  return /\\[a-zA-Z?!]/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

/** A quoted name, so that it can still be told as a target; never a word of the language. */
function nameOf(piece: string): string {
  return `"${piece.slice(1, -1).replace(/\W/g, '_')}"`.replace(
    /^"(?:drop|delete|truncate|update|vacuum)/i,
    '"x',
  );
}

function commentEnd(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  for (let depth = 1, found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}

/** Words of the language that may stand in front of a bracket. */
const WORDS = `in and or not exists any all some values as on using over filter group from where select with union
  except intersect case when then else end between like ilike similar distinct by having limit offset cast row array sets
  rollup cube interval numeric decimal varchar char character varying bit float time timestamp timestamptz table lateral
  only join left right inner outer cross full materialized recursive analyze verbose costs buffers format timing explain
  window partition order rows range returning set to isnull notnull is escape int integer bigint nvarchar double if
  tablesample bernoulli system fetch pragma show use default`;

/** Functions that compute a value from their arguments or tell how the server is. */
const FUNCTIONS = `count sum avg min max stddev variance stddev_pop stddev_samp var_pop var_samp corr every bool_and bool_or bit_and bit_or
  string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg group_concat listagg xmlagg mode percentile_cont
  percentile_disc rank dense_rank row_number ntile lag lead first_value last_value nth_value cume_dist percent_rank grouping
  coalesce nullif greatest least ifnull nvl nvl2 decode iff iif isnull if multiif
  abs ceil ceiling floor round trunc truncate mod power pow sqrt exp ln log log10 log2 sign random rand pi degrees radians div gcd lcm
  sin cos tan asin acos atan atan2 width_bucket num_nonnulls num_nulls
  lower upper initcap length char_length character_length octet_length bit_length substring substr left right ltrim rtrim trim btrim
  lpad rpad replace translate reverse repeat concat concat_ws split_part position strpos instr locate chr ascii md5 sha1 sha2 sha224 sha256 sha384 sha512
  quote_ident quote_literal quote_nullable format encode hex unhex to_hex overlay starts_with unnest cardinality substring_index space char
  convert convert_from convert_to from_base64 to_base64 crc32 find_in_set field elt strcmp soundex levenshtein similarity printf quote typeof
  now current_date current_time current_timestamp localtime localtimestamp clock_timestamp statement_timestamp transaction_timestamp
  age extract date_part date_trunc date_bin date datetime time timestamp make_date make_interval make_time make_timestamp make_timestamptz
  justify_days justify_hours justify_interval timeofday isfinite strftime julianday unixepoch unix_timestamp from_unixtime date_add date_sub
  datediff timediff timestampdiff timestampadd date_format str_to_date dayofweek dayofmonth dayofyear dayname monthname year month day hour minute
  second week weekday quarter last_day sysdate curdate curtime utc_timestamp dateadd datepart getdate getutcdate sysdatetime
  generate_series generate_subscripts int4range int8range numrange tsrange tstzrange daterange isempty lower_inc upper_inc range_agg
  json_extract json_unquote json_array json_object json_length json_keys json_type json_valid json_each json_tree json_table
  row_to_json hstore akeys avals jsonpath to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_headline
  current_user session_user user current_role current_database current_schema current_schemas current_catalog current_setting database schema version
  connection_id row_count found_rows inet_client_addr inet_client_port inet_server_addr inet_server_port host hostmask masklen netmask network broadcast family
  has_table_privilege has_database_privilege has_schema_privilege has_column_privilege has_function_privilege has_sequence_privilege
  obj_description col_description shobj_description format_type to_regclass to_regtype to_regproc to_regrole to_regnamespace to_regclass
  to_char to_date to_number to_timestamp to_json to_jsonb txid_current_if_assigned txid_current_snapshot txid_snapshot_xmin txid_snapshot_xmax
  mxid_age bin_to_uuid uuid_to_bin uuid gen_random_uuid uuid_generate_v4 currval lastval
  sqlite_version changes total_changes last_insert_rowid object_id object_name db_name db_id schema_name suser_sname serverproperty databasepropertyex host_name app_name isnumeric charindex patindex stuff len datalength newid try_cast try_convert string_split openjson
  formatreadablesize formatreadablequantity formatreadabletimedelta uniq uniqexact uniqcombined countif sumif avgif anylast argmin argmax quantile quantiles quantileexact grouparray groupuniqarray arrayjoin
  arraystringconcat arraymap arrayfilter tostring todate todatetime touint8 touint16 touint32 touint64 toint32 toint64 tofloat64 tostartofminute tostartofhour tostartofday tostartofweek tostartofmonth tostartoffiveminutes tostartofinterval toyyyymm toyyyymmdd hostname currentdatabase uptime bar
  xpath xmlelement xmlforest query_to_xml_and_xmlschema numeric_inc bit_count get_bit get_byte pg_has_role pg_typeof pg_backend_pid pg_blocking_pids pg_safe_snapshot_blocking_pids
  pg_postmaster_start_time pg_conf_load_time pg_is_in_recovery pg_is_wal_replay_paused pg_is_in_backup pg_is_other_temp_schema pg_my_temp_schema pg_last_wal_receive_lsn pg_last_wal_replay_lsn
  pg_last_xact_replay_timestamp pg_last_xlog_receive_location pg_last_xlog_replay_location pg_last_committed_xact pg_current_wal_lsn pg_current_wal_insert_lsn pg_current_wal_flush_lsn pg_current_xlog_location
  pg_current_snapshot pg_current_xact_id_if_assigned pg_current_logfile pg_wal_lsn_diff pg_xlog_location_diff pg_walfile_name pg_walfile_name_offset pg_size_pretty pg_size_bytes pg_relation_size pg_total_relation_size
  pg_table_size pg_indexes_size pg_database_size pg_tablespace_size pg_column_size pg_column_compression pg_relation_filepath pg_relation_filenode pg_filenode_relation pg_tablespace_location pg_tablespace_databases
  pg_encoding_to_char pg_char_to_encoding pg_client_encoding pg_table_is_visible pg_type_is_visible pg_function_is_visible pg_opclass_is_visible pg_operator_is_visible pg_lock_status pg_show_all_settings pg_describe_object pg_identify_object
  pg_control_checkpoint pg_control_system pg_control_init pg_control_recovery pg_options_to_table pg_available_extensions pg_available_extension_versions pg_timezone_names pg_timezone_abbrevs pg_stat_file pg_read_file
  pg_read_binary_file pg_ls_dir pg_ls_logdir pg_ls_waldir pg_ls_tmpdir pg_ls_archive_statusdir pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes pg_sleep pg_sleep_for pg_sleep_until pg_stat_statements pg_buffercache_summary
  pg_index_column_has_property pg_index_has_property pg_indexam_has_property pg_sequence_last_value pg_partition_tree pg_partition_ancestors pg_partition_root pg_xact_commit_timestamp pg_xact_status pg_notification_queue_usage pg_listening_channels pg_trigger_depth pg_relation_is_publishable
  pgstattuple pgstatindex pgstattuple_approx pg_jit_available row_security_active wal_lsn_diff`;

/** Beginnings of names whose functions all only tell or compute. */
const FAMILIES =
  /^(?:pg_get_|pg_stat_get_|array_|json_array_|json_object_|json_each|jsonb_|json_build_|json_populate_|json_strip|json_typeof|json_to_record|regexp_|date_|has_|st_|inet_|string_to_|array_to_|to_ts|ts_|tsvector_)/;

const KNOWN = new Set(`${WORDS} ${FUNCTIONS}`.split(/\s+/));

const CALL = /(?<![\w".])((?:[\w"]{1,63}\.){0,3})([\w"]{1,63})\s*\(/g;

/** Whether every function that a statement calls is known to read; quoted text is out of it already. */
function readsOnly(statement: string): boolean {
  if (/(?<![\w"])[\w"]{64}/.test(statement)) return false;
  for (const { 1: schema = '', 2: name = '', index } of statement.matchAll(CALL)) {
    const before = statement.slice(Math.max(0, index - 20), index);
    const isAlias = schema === '' && /\b(?:as|with|recursive)\s+$/i.test(before);
    if (!isAlias && !isKnown(schema.toLowerCase(), name.toLowerCase())) return false;
  }
  return true;
}

/** Whether every function of the statements works on what it is given, and none takes it for a file, a query or a server. */
export function givenToComputing(text: string): boolean {
  const { statements, commands } = split(text);
  return commands.length === 0 && !REACHES.test(statements) && readsOnly(statements);
}

/** Whether a statement names a function that takes a text for a file or a setting. */
export const reachesOut = (text: string): boolean => REACHES.test(text);

const REACHES = /\b(?:pg_read_\w+|pg_ls_\w+|pg_stat_file|load_file|current_setting|pg_sleep\w*)\b/i;

function isKnown(schema: string, name: string): boolean {
  if (schema !== '' && schema !== 'pg_catalog.') return false;
  return KNOWN.has(name) || FAMILIES.test(name);
}
