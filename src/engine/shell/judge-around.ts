import { isHarmlessFile, type Judgement, NOTHING, verdict } from '../programs/judgement.ts';
import type { FileWrite } from './walk-script.ts';

/** Judges what a redirection does to its file. */
export function judgeWrite(write: FileWrite): Judgement {
  if (isHarmlessFile(write.file)) return NOTHING;
  if (/^\/dev\/(?:tcp|udp)\//.test(write.file))
    // A connection that is opened and left is how ports are looked at.
    return write.empties || write.operator === '<>'
      ? NOTHING
      : verdict('writes', `\`${write.operator} ${write.file}\` sends to another machine`);
  if (write.file.startsWith('/dev/') && !write.file.startsWith('/dev/shm/'))
    return verdict(
      'destroys',
      `\`${write.operator} ${write.file}\` overwrites a device`,
      write.file,
    );
  if (write.file === '/proc/sysrq-trigger')
    return verdict('destroys', `\`${write.file}\` acts on the whole machine at once`, write.file);
  if (write.empties)
    return verdict('destroys', `\`${write.operator} ${write.file}\` empties the file`, write.file);
  return verdict('writes', `\`${write.operator} ${write.file}\` writes a file`);
}

/** Variables whose value a program runs or loads. */
const RUNS =
  /^(?:(?:GIT_|MAN)?PAGER|(?:GIT_|VISUAL_)?EDITOR|VISUAL|GIT_(?:SSH|SSH_COMMAND|EXTERNAL_DIFF|ASKPASS|SEQUENCE_EDITOR|PROXY_COMMAND)|LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT|LESSOPEN|BASH_ENV|ENV|PROMPT_COMMAND|PERL5OPT|PERL5LIB|PYTHONSTARTUP|PYTHONPATH|RUBYOPT|NODE_OPTIONS|JAVA_TOOL_OPTIONS|SSH_ASKPASS|RSYNC_RSH|PSQL_(?:PAGER|EDITOR)|KUBECTL_EXTERNAL_DIFF|PATH|IFS)$/;
const HARMLESS_VALUE =
  /^(?:|"|""|''|cat|less|more|most|true|:|bat|less -\w+|nano|vi|vim|ssh|ssh -i [\w/.~-]+|--max-old-space-size=\d+)$/;

/** Judges an assignment that may choose what a command behind it runs. */
export function judgeSetting(name: string, value: string): Judgement {
  // What a traced line begins with is expanded for each of them.
  if (name === 'PS4' && /\$\(|`/.test(value))
    return verdict('writes', '`PS4` runs what stands in it for every line that is traced');
  if (!RUNS.test(name) || HARMLESS_VALUE.test(value)) return NOTHING;
  return verdict('writes', `\`${name}\` may make it run something else`);
}
