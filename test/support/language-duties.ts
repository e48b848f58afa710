/** What must be done, said of the thing that it is done with, in each language's own ways. */
export const DUTIES: readonly (readonly [code: string, items: readonly string[]])[] = [
  [
    'en',
    [
      'The queue has to be drained',
      'Access must be revoked',
      'The volume should be remounted',
      'Every user needs to be told',
      'The log is to be checked afterwards',
      'You have to close the ticket',
    ],
  ],
  [
    'de',
    [
      'Die Warteschlange ist zu leeren',
      'Alle Zugänge müssen gesperrt werden',
      'Der Datenträger sollte neu eingehängt werden',
      'Die Benutzer sind zu informieren',
      'Anschließend ist das Protokoll zu prüfen',
      'Sie müssen das Ticket schließen',
    ],
  ],
  [
    'fr',
    [
      'La file doit être vidée',
      'Les accès sont à révoquer',
      'Le volume devrait être remonté',
      'Il convient de prévenir les utilisateurs',
      'Le journal est à vérifier ensuite',
      'Vous devez fermer le ticket',
    ],
  ],
  [
    'es',
    [
      'La cola debe vaciarse',
      'Los accesos han de revocarse',
      'El volumen debería montarse de nuevo',
      'Es necesario avisar a los usuarios',
      'Hay que revisar el registro',
      'Tiene que cerrar el ticket',
    ],
  ],
  [
    'pt',
    [
      'A fila deve ser esvaziada',
      'Os acessos têm de ser revogados',
      'O volume deveria ser montado de novo',
      'É preciso avisar os usuários',
      'Há que verificar o registro',
      'Você precisa fechar o chamado',
    ],
  ],
  [
    'it',
    [
      'La coda deve essere svuotata',
      'Gli accessi vanno revocati',
      'Il volume dovrebbe essere rimontato',
      'È necessario avvisare gli utenti',
      'Il registro è da controllare',
      'Occorre chiudere il ticket',
    ],
  ],
  [
    'nl',
    [
      'De wachtrij moet worden geleegd',
      'De toegang dient te worden ingetrokken',
      'Het volume zou opnieuw gekoppeld moeten worden',
      'De gebruikers moeten worden ingelicht',
      'Het logboek is te controleren',
      'U moet het ticket sluiten',
    ],
  ],
  [
    'pl',
    [
      'Kolejka musi zostać opróżniona',
      'Dostępy należy odebrać',
      'Wolumin powinien zostać zamontowany ponownie',
      'Trzeba zawiadomić użytkowników',
      'Dziennik jest do sprawdzenia',
      'Musisz zamknąć zgłoszenie',
    ],
  ],
  [
    'sv',
    [
      'Kön måste tömmas',
      'Åtkomsten ska återkallas',
      'Volymen bör monteras igen',
      'Användarna behöver informeras',
      'Loggen ska sedan kontrolleras',
      'Du måste stänga ärendet',
    ],
  ],
  [
    'cs',
    [
      'Frontu je nutné vyprázdnit',
      'Přístupy musí být odebrány',
      'Svazek by měl být znovu připojen',
      'Je potřeba informovat uživatele',
      'Protokol je třeba zkontrolovat',
      'Musíte uzavřít tiket',
    ],
  ],
  [
    'ru',
    [
      'Очередь необходимо очистить',
      'Доступы должны быть отозваны',
      'Том следует смонтировать заново',
      'Нужно предупредить пользователей',
      'Журнал надо проверить',
      'Вы должны закрыть заявку',
    ],
  ],
  [
    'uk',
    [
      'Чергу необхідно очистити',
      'Доступи мають бути відкликані',
      'Том слід змонтувати заново',
      'Потрібно попередити користувачів',
      'Журнал треба перевірити',
      'Ви повинні закрити заявку',
    ],
  ],
  [
    'ko',
    [
      '대기열을 비워야 한다',
      '접근 권한을 회수해야 합니다',
      '볼륨을 다시 마운트해야 함',
      '사용자에게 알릴 필요가 있다',
      '로그를 점검하도록 합니다',
      '티켓을 닫아야 됩니다',
    ],
  ],
  [
    'ja',
    [
      'キューを空にしなければならない',
      'アクセス権を取り消す必要がある',
      'ボリュームを再マウントすべきである',
      '利用者に知らせなくてはならない',
      'ログを点検するようにしてください',
      'チケットを閉じねばならない',
    ],
  ],
  [
    'zh',
    [
      '队列必须清空',
      '应当撤销访问权限',
      '须重新挂载卷',
      '有必要通知用户',
      '日志需要检查',
      '您应关闭工单',
    ],
  ],
  [
    'da',
    [
      'Køen skal tømmes',
      'Adgangen bør tilbagekaldes',
      'Diskenheden må monteres igen',
      'Brugerne skal have besked',
      'Loggen skal derefter kontrolleres',
      'Du skal lukke sagen',
    ],
  ],
  [
    'nb',
    [
      'Køen må tømmes',
      'Tilgangen bør trekkes tilbake',
      'Volumet skal monteres på nytt',
      'Brukerne må varsles',
      'Loggen må deretter kontrolleres',
      'Du må lukke saken',
    ],
  ],
  [
    'fi',
    [
      'Jono täytyy tyhjentää',
      'Käyttöoikeudet on peruttava',
      'Levy tulisi liittää uudelleen',
      'Käyttäjille pitää ilmoittaa',
      'Loki on tarkistettava',
      'Sinun on suljettava tiketti',
    ],
  ],
  [
    'tr',
    [
      'Kuyruk boşaltılmalı',
      'Erişimler iptal edilmelidir',
      'Birimin yeniden bağlanması gerekiyor',
      'Kullanıcılara haber verilmelidir',
      'Günlük kontrol edilmeli',
      'Kaydı kapatmanız gerekmektedir',
    ],
  ],
  [
    'ro',
    [
      'Coada trebuie golită',
      'Accesele trebuie să fie revocate',
      'Volumul ar trebui montat din nou',
      'Este necesar să anunțați utilizatorii',
      'Jurnalul e de verificat',
      'Trebuie să închideți tichetul',
    ],
  ],
  [
    'hu',
    [
      'A sort ki kell üríteni',
      'A hozzáféréseket vissza kell vonni',
      'A kötetet újra kellene csatolni',
      'Értesíteni kell a felhasználókat',
      'A naplót ellenőrizni szükséges',
      'Le kell zárnia a jegyet',
    ],
  ],
];

