import { judgeSql } from '../../text/sql-effect.ts';
import { unquoted } from './arguments.ts';
import { type Judgement, verdict } from './judgement.ts';
import type { Use } from './program.ts';
import { given, valuesOf } from './rules.ts';

/** A database client: what its queries do; a file or a pipe that it reads is not known. */
export function judgeClient(
  use: Use,
  queryOptions: string,
  fileOptions: string,
  saving: string,
): Judgement | undefined {
  const { name, feed } = use;
  if (given(use, ...saving.split(' ').filter(Boolean)))
    return verdict('writes', `\`${name}\` writes a file or runs more`);
  const queries = valuesOf(use, ...queryOptions.split(' '));
  const files = fileOptions === '' ? [] : valuesOf(use, ...fileOptions.split(' '));
  for (const file of files) if (isDump(file)) return restoring(name, file);
  if (files.length > 0) return verdict('writes', `\`${name}\` runs a file`);
  if (queries.length > 0) return inProgram(name, queries.map(unquoted).join(';\n'));
  if (feed === undefined) return undefined;
  if (feed.kind === 'text') return inProgram(name, feed.text);
  return isDump(feed.text)
    ? restoring(name, feed.text)
    : verdict('writes', `\`${name}\` runs what it is fed`);
}

function inProgram(name: string, text: string): Judgement {
  const { effect, why, target, sure } = judgeSql(text);
  const says = {
    none: 'does nothing',
    reads: 'only reads',
    writes: 'may change something',
    destroys: why,
  };
  return verdict(
    effect,
    effect === 'destroys'
      ? `${why.replace(/ takes.*/, '')} in \`${name}\` takes something away`
      : `the query in \`${name}\` ${says[effect]}`,
    target,
    sure,
  );
}

function restoring(name: string, from: string): Judgement {
  return verdict(
    'destroys',
    `\`${name}\` loads ${from.length < 60 ? `\`${from.trim()}\`` : 'a dump'}, over what is there`,
    from.slice(0, 60).trim(),
  );
}

/** A dump by its name; a file of statements that is named for what it adds is none. */
function isDump(file: string): boolean {
  if (
    /dump|backup|restore|binlog|waldump|\bbak\b|snapshot|archive|rollback|\.(?:gz|bz2|xz|zst)\b/i.test(
      file,
    )
  )
    return true;
  return (
    /\.sql\b/i.test(file) &&
    !/migrat|schema|init|seed|create|grant|query|queries|report|select|check|setup|add|index|patch|update|alter|upgrade|fixture|test|\bv?\d+[._]|^\w\.sql$/i.test(
      file,
    )
  );
}

const SQLITE_LOOKS =
  /^\.(?:tables|schema|headers?|mode|indexes|indices|databases|dbinfo|show|help|width|separator|nullvalue|timer|stats|echo|print|fullschema|lint|explain|eqp|quit|exit|sha3sum|dump|bail|changes|parameter list)\b(?!.*\|)/;

/** SQLite's client: what its queries and its own commands do. */
export function judgeSqlite(use: Use): Judgement | undefined {
  if (given(use, '-init', '-cmd'))
    return verdict('writes', `\`${use.name}\` runs more than its query`);
  const texts = [...use.words.slice(1).map(unquoted), ...valuesOf(use, '-c')];
  if (use.feed?.kind === 'text') texts.push(use.feed.text);
  else if (use.feed !== undefined && texts.length === 0)
    return isDump(use.feed.text)
      ? restoring(use.name, use.feed.text)
      : verdict('writes', `\`${use.name}\` runs what it is fed`);
  if (texts.length === 0) return undefined;
  for (const text of texts
    .flatMap((each) => each.split('\n'))
    .filter((each) => each.trimStart().startsWith('.'))) {
    if (/^\s*\.restore\b/.test(text))
      return verdict('destroys', '`.restore` replaces the database', use.words[0] ?? '');
    if (!SQLITE_LOOKS.test(text.trim()))
      return verdict(
        'writes',
        `\`${text.trim().split(' ')[0]}\` in \`${use.name}\` may change something`,
      );
  }
  const sql = texts
    .flatMap((each) => each.split('\n'))
    .filter((each) => !each.trimStart().startsWith('.'))
    .join('\n');
  return inProgram(use.name, sql === '' ? 'select 1' : sql);
}

const MONGO_DESTROYS =
  /\.(?:(?:drop|delete|remove|killAllSessions)\w{0,40}|stepDown|freeze|shutdownServer|killOp|findOneAndDelete|reconfig)\s{0,20}\(|\b(?:dropDatabase|shutdown|replSetStepDown|replSetReconfig|compact)\b/i;
const MONGO_METHODS = new Set(
  'status conf config isMaster hello printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo stats serverStatus find findOne count countDocuments estimatedDocumentCount distinct getCollectionNames getCollectionInfos getCollection getSiblingDB getIndexes currentOp version getMongo hostInfo getUsers getUser getRoles getName listCommands dataSize storageSize totalSize totalIndexSize explain pretty limit sort skip toArray getProfilingStatus getReplicationInfo printShardingStatus getBalancerState isBalancerRunning latencyStats buildInfo help print printjson stringify map filter ping maxTimeMS projection size length rs sh sum'.split(
    ' ',
  ),
);

/** MongoDB's client: what the script that it is given does. */
export function judgeMongo(use: Use): Judgement | undefined {
  const { feed, name } = use;
  if (given(use, '--file', '-f') || use.words.some((word) => /\.js$/.test(word)))
    return verdict('writes', `\`${name}\` runs a file`);
  const texts = valuesOf(use, '--eval').map(unquoted);
  if (feed?.kind === 'text') texts.push(feed.text);
  if (texts.length === 0)
    return feed === undefined ? undefined : verdict('writes', `\`${name}\` runs what it is fed`);
  const text = texts.join(';');
  const destroys = MONGO_DESTROYS.exec(text);
  if (destroys)
    return verdict(
      'destroys',
      `\`${destroys[0].replace(/[.(\s]/g, '')}\` in \`${name}\` takes something away`,
      text.slice(0, 60),
    );
  const code = text.replace(/"[^"]*"|'[^']*'/g, "''");
  const calls = [...code.matchAll(/(?<!\w)(\w{1,60})\s?\(/g)].map(([, method = '']) => method);
  const isReading =
    calls.length > 0 &&
    !/\s\s\(|\w{60}\w/.test(code) &&
    calls.every((method) => MONGO_METHODS.has(method)) &&
    !/(?:^|[^=!<>])=(?!=)|\$(?:out|merge)\b|=>/.test(code);
  return verdict(
    isReading ? 'reads' : 'writes',
    `the script in \`${name}\` ${isReading ? 'only reads' : 'may change something'}`,
  );
}
