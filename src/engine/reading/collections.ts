const list = (text: string): ReadonlySet<string> => new Set(text.split('|'));

/** Said of commands that are kept together to be picked from. */
const KEPT = list(
  'useful|common|handy|helpful|frequent|frequently used|typical|important|essential|everyday|day-to-day|quick|other|more|miscellaneous|misc|various|nützliche|häufige|wichtige|weitere|nützlichste|utiles|courantes|fréquentes|útiles|comunes|frecuentes|úteis|comuns|frequentes|utili|comuni|frequenti|handige|veelgebruikte|nyttiga|vanliga|przydatne|częste|полезные|частые|užitečné|nyttige|hyödylliset|корисні',
);
const COMMANDS = list(
  'command|commands|operations|operation|tasks|actions|recipes|one-liners|oneliners|snippets|invocations|befehle|kommandos|aufgaben|commandes|opérations|tâches|comandos|operaciones|tareas|operações|tarefas|comandi|operazioni|attività|commando|taken|kommandon|uppgifter|polecenia|operacje|zadania|команды|операции|příkazy|kommandoer|komennot|команди',
);
/** Said of control over one thing, which is switched this way and that. */
const OVER = list(
  'management|control|lifecycle|administration|admin|service|process|container|stack|daemon|server',
);
const SHEETS = list(
  'cheat sheet|cheatsheet|cheat-sheet|quick reference|command reference|command cheat sheet|spickzettel|befehlsübersicht|befehlsreferenz|aide-mémoire|chuleta|cola|prontuario|spiekbriefje|ściąga|шпаргалка',
);
const UNSPACED = [
  '常用命令',
  '常用操作',
  '常用指令',
  '实用命令',
  'よく使うコマンド',
  '便利なコマンド',
  '자주 쓰는 명령',
  '유용한 명령',
];

/** Whether a title names a collection to pick from: "Useful commands", "Common operations", "Cheat sheet". Linear. */
export function isCollection(title: string): boolean {
  if (title.length > MOST_CHARACTERS) return false;
  if (UNSPACED.some((name) => title.includes(name))) return true;
  const words = title.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? [];
  const said = words.join(' ');
  if ([...SHEETS].some((sheet) => ` ${said} `.includes(` ${sheet} `))) return true;
  const at = words.findIndex((word) => COMMANDS.has(word));
  if (at < 0 || words.length > MOST_WORDS) return false;
  const around = words.filter((_, place) => place !== at);
  if (around.some((word) => KEPT.has(word))) return true;
  // "Service operations", "Management commands": nothing else is said of them.
  return around.length > 0 && around.length <= 2 && around.every((word) => OVER.has(word));
}

const MOST_CHARACTERS = 80;
const MOST_WORDS = 8;
