import { ALWAYS } from './expected-cell.ts';
import type { Language } from './languages/language.ts';
import { namesCommands } from './languages/leads.ts';
import { tongueOf } from './languages/tongues.ts';
import { isSymptom, isTrouble } from './marks/trouble.ts';
import type { TablePiece } from './pieces.ts';
import { looksLikeSql } from './reads-as-sql.ts';
import { readsAsCommand } from './shell-words.ts';
import { codesIn, headerOf, rowsOf, type TableRow } from './tables.ts';

/** A table that says what is done in which case: "If you see | Then run", "Alert | Procedure". */
export interface Decisions {
  /** The column that says what to do. */
  readonly does: number;
  /** It is called so, and does not only look like it. */
  readonly isNamed: boolean;
  readonly header: readonly string[];
  readonly rows: readonly Decision[];
}

/** A row of it. */
export interface Decision {
  readonly row: TableRow;
  /** The case, in the words of the cells in front; `''`: it is done in any case. */
  readonly when: string;
  readonly action: string;
  /** Its column of cases names no limits, and no other column has any: what it holds is no check. */
  readonly isFirm: boolean;
  /** The command that the row's cell consists of; `''` where it holds none, or words beside it. */
  readonly command: string;
  /** The cell holds a command, alone or among words. */
  readonly isCommanding: boolean;
}

/** What a table decides; `null` where its columns and cells do not set cases beside what is done in them. Linear. */
export function decisionsOf(
  { node, rowLines }: TablePiece,
  lines: readonly string[],
  languages: readonly Language[],
): Decisions | null {
  const header = headerOf(node);
  if (header.length < 2) return null;
  const rows = rowsOf(node, rowLines, lines);
  const first = header.findIndex((name) => !ASIDE.test(name));
  const caseAt = header.findIndex(
    (name, at) =>
      at < header.length - 1 &&
      (isCalled(name, CASES) || (at === first && isCalled(name, STATES)) || areCases(rows, at)),
  );
  if (caseAt < 0) return null;
  const named = header.findLastIndex((name, at) => at > caseAt && isDone(name, languages));
  const does = named < 0 ? header.length - 1 : named;
  const front = (row: TableRow): string =>
    row.cells
      .slice(0, does)
      .filter((cell, at) => /[\p{L}]|[<>≤≥=%]|\d{3}/u.test(cell) && !ASIDE.test(header[at] ?? ''))
      .join(': ')
      .trim();
  return {
    does,
    header,
    isNamed: named >= 0,
    rows: rows.map((row) => {
      const when = front(row);
      const source = lines[row.line - 1] ?? '';
      const action = row.cells[does] ?? '';
      const code = row.codes[does] ?? '';
      const isLimited = row.cells.some((cell, at) => at > caseAt && LIMIT.test(cell.trim()));
      return {
        row,
        isFirm: !isLimited && isCalled(header[caseAt] ?? '', SURE),
        when: ALWAYS.test(when) ? '' : when,
        action,
        command: isCommand(code) ? code : '',
        isCommanding: codesIn(source).some(
          (one) => isCommand(one.code) && action.includes(one.code),
        ),
      };
    }),
  };
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that columns are called by that hold nothing but cases. */
const SURE = list(
  'if when symptom symptoms behaviour behavior sign signs indication indications alert alerts alarm alarms problem problems issue issues error errors fault faults failure failures situation situations scenario scenarios condition conditions case cases finding findings observation observations observed signal signals incident incidents trigger triggers wrong see seen symptome störung störungen fehler fehlerbild fehlermeldung meldung fall wenn alarme befund symptôme symptômes problème problèmes alerte alertes erreur erreurs cas quand síntoma síntomas sintoma sintomas sintomo sintomi errore errori problema problemas problemi alerta alertas erro erros caso casos casi si se quando cuando situación situação situazione situatie symptomen probleem storing melding als objaw objawy błąd jeśli симптом симптомы проблема ошибка если помилка якщо 症状 問題 エラー 状況 アラート 问题 故障 告警 错误 情况 증상 문제 오류 상황 belirti sorun hata oire ongelma tünet hiba příznak problém chyba fel fejl feil',
);
/** The same, or limits. */
const CASES = new Set([...SURE, 'threshold', 'thresholds']);
/** Words for a state, which other columns are called by as well: a table of cases has it in front. */
const STATES = list(
  'version versions release releases edition editions platform environment status state states severity output outputs result results answer exit zustand ausgabe ergebnis état sortie résultat estado salida resultado saída stato risultato toestand uitvoer stan wynik состояние вывод 状態 状态 상태 durum stav tila állapot tillstånd tilstand',
);
/** Words that columns of what is done in them are called by. */
const DONE = list(
  'then do run action actions fix fixes solution solutions resolution resolutions remedy remediation remediations mitigation mitigations workaround workarounds response reaction steps step procedure procedures section sections runbook runbooks playbook playbooks command commands recovery repair follow handling dann tun maßnahme maßnahmen abhilfe lösung aktion behebung abschnitt vorgehen befehl alors faire procédure remède hacer fazer fare acción acciones ação ações azione azioni solución solução soluzione entonces então allora sección seção sezione procedimiento procedimento procedura actie oplossing doen sectie åtgärd lösning løsning tiltak handling działanie rozwiązanie zrobić действие действия решение делать команда дія рішення робити 対応 対処 対処法 手順 处理 处理方法 措施 解决方案 解决方法 조치 해결 çözüm yapılacak eylem toimenpide ratkaisu teendő megoldás řešení postup akce',
);
/** Words beside them that change nothing. */
const SMALL = list(
  "you the a an this it to what is goes went in of or on with name code message type level shown says shows next first take taken use go at run how recommended required immediate corrective suggested your was zu que qué quoi o cosa wat te co что що you're get",
);

/** Whether a column is called by one of the words, and by nothing else that says something. */
const isCalled = (name: string, by: ReadonlySet<string>): boolean => {
  const words = name.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? [];
  return (
    words.some((word) => by.has(word)) && words.every((word) => by.has(word) || SMALL.has(word))
  );
};

/** Neither the case nor what is done in it. */
const ASIDE =
  /^\W{0,4}(?:#|no\.?|nr\.?|id|owner|team|contact|priority|time|duration|eta|rto|sla|notes?|comments?|example|link|dashboard)\W{0,4}$/i;

const isDone = (name: string, languages: readonly Language[]): boolean =>
  isCalled(name, DONE) ||
  namesCommands(name) ||
  languages.some((each) => tongueOf(each).over(name) === 'steps');

/** Whether most cells of a column say what has gone wrong, or name an alert. */
function areCases(rows: readonly TableRow[], at: number): boolean {
  const cases = rows.filter(({ cells, codes }) => {
    const cell = (cells[at] ?? '').trim();
    if (LIMIT.test(cell)) return false;
    return isSymptom(cell) || isTrouble(cell) || (codes[at] === undefined && ALERT.test(cell));
  });
  return cases.length > 1 && cases.length * 2 > rows.length;
}

/** "> 80%", "70-85". */
const LIMIT = /^(?:[<>≤≥=]|\d)/;
/** "HighRequestLatency". */
const ALERT = /^\p{Lu}\p{Ll}+(?:\p{Lu}[\p{Ll}\d]+)+$/u;
const NO_TOOLS: ReadonlySet<string> = new Set();

const isCommand = (code: string): boolean =>
  !looksLikeSql(code) &&
  (readsAsCommand(code, NO_TOOLS) === 'sure' || /^[a-z./~][\w./~-]*(?: \S+)+$/.test(code));
