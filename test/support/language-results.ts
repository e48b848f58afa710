/** What the reader will see, or what happens then, as it stands among instructions in manuals of a language. */
export const RESULTS: readonly { readonly code: string; readonly comes: readonly string[] }[] = [
  {
    code: 'en',
    comes: [
      'You will see the list of nodes',
      'You should now have a console with three panes',
      'If the check passed, you will be taken to the console',
      'The node should then appear in the list',
      'After a minute, your console should reboot by itself',
      'Once the import is over, a window will open',
    ],
  },
  {
    code: 'de',
    comes: [
      'Sie sehen nun die Liste der Knoten',
      'Du solltest jetzt drei Fenster sehen',
      'Es öffnet sich ein Fenster mit drei Feldern',
      'Ein Fenster erscheint',
      'War die Prüfung erfolgreich, wird die Konsole gestartet',
      'Danach erscheint der Knoten in der Liste',
    ],
  },
  {
    code: 'fr',
    comes: [
      'Vous verrez la liste des nœuds',
      'Vous devriez maintenant voir trois volets',
      'Une fenêtre s’ouvrira avec trois champs',
      'Si le contrôle réussit, vous serez redirigé vers la console',
      'La liste des nœuds apparaîtra',
      'Un message s’affiche alors en bas de la page',
    ],
  },
  {
    code: 'es',
    comes: [
      'Verá la lista de nodos',
      'Debería ver ahora tres paneles',
      'Se abrirá una ventana con tres campos',
      'Si la prueba tiene éxito, aparecerá la consola',
      'A continuación aparece la lista de nodos',
      'El nodo se reiniciará solo',
    ],
  },
  {
    code: 'pt',
    comes: [
      'Você verá a lista de nós',
      'Agora deve aparecer a lista de nós',
      'Será aberta uma janela com três campos',
      'Se o teste passar, aparecerá a consola',
      'Em seguida aparece a lista de nós',
      'O nó reiniciará sozinho',
    ],
  },
  {
    code: 'it',
    comes: [
      'Vedrai la lista dei nodi',
      'Dovresti vedere ora tre riquadri',
      'Si aprirà una finestra con tre campi',
      'Se la prova riesce, comparirà la console',
      'Verrà visualizzata la lista dei nodi',
      'Il nodo si riavvierà da solo',
    ],
  },
  {
    code: 'nl',
    comes: [
      'U ziet nu de lijst met knooppunten',
      'Je zou nu drie vensters moeten zien',
      'Er wordt een venster met drie velden geopend',
      'Als de test slaagt, verschijnt de console',
      'Het knooppunt zal vanzelf herstarten',
      'Daarna verschijnt het knooppunt in de lijst',
    ],
  },
  {
    code: 'pl',
    comes: [
      'Zobaczysz listę węzłów',
      'Powinna pojawić się lista węzłów',
      'Otworzy się okno z trzema polami',
      'Jeśli test się powiedzie, zostanie wyświetlona konsola',
      'Pojawi się komunikat o zakończeniu',
      'Węzeł uruchomi się ponownie',
    ],
  },
  {
    code: 'sv',
    comes: [
      'Du kommer nu att se listan över noder',
      'Du bör nu se tre rutor',
      'Ett fönster med tre fält öppnas',
      'Om testet lyckas visas konsolen',
      'Noden kommer att startas om',
      'Ett meddelande visas längst ned',
    ],
  },
  {
    code: 'cs',
    comes: [
      'Uvidíte seznam uzlů',
      'Měli byste nyní vidět tři panely',
      'Otevře se okno se třemi poli',
      'Pokud zkouška projde, zobrazí se konzole',
      'Objeví se zpráva o dokončení',
      'Uzel se sám restartuje',
    ],
  },
  {
    code: 'ru',
    comes: [
      'Вы увидите список узлов',
      'Теперь должны появиться три панели',
      'Откроется окно с тремя полями',
      'Если проверка прошла, появится консоль',
      'Появится сообщение о завершении',
      'Узел перезапустится сам',
    ],
  },
  {
    code: 'uk',
    comes: [
      'Ви побачите список вузлів',
      'Тепер мають з’явитися три панелі',
      'Відкриється вікно з трьома полями',
      'Якщо перевірка пройшла, з’явиться консоль',
      'З’явиться повідомлення про завершення',
      'Вузол перезапуститься сам',
    ],
  },
  {
    code: 'ko',
    comes: [
      '노드 목록이 표시됩니다',
      '이제 창 세 개가 보일 것입니다',
      '필드가 세 개인 창이 열립니다',
      '검사가 성공하면 콘솔이 나타납니다',
      '완료 메시지가 나타납니다',
      '노드가 다시 시작됩니다',
    ],
  },
  {
    code: 'ja',
    comes: [
      'ノードの一覧が表示されます',
      'これで三つの画面が見えるはずです',
      '三つの欄のあるウィンドウが開きます',
      '検査に成功すると、コンソールが現れます',
      '完了のメッセージが表示されます',
      'ノードが再起動されます',
    ],
  },
  {
    code: 'zh',
    comes: [
      '您将看到节点列表',
      '现在应该会显示三个窗格',
      '系统会弹出一个窗口',
      '如果检查通过，控制台会自动打开',
      '屏幕上会出现完成的消息',
      '你会看到三个字段',
    ],
  },
  {
    code: 'da',
    comes: [
      'Du vil nu se listen over noder',
      'Du skulle nu kunne se tre ruder',
      'Der åbnes et vindue med tre felter',
      'Hvis testen lykkes, vises konsollen',
      'Noden vil genstarte af sig selv',
      'Der vises en meddelelse nederst',
    ],
  },
  {
    code: 'nb',
    comes: [
      'Du vil nå se listen over noder',
      'Du skal nå se tre ruter',
      'Det åpnes et vindu med tre felt',
      'Hvis testen lykkes, vises konsollen',
      'Noden vil starte på nytt av seg selv',
      'Det vises en melding nederst',
    ],
  },
  {
    code: 'fi',
    comes: [
      'Näet nyt solmujen luettelon',
      'Sinun pitäisi nyt nähdä kolme ruutua',
      'Ikkuna avautuu',
      'Jos testi onnistuu, konsoli avautuu',
      'Näyttöön ilmestyy ilmoitus',
      'Solmu käynnistyy itsestään',
    ],
  },
  {
    code: 'tr',
    comes: [
      'Düğümlerin listesini göreceksiniz',
      'Şimdi üç bölme görmeniz gerekir',
      'Üç alanlı bir pencere açılacak',
      'Sınama geçerse konsol görünecektir',
      'Altta bir ileti görüntülenir',
      'Düğüm kendiliğinden yeniden başlayacak',
    ],
  },
  {
    code: 'ro',
    comes: [
      'Veți vedea lista nodurilor',
      'Acum ar trebui să vedeți trei panouri',
      'Se va deschide o fereastră cu trei câmpuri',
      'Dacă testul reușește, va apărea consola',
      'Va apărea un mesaj în josul paginii',
      'Nodul va reporni singur',
    ],
  },
  {
    code: 'hu',
    comes: [
      'Látni fogja a csomópontok listáját',
      'Ekkor megjelenik a három mező',
      'Megnyílik egy ablak három mezővel',
      'Ha a teszt sikerül, megjelenik a konzol',
      'Megjelenik egy üzenet a lap alján',
      'A csomópont magától újra fog indulni',
    ],
  },
  {
    code: 'el',
    comes: [
      'Θα δείτε τη λίστα των κόμβων',
      'Θα ανοίξει ένα παράθυρο με τρία πεδία',
      'Αν ο έλεγχος πετύχει, θα εμφανιστεί η κονσόλα',
      'Εμφανίζεται ένα μήνυμα',
    ],
  },
  {
    code: 'id',
    comes: [
      'Anda akan melihat daftar simpul',
      'Akan muncul jendela dengan tiga kolom',
      'Jika pengujian berhasil, konsol akan terbuka',
      'Pesan akan muncul di bawah',
    ],
  },
  {
    code: 'vi',
    comes: [
      'Bạn sẽ thấy danh sách các nút',
      'Một cửa sổ sẽ mở ra',
      'Nếu kiểm tra thành công, bảng điều khiển sẽ hiện ra',
      'Thông báo sẽ xuất hiện bên dưới',
    ],
  },
  {
    code: 'hr',
    comes: [
      'Vidjet ćete popis čvorova',
      'Otvorit će se prozor s tri polja',
      'Ako provjera uspije, pojavit će se konzola',
      'Pojavit će se poruka na dnu',
    ],
  },
  {
    code: 'sk',
    comes: [
      'Uvidíte zoznam uzlov',
      'Otvorí sa okno s tromi poľami',
      'Ak skúška prejde, zobrazí sa konzola',
      'Zobrazí sa správa o dokončení',
    ],
  },
  {
    code: 'sl',
    comes: [
      'Videli boste seznam vozlišč',
      'Odprlo se bo okno s tremi polji',
      'Če preverjanje uspe, se bo prikazala konzola',
      'Prikaže se sporočilo na dnu',
    ],
  },
  {
    code: 'sr',
    comes: [
      'Видећете списак чворова',
      'Отвориће се прозор са три поља',
      'Ако провера успе, појавиће се конзола',
      'Појавиће се порука на дну',
    ],
  },
  {
    code: 'bg',
    comes: [
      'Ще видите списъка с възлите',
      'Ще се отвори прозорец с три полета',
      'Ако проверката е успешна, ще се появи конзолата',
      'Появява се съобщение',
    ],
  },
  {
    code: 'ca',
    comes: [
      'Veureu la llista de nodes',
      'S’obrirà una finestra amb tres camps',
      'Si la prova va bé, apareixerà la consola',
      'Apareix un missatge a baix',
    ],
  },
  {
    code: 'et',
    comes: [
      'Näete nüüd sõlmede loendit',
      'Avaneb kolme väljaga aken',
      'Kui kontroll õnnestub, avaneb konsool',
      'Kuvatakse teade lõpetamise kohta',
    ],
  },
  {
    code: 'lv',
    comes: [
      'Jūs redzēsiet mezglu sarakstu',
      'Atvērsies logs ar trim laukiem',
      'Ja pārbaude izdosies, parādīsies konsole',
      'Parādīsies ziņojums par pabeigšanu',
    ],
  },
  {
    code: 'lt',
    comes: [
      'Matysite mazgų sąrašą',
      'Atsidarys langas su trimis laukais',
      'Jei patikra pavyks, pasirodys konsolė',
      'Pasirodys pranešimas apie pabaigą',
    ],
  },
  {
    code: 'th',
    comes: ['คุณจะเห็นรายการของโหนด', 'หน้าต่างที่มีสามช่องจะเปิดขึ้น', 'ข้อความจะปรากฏที่ด้านล่าง'],
  },
  {
    code: 'hi',
    comes: [
      'आपको नोड की सूची दिखाई देगी',
      'तीन फ़ील्ड वाली एक विंडो खुलेगी',
      'यदि जाँच सफल हुई, तो कंसोल खुल जाएगा',
      'नीचे एक संदेश दिखेगा',
    ],
  },
  {
    code: 'ar',
    comes: [
      'سترى قائمة العقد',
      'ستظهر نافذة بثلاثة حقول',
      'إذا نجح الفحص فستظهر وحدة التحكم',
      'سيتم عرض رسالة في الأسفل',
    ],
  },
  {
    code: 'fa',
    comes: [
      'فهرست گره‌ها را خواهید دید',
      'پنجره‌ای با سه فیلد باز می‌شود',
      'اگر آزمون موفق باشد، کنسول نمایش داده خواهد شد',
      'پیامی در پایین نمایش داده می‌شود',
    ],
  },
  {
    code: 'he',
    comes: [
      'תראו את רשימת הצמתים',
      'ייפתח חלון עם שלושה שדות',
      'אם הבדיקה תצליח, תופיע המסוף',
      'תופיע הודעה בתחתית',
    ],
  },
];