/** What a page says of itself, and what it lists below: nothing to be done there. */
export const OVERVIEWS: readonly (readonly [lead: string, items: readonly string[]])[] = [
  [
    'We will cover:',
    ['Checking the status of the cluster', 'Restarting the broker', 'Cleaning up'],
  ],
  ['In this guide:', ['Installing the agent', 'Configuring alerts']],
  ['You will learn how to:', ['Install the agent', 'Restart the agent']],
  ['In this lab, you will:', ['Create a cluster', 'Deploy the agent', 'Delete the cluster']],
  ['This section explains how to:', ['Rotate the keys', 'Drain the node']],
  ['In dieser Anleitung:', ['Agent installieren', 'Alarme einrichten', 'Dienst neu starten']],
  ['In diesem Leitfaden erfahren Sie, wie Sie:', ['den Agenten installieren', 'Alarme einrichten']],
  [
    'Dans ce guide, vous apprendrez à :',
    ['Installer l’agent', 'Configurer les alertes', 'Redémarrer le service'],
  ],
  [
    'En esta guía aprenderá a:',
    ['Instalar el agente', 'Configurar alertas', 'Reiniciar el servicio'],
  ],
  [
    'Neste guia você aprenderá a:',
    ['Instalar o agente', 'Configurar alertas', 'Reiniciar o serviço'],
  ],
  ['In questa guida:', ['Installare l’agente', 'Configurare gli avvisi', 'Riavviare il servizio']],
  ['In deze gids:', ['Agent installeren', 'Alarmen instellen', 'Dienst herstarten']],
  ['W tym przewodniku:', ['Instalacja agenta', 'Konfiguracja alarmów', 'Restart usługi']],
  ['I den här guiden:', ['Installera agenten', 'Ställa in larm', 'Starta om tjänsten']],
  [
    'В этом руководстве вы узнаете, как:',
    ['Установить агент', 'Настроить оповещения', 'Перезапустить службу'],
  ],
  [
    'У цьому посібнику ви дізнаєтеся, як:',
    ['Встановити агент', 'Налаштувати сповіщення', 'Перезапустити службу'],
  ],
  [
    'V této příručce se dozvíte, jak:',
    ['Nainstalovat agenta', 'Nastavit výstrahy', 'Restartovat službu'],
  ],
  ['本指南将介绍：', ['安装代理', '配置告警', '重启服务']],
  [
    'このガイドでは以下を説明します：',
    ['エージェントのインストール', 'アラートの設定', 'サービスの再起動'],
  ],
  ['이 가이드에서는 다음을 다룹니다:', ['에이전트 설치', '경보 설정', '서비스 재시작']],
  ['I denne vejledning:', ['Installer agenten', 'Opsæt alarmer', 'Genstart tjenesten']],
  ['Tässä oppaassa:', ['Asenna agentti', 'Määritä hälytykset', 'Käynnistä palvelu uudelleen']],
  ['Bu kılavuzda:', ['Aracıyı kurun', 'Alarmları ayarlayın', 'Servisi yeniden başlatın']],
  ['În acest ghid:', ['Instalați agentul', 'Configurați alertele', 'Reporniți serviciul']],
  [
    'Ebben az útmutatóban:',
    ['Telepítse az ügynököt', 'Állítsa be a riasztásokat', 'Indítsa újra a szolgáltatást'],
  ],
];

/** Statements whose first word has the form of an instruction, or a place in which one stands. */
export const LOOKALIKES: readonly (readonly [code: string, items: readonly string[]])[] = [
  [
    'sv',
    ['För många öppna anslutningar', 'Orsaken var en full disk', 'Kopiorna sparas i två veckor'],
  ],
  ['nb', ['For mange åpne forbindelser', 'Kontakt: Kari Dahl', 'Kopiene lagres i to uker']],
  ['da', ['For mange åbne forbindelser', 'Kontakt: Mette Holm', 'Kopierne gemmes i to uger']],
  ['fi', ['Liikaa avoimia yhteyksiä', 'Syynä oli täysi levy', 'Loki on luettavissa portaalista']],
  [
    'pl',
    ['Restart trwa około dwóch minut', 'Kopie są trzymane dwa tygodnie', 'Restart trwa długo'],
  ],
  ['cs', ['Restart trvá asi dvě minuty', 'Zálohy se uchovávají dva týdny', 'Restart trvá dlouho']],
  [
    'zh',
    ['打开的连接太多', '备份保留两周', '重启后计数器显示为零', '访问通过门户进行', '备份是否最新'],
  ],
  ['ja', ['再起動後、カウンタは0を示す', '設定を一括で変更する機能', 'ログを検索する機能']],
  ['ko', ['재시작 후 카운터가 0을 표시합니다', '원인은 디스크 부족이었습니다']],
  ['en', ['Phone: 555 0134', 'Logs rotate at midnight', 'Too little memory on the workers']],
  ['it', ['Il server va in crash ogni lunedì', 'La coda è vuota', 'Troppe connessioni aperte']],
];
