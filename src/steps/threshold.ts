import { type Detection, defineStepType } from '../engine/contracts/step-type.ts';
import { expectedCell, isExpectedHeader, nameOfRow } from '../engine/reading/expected-cell.ts';
import { namesCommands } from '../engine/reading/languages/leads.ts';
import { parseLimit } from './threshold/limit.ts';

/** A check of a table row. */
export interface ThresholdBody {
  /** What is measured: the row's first cell. */
  readonly metric: string;
  readonly command: string;
  /** Limits as written, `''` when the cell says `-`. */
  readonly warning: string;
  readonly critical: string;
  /** What the value must be to be well, where a column says that instead ("Target", "Healthy"). */
  readonly healthy?: string;
  /** Limits in columns that say of them neither that they warn, nor that they fail, nor that they are well. */
  readonly unnamed?: readonly string[];
}

const COMMAND =
  /^(?:check|checks|befehl|commande|comando|comandi|opdracht|polecenie|kommando|příkaz|команда|コマンド|命令|명령어?|komut|lệnh|check command|check with|command|commands?|query|how to check|verification(?: command)?|test command|health check|command to check)$/iu;
/** What a column of limits is called: where it warns, where it fails, and how it is well. */
const WARNING =
  /(?<!\p{L})(?:warn|avert|attention|advert|avis|aviso|avviso|atenç|avver|attenzion|waarschuw|ostrze|varn|varsel|advarsel|varov|upozorn|предупр|попередж|uyarı|varoitus|figyelm|avertiz|προειδ)|警告|注意|경고|주의/iu;
const CRITICAL =
  /(?<!\p{L})(?:crit|kriti|críti|kryty|критич|kritik|κρίσ)|(?<!\p{L})(?:threshold|alert|alarm|limit|max|seuil|límite|limite|umbral|limiar|soglia|grenzwert|schwelle|schwellwert|obergrenze|höchst|drempel|grens|próg|gräns|grænse|grense|mez|práh|порог|предел|межа|поріг|eşik|sınır|raja|küszöb|határ|prag|όριο)|閾値|しきい値|危険|重大|上限|阈值|临界|严重|임계|위험/iu;
const HEALTHY =
  /(?<!\p{L})(?:target|healthy|normal|acceptable|good|soll(?!\p{L})|sollwert|gesund|zielwert|objecti|objeti|obietti|cible|valeur normale|sain|норма|gezond|streef|cel(?!\p{L})|mål(?!\p{L})|cíl(?!\p{L})|ціль|цель|hedef|tavoite)|正常|目標|目标|정상|목표/iu;
const LIMIT = new RegExp(
  String.raw`(?<!\p{L})(?:warning|minimum|maximum|min|max|expected|check)(?!\p{L})|${[WARNING, CRITICAL, HEALTHY].map(({ source }) => source).join('|')}`,
  'iu',
);
/** A cell that compares, whatever its column is called. */
const COMPARES = /^(?:&[gl]t;|[<>≤≥]=?|!=|≠)\s?\S/;

