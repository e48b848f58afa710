import type { Spelling } from './spelling.ts';

/** Names that Python and its like spell so. */
const DUNDER = String.raw`init|main|name|file|doc|all|dict|class|version|pycache|dirname|filename|esmodule|tests|mocks|fixtures|snapshots|typename|schema|type|proto|builtins|import|call|str|repr|enter|exit|len|iter|next|getitem|setitem|slots|annotations|future|new|del|eq|hash|generated|internal|meta|address|param|rule|bucket|scheme|metrics_path|name_`;

/** What stands between signs, brackets or quotation marks that no shell puts there. */
export const BETWEEN_SIGNS: readonly Spelling[] = [
  {
    what: 'between doubled parentheses',
    kind: 'doubled',
    pattern:
      /(?<=[\w/.-][ \t])(?<!(?:^|[\s;|&(])(?:if|while|until|for|elif|then|do|else|let|time|in)[ \t])\(\([a-z][\w-]{1,40}\)\)(?!\S)/gm,
    finds: { 'kubectl delete pod ((pod))': '((pod))' },
    leaves: ['while ((count)); do sleep 1; done', 'echo $((count))', '((count++)) && ls'],
  },
  {
    what: 'between doubled underscores',
    kind: 'marked',
    pattern: new RegExp(
      `(?<![A-Za-z0-9_.])__(?!(?:${DUNDER})__)[a-z][a-z0-9]{1,30}(?:[_-][a-z0-9]{1,30}){0,4}__(?!\\w)`,
      'g',
    ),
    finds: { 'kubectl delete pod __pod__': '__pod__', 'ssh __db-host__ reboot': '__db-host__' },
    leaves: ['rm -rf __pycache__', 'python3 -c "print(__name__)"', 'ls __tests__'],
  },
  {
    what: 'between signs',
    kind: 'marked',
    pattern:
      /%[A-Z][A-Z0-9_]{2,40}%(?![0-9A-Fa-f]{2})|@{1,2}[A-Z][A-Z0-9_]{1,40}@{1,2}(?![\w.])|(?<![A-Za-z0-9_])__(?!FILE__|LINE__|DIR__|FUNCTION__|CLASS__|METHOD__|NAMESPACE__|PACKAGE__|GNUC__|DATE__|TIME__|END__|DATA__)[A-Z](?:_?[A-Z0-9]){1,40}__(?!\w)|(?<=\S[ \t])#{1,2}[A-Z][A-Z0-9_]{2,40}#{1,2}(?![\w#])|(?<![\w~])~[A-Z][A-Z0-9_]{2,40}~(?!\w)|(?<=[^\S\n])_[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,30}){0,4}_(?!\w)/g,
    finds: {
      'systemctl restart %SERVICE%': '%SERVICE%',
      'restore "db-%DATE%.dump"': '%DATE%',
      'kubectl delete pod @@POD@@': '@@POD@@',
      'ssh @HOST@ reboot': '@HOST@',
      'scp a.tar __DB_HOST__:/tmp': '__DB_HOST__',
      'systemctl restart #SERVICE#': '#SERVICE#',
    },
    leaves: [
      'date +%FT%T%z',
      'psql -c "select 1 from logs where line like \'%ERROR%\'"',
      'sed -i "s/__HOST__/web1/" app.conf',
      'curl https://web1/a%20b%2Fc',
      'gcc -E -x c - <<< "__GNUC__"',
    ],
  },
  {
    what: 'between lower-case signs of Windows',
    kind: 'bare',
    pattern: /(?<![\w%+])%[a-z][a-z_-]{2,40}%(?!\w)/g,
    finds: { 'systemctl restart %service%': '%service%' },
    leaves: ['mysql -e "select 1 from t where a like \'%error%\'"'],
  },
  {
    what: 'between quotation marks of print',
    kind: 'marked',
    pattern:
      /«[^\s«»](?:[^«»\n]{0,62}[^\s«»])?»|‹[^\s‹›](?:[^‹›\n]{0,62}[^\s‹›])?›|[⟨〈][^\s⟩〉](?:[^⟩〉\n]{0,62}[^\s⟩〉])?[⟩〉]|＜[^＜＞\n]{1,64}＞|【[^【】\n]{1,64}】/g,
    finds: {
      'ssh «host» reboot': '«host»',
      'ssh «your host» reboot': '«your host»',
      'systemctl restart ⟨service⟩': '⟨service⟩',
    },
    leaves: ['echo "« ready »"'],
  },
  {
    what: 'in doubled brackets, braces and angles',
    kind: 'doubled',
    pattern:
      /<<[A-Za-z][\w .-]{0,60}[\w.-]>>|\[\[ ?[A-Za-z][\w.-]{0,60}(?: [\w.-]{1,30}){0,4} ?\]\]|(?<![${\w])\{\{ {0,4}(?!json\b|range\b|end\b|else\b|if\b|with\b|print|len\b|index\b|toJson)[A-Za-z_][\w.-]{0,60} {0,4}\}\}|<%=? {0,4}[A-Za-z][\w.-]{0,60} {0,4}%>|\{% {0,4}[A-Za-z][\w.-]{0,60} {0,4}%\}|#\{[A-Za-z][\w.-]{0,60}\}|(?<=[^\S\n])\$\([A-Z][A-Z0-9_]{2,60}\)/g,
    finds: {
      'systemctl restart <<service name>>': '<<service name>>',
      'systemctl restart [[ service ]]': '[[ service ]]',
      'kubectl delete pod {{ pod_name }}': '{{ pod_name }}',
      'kubectl delete pod "{{ pod_name }}"': '{{ pod_name }}',
      'echo "restart {{pool}}"': '{{pool}}',
      "echo 'restart {{pool}}'": '{{pool}}',
      'echo restart {{ pool }}': '{{ pool }}',
      'cat <<EOF | kubectl apply -f -\nname: {{pod.name}}\nEOF': '{{pod.name}}',
      'curl -d \'{"id":"{{id}}"}\' https://hooks.corp.net': '{{id}}',
      'systemctl restart <%= service %>': '<%= service %>',
      'systemctl restart #{service}': '#{service}',
      'helm upgrade web --version $(VERSION)': '$(VERSION)',
    },
    leaves: [
      "docker ps --format '{{.Names}}'",
      'ansible all -m debug -a "msg={{ inventory_hostname }}"',
      "docker ps -f '{{range .Ports}}{{end}}'",
      "sed -i 's/{{host}}/web1/' app.conf",
      'cat <<EOF>>notes\nEOF',
      'if [[ yes ]]; then true; fi',
      'tmux display -p "#{pane_id}"',
      'curl -d \'{"text":"{{ message }}"}\' https://hooks.corp.net',
    ],
  },
];
