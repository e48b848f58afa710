import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Portuguese, of Brazil and of Portugal. */
export const portuguese: Language = {
  code: 'pt',
  name: 'Portuguese',
  script: 'Latin',
  letters: /[ãõ]/u,
  common:
    'o a os as de que e em um uma é por com para do da se não no na ao mais como está são dos das',
  steps:
    'passo- procedimento- instruç- ação ações restauração recuperação reinício reinicialização resolução solução- diagnóstico instalação implantação manutenção verificação reversão backup comutação parada arranque correção preparação execução configuração atualização manual runbook guia medidas lista-de-verificação',
  facts:
    'nota notas observaç- resumo descrição pré-requisito- requisito- componente- arquitetura contexto informaç- detalhe- ambiente- sistema- dado- resultado- dica- exemplo- termos estado visão',
  never:
    'critério- índice sumário conteúdo contato- contacto- plantão escalonamento prioridade- causa- motivo- razão razões sintoma- pergunta- faq referência- links recursos glossário definiç- objetivo- meta- histórico história papel papéis responsabilidade- equipe equipa membros vantagens desvantagens princípios regras gatilho- características',
  verbs:
    'abra abre abrir verifique verifica verificar confira conferir pare parar interrompa interromper inicie iniciar reinicie reiniciar aguarde aguardar espere esperar clique clicar exclua excluir apague apagar remova remover copie copiar crie criar adicione adicionar altere alterar modifique modificar salve salvar guarde guardar restaure restaurar instale instalar execute executar rode rodar coloque colocar avise avisar informe informar notifique notificar substitua substituir desative desativar ative ativar conecte conectar envie enviar consulte consultar certifique selecione selecionar escolha escolher desconecte desconectar desligue desligar ligue ligar atualize atualizar vá ir volte voltar entre entrar acesse acessar aceda aceder digite digitar escreva escrever baixe baixar suba subir limpe limpar contate contatar mude mudar confirme confirmar configure configurar faça fazer anote anotar comunique comunicar acione acionar monte desmonte retire retirar revise revisar teste testar feche fechar',
  place: 'first',
  tells: /(?:-se|-o|-a)$/u,
  mayTell: /(?:ar|er|ir)$/u,
  nouns:
    'lugar lar servidor poder radar solar bar server user docker router cluster dólar similar popular qualquer elixir',
  objects: 'o a os as um uma ao à que se todos todas seu sua este esta esse essa',
  polite: /^(?:por gentileza|favor|pedimos que|pede-se que|solicita-se|tenha a bondade de),? /u,
  adverbs:
    'depois então finalmente agora primeiro opcionalmente imediatamente também em-seguida por-favor não a-seguir',
  duty: 'deve devem é-necessário é-preciso certifique-se',
  is: 'é são era eram está estão estava tem têm tinha há será serão foi foram fica ficam contém pode podem depende funciona pertence dura utiliza usa consta existe falta reside roda encontra',
  impersonal:
    /^\p{L}{2,20}-se(?!\p{L})|(?<!\p{L})(?:é|são) \p{L}{2,20}(?:ado|ada|ados|adas|ido|ida|idos|idas)(?!\p{L})/u,
  subject: /^(?:os?|as?|uma?|uns|umas|cada|est[ea]s?|ess[ea]s?|nenhuma?)\s/iu,
  comes:
    /(?<!\p{L})(?!(?:dever|haver|poder)[áã]|terá (?:de|que) )\p{L}*(?:[aei]r|r)(?:á|ão|ás)(?!\p{L})|^(?:\p{L}+ ){0,2}(?:deve|devem|deverá|deveria|deverão)(?: \p{L}+)? (?:ver|aparecer|obter|receber|abrir-se|surgir)(?!\p{L})|(?<!\p{L})(?:aparece|aparecem|surge|surgem)(?!\p{L})/u,
  due: /(?<!\p{L})(?:devem?|dever(?:ia|iam|á|ão)|t[eê]m (?:de|que)|precisam?(?: de)?) (?:\p{L}+ )?ser \p{L}+(?:[aií]d|eit|ost|ert|it)[oa]s?(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:cerca de|aproximadamente|uns|poucos|alguns|vários) (?:[\d.,–-]+ ?)?(?:segundo|minuto|hora|min)/u,
  recurs:
    /^(?:cada|tod[oa]s?(?: [oa]s)?) (?:noite|dia|manhã|tarde|semana|mês|mese|hora|minuto|ano)s?(?!\p{L})|^(?:diaria|semanal|mensal)mente(?!\p{L})/u,
  asks: 'quem que quê quando onde como qual quais quanto quantos por-que porquê',
  leads: {
    runs: 'execut- rode rodar comando- digite digitar',
    puts: 'adicion- inser- acrescent- cole colar escrev- salv- cri- copi- coloque edit- modifi-',
    holds: 'arquivo ficheiro linha linhas conteúdo configuração script crontab',
    compared: 'antes depois anterior novo nova antigo',
    forbids: 'não-us- não-execut- nunca-execut- incorreto errado mau-exemplo não-fazer',
    does: 'o-script este-script agora-você-pode o-que-faz o-que-será neste-guia neste-artigo neste-tutorial neste-documento neste-capítulo este-guia este-documento-descreve você-aprenderá você-vai-aprender veremos vamos-ver',
    shows: 'isto-é-o-que isso-é-o-que eis-o-que é-isto-que é-isso-que',
  },
  phrases: {
    output: [
      'exemplo de saída',
      'saída esperada',
      'resultado esperado',
      'resposta esperada',
      'você deve ver',
      'deve mostrar',
      'mostra',
      'saída',
      'resultado',
    ],
    example: [
      'exemplo de saída',
      'por exemplo',
      'p. ex.',
      'exemplo',
      'semelhante a',
      'algo como',
      'parecido com',
    ],
    if: ['se', 'caso', 'em caso', 'no caso', 'quando'],
    order: ['uma vez', 'depois', 'após', 'assim que', 'antes', 'enquanto', 'até'],
    when: [
      'em caso',
      'em',
      'no',
      'na',
      'nos',
      'nas',
      'para',
      'por cada',
      'com',
      'após',
      'depois de',
      'antes de',
      'a partir',
    ],
  },
  conditions: {
    opening: list(
      'desde que|contanto que|em último caso|sob a condição|se|só se|somente se|apenas se|caso|em caso de|no caso de|a menos que|exceto se|salvo se|como último recurso|somente em|somente no|somente na|somente para|apenas em|apenas no|apenas na|apenas nos|apenas nas|somente nos|somente nas|só nos|só nas|apenas para|só em|só no|só na|só para',
    ),
    inner: list('se|só se|somente se|apenas se|caso|em caso de|a menos que|exceto se'),
    whether: list(
      'verifique|verificar|confira|conferir|ver|veja|confirme|confirmar|determine|determinar|pergunte|perguntar|teste|testar|saber',
    ),
    soft: list('necessário|preciso|possível|aplicável|for necessário|for preciso|desejado|houver'),
    order: list('tudo correu bem|tudo deu certo|tudo funcionou|tudo estiver certo'),
    leaves: {
      verbs: list(
        'pule|pular|ignore|ignorar|omita|omitir|não execute|não executar|nunca execute|nunca executar',
      ),
      objects: list('isto|isso|esta etapa|este passo|este comando|esta seção|a etapa'),
      where: list('em|no|na|nos|nas|num|numa|se|quando|para|contra'),
    },
    optional: list('opcional|opcionalmente'),
    otherwise: list('senão|caso contrário|do contrário|se não'),
    or: list(
      'ou|alternativamente|outra opção|como alternativa|em alternativa|o mesmo em um|tudo em um|em um só comando|como script',
    ),
    options: list('opção|método|alternativa|cenário|caso|variante|possibilidade|solução'),
    when: list('quando|enquanto'),
    trouble: list(
      'não |nunca |chei|falh|caiu|caíd|trav|bloque|inacessível|indisponível|corromp|corrupt|erro|exced|ultrapass|perdid|lent|quebrad|danificad|esgotad|vencid|expirad|parad|comprometid|falt|demais',
    ),
    emergency: list(
      'parada de emergência|desligamento de emergência|reinício de emergência|comutação de emergência|reversão de emergência|rollback de emergência',
    ),
    lasting: list('contanto que'),
    only: {
      words: list('só|somente|apenas|unicamente|exclusivamente'),
      after: list(
        'após|depois de|depois do|depois da|durante|fora de|fora da|com|na presença|enquanto',
      ),
      late: list('não antes de|não antes do|não antes da|nunca antes'),
      over: list('conclu|término|termin|finaliz|reiníci|reinici|passo|etapa'),
      consent: list('aprovação|autorização|consentimento|permissão|aval'),
    },
    gates: {
      goOn: list(
        'continue|continuar|continua|prossiga|prosseguir|siga|seguir|avance|avançar|proceda',
      ),
      stop: list(
        'pare|parar|interrompa|interromper|aborte|abortar|cancele|cancelar|encerre|encerrar|termine',
      ),
      never: list(
        'não continue|não continuar|não prossiga|não prosseguir|não siga|não seguir|não avance|não avançar|nunca continue|nunca prossiga',
      ),
      refuse: [
        ...eachOf(
          'não execute|não executar|não inicie|não realize|não realizar|nunca execute|nunca realize',
          'isto|isso|este procedimento|este runbook|estes passos|o procedimento',
        ),
        ...eachOf(
          'pule|pular|ignore|ignorar|salte|omita',
          'este procedimento|este runbook|esta página',
        ),
      ],
      leaveOut: eachOf(
        'pule|pular|ignore|ignorar|salte|omita',
        'esta seção|esta secção|estes passos|tudo o que segue',
      ),
      while: list('enquanto|quando|durante'),
      so: list('em caso afirmativo|se sim'),
      if: list('se|caso|em caso de'),
      unless: list('a menos que|exceto se|salvo se|a não ser que'),
      just: list('só|somente|apenas|unicamente'),
      onlyIf: list(
        'só se|somente se|apenas se|unicamente se|desde que|somente quando|apenas quando',
      ),
      objects: list(
        'aqui|agora|imediatamente|tudo|então|o procedimento|a atualização|a migração|o deploy|a implantação|a operação|a mudança|a manutenção',
      ),
      and: list('e|ou'),
    },
  },
  examples: {
    tells: [
      'Abra o painel de administração',
      'Conferir o registro',
      'Desligue o serviço',
      'Reponha a fita',
      'Aguarde o fim da tarefa',
      'Se falhar, avise a equipe',
    ],
    states: [
      'O servidor fica em Lisboa',
      'A causa é a falta de espaço',
      'Por que o serviço não responde?',
      'Plantão: Ana Souza',
      'O cache é mantido por cinco minutos',
      'Base de dados',
    ],
  },
};