/** A table row with a command and limits. */
export const threshold = defineStepType<ThresholdBody>({
  name: 'threshold',
  summary: 'Runs the check command of a table row and compares its number with the limits.',
  quoting: 'shell',
  human: false,
  called: 'a row of checks',
  takes: ['run', 'doing', 'process', 'bash'],
  detect(block) {
    if (block.kind !== 'row' || block.does !== undefined) return undefined;
    const { header, cells, codes } = block;
    const at = header.findIndex(
      (name, index) => Boolean(codes[index]) && (COMMAND.test(name.trim()) || namesCommands(name)),
    );
    const checks =
      block.asked === true ||
      header.some((name) => LIMIT.test(name) || isExpectedHeader(name)) ||
      /check/i.test(header[at] ?? '');
    const command = codes[at];
    if (at < 0 || !checks || !command || /^[A-Z][\w ]*$/.test(command)) return undefined;
    const taken = new Set([at]);
    const limit = (name: RegExp): string => {
      const column = header.findIndex((each, index) => !taken.has(index) && name.test(each));
      const cell = (cells[column] ?? '').trim();
      if (/^[-–—]?$|^n\/?a$/i.test(cell)) return '';
      taken.add(column);
      return cell;
    };
    const expected = expectedCell(block, block.line);
    if (expected !== null) taken.add(header.findIndex(isExpectedHeader));
    const healthy = expected?.is === 'limit' ? expected.text : limit(HEALTHY);
    const warning = limit(WARNING);
    const critical = limit(/\bcrit/i) || limit(CRITICAL);
    // A limit in a column whose name nobody knows: whether it is well or wrong on its side is not said.
    const unnamed = cells.filter(
      (cell, column) => !taken.has(column) && COMPARES.test(cell.trim()),
    );
    const body = {
      metric: nameOfRow(block),
      command,
      warning,
      critical,
      ...(healthy === '' ? {} : { healthy }),
      ...(unnamed.length === 0 ? {} : { unnamed }),
    };
    return {
      body,
      unread: unreadLimits(body),
      why: `table row with a \`${header[at]}\` cell`,
      effect: block.shell?.effect ?? 'reads',
      effectWhy: block.shell?.effectWhy ?? '',
      effectSure: block.shell?.effectSure ?? false,
      effectRecorded: block.shell?.effectRecorded ?? false,
    };
  },
  asserts: () => true,
  async *run(step, body, context) {
    const { runThreshold } = await import('./threshold/run.ts');
    return yield* runThreshold(step, body, context);
  },
  examples: [
    {
      markdown:
        '| Metric | Warning | Critical | Check Command |\n|---|---|---|---|\n| Disk | > 80% | > 90% | `df --output=pcent / \\| tail -1` |',
      body: {
        metric: 'Disk',
        command: 'df --output=pcent / | tail -1',
        warning: '> 80%',
        critical: '> 90%',
      },
    },
    {
      markdown:
        'Run this on the failed node:\n\n| OS | Command |\n|---|---|\n| Linux | `dig db.internal` |',
      body: { metric: 'Linux', command: 'dig db.internal', warning: '', critical: '' },
    },
    {
      markdown:
        '| Action | Command | Verify |\n|---|---|---|\n| Name the host | `hostnamectl set-hostname db1` | `hostname` |',
      body: {
        metric: 'Name the host',
        command: 'hostnamectl set-hostname db1',
        warning: '',
        critical: '',
      },
    },
    { markdown: '| Command | Meaning |\n|---|---|\n| `ls` | lists files |', body: null },
  ],
});

/** Limits that are written and can be compared with nothing. */
function unreadLimits({
  warning,
  critical,
  healthy = '',
  unnamed = [],
}: ThresholdBody): NonNullable<Detection<ThresholdBody>['unread']> {
  const written = [warning, critical, healthy];
  const doubtful = written
    .filter((limit) => /(?<![\w.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])/.test(limit))
    .map((word) => ({
      rule: 'unread-limit' as const,
      message: `The limit \`${word}\` is read with a decimal point, and elsewhere a point splits thousands: a value that lies between both fails the check.`,
      hint: 'Write it without a point (`4000`), or with fewer decimals.',
      word,
    }));
  const unread = written
    .filter((limit) => limit !== '' && parseLimit(limit, '>=') === undefined)
    .map((word) => ({
      rule: 'unread-limit' as const,
      word,
      message: `The limit \`${word}\` cannot be read: nothing can be compared with it.`,
      hint: 'Write a limit such as `> 80%`, `70-85`, `outside 10-20`, `10 or less`, one word such as `down`, or `-` for none.',
    }));
  const nameless = unnamed.map((word) => ({
    rule: 'unread-limit' as const,
    word,
    message: `What the limit \`${word}\` means is not said: its column is called nothing that is known.`,
    hint: 'Call its column "Warning", "Critical" or "Healthy".',
  }));
  return [...doubtful, ...unread, ...nameless];
}
