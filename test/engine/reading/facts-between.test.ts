import { describe, expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

/** A procedure in a language: `+` tells what to do, `-` says what happens, where something is kept, how long it takes. */
const MIXED: readonly (readonly [language: string, heading: string, items: string])[] = [
  [
    'id',
    'Langkah pemulihan',
    `
+Masuk ke server utama
+Hentikan layanan antrean
-Layanan akan berhenti dalam beberapa detik
+Jalankan skrip pembersihan
-Log tersimpan di folder arsip
+Pastikan semua node hijau
+Kemudian aktifkan kembali antrean
-Anda akan melihat pesan sukses
+Tunggu sampai proses selesai
+Beritahu tim melalui kanal darurat
-Proses ini memakan waktu sekitar 5 menit
+Catat waktu selesai di tiket`,
  ],
  [
    'th',
    'ขั้นตอนการกู้คืน',
    `
+เข้าสู่ระบบเซิร์ฟเวอร์หลัก
+หยุดบริการคิว
-บริการจะหยุดภายในไม่กี่วินาที
+รันสคริปต์ล้างข้อมูล
-บันทึกถูกเก็บไว้ในโฟลเดอร์สำรอง
+ตรวจสอบว่าทุกโหนดเป็นสีเขียว
+จากนั้นเปิดใช้งานคิวอีกครั้ง
-คุณจะเห็นข้อความสำเร็จ
+รอจนกว่ากระบวนการจะเสร็จสิ้น
+แจ้งทีมผ่านช่องทางฉุกเฉิน
-ขั้นตอนนี้ใช้เวลาประมาณ 5 นาที
+จดเวลาที่เสร็จลงในตั๋ว`,
  ],
  [
    'he',
    'שלבי שחזור',
    `
+התחברו לשרת הראשי
+עצרו את שירות התור
-השירות ייעצר תוך שניות
+הריצו את סקריפט הניקוי
-היומנים נשמרים בתיקיית הארכיון
+ודאו שכל הצמתים ירוקים
+לאחר מכן הפעילו שוב את התור
-תראו הודעת הצלחה
+המתינו עד לסיום התהליך
+הודיעו לצוות בערוץ החירום
-התהליך אורך כחמש דקות
+רשמו את שעת הסיום בכרטיס`,
  ],
  [
    'sk',
    'Kroky obnovy',
    `
+Prihláste sa na hlavný server
+Zastavte službu frontu
-Služba sa zastaví do niekoľkých sekúnd
+Spustite čistiaci skript
-Záznamy sa ukladajú do priečinka archívu
+Overte, že všetky uzly sú zelené
+Potom znova povoľte front
-Zobrazí sa správa o úspechu
+Počkajte, kým sa proces dokončí
+Informujte tím cez núdzový kanál
-Tento proces trvá približne 5 minút
+Zapíšte čas ukončenia do tiketu`,
  ],
  [
    'hr',
    'Koraci oporavka',
    `
+Prijavite se na glavni poslužitelj
+Zaustavite uslugu reda
-Usluga će se zaustaviti za nekoliko sekundi
+Pokrenite skriptu za čišćenje
-Zapisnici se spremaju u mapu arhive
+Provjerite jesu li svi čvorovi zeleni
+Zatim ponovno omogućite red
-Prikazat će se poruka o uspjehu
+Pričekajte dok se postupak ne završi
+Obavijestite tim putem hitnog kanala
-Ovaj postupak traje oko 5 minuta
+Zapišite vrijeme završetka u tiket`,
  ],
  [
    'hr2',
    'Koraci oporavka',
    `
+Prijaviti se na glavni poslužitelj
+Zaustaviti uslugu reda
-Usluga se zaustavlja za nekoliko sekundi
+Pokrenuti skriptu za čišćenje
-Zapisnici se spremaju u mapu arhive
+Spojiti se na bazu
+Zatim ponovno omogućiti red
-Otvara se prozor s porukom
+Pričekati da postupak završi
+Obavijestiti tim
-Ovaj postupak traje oko 5 minuta
+Zapisati vrijeme završetka u tiket`,
  ],
  [
    'uk',
    'Кроки відновлення',
    `
+Увійдіть на головний сервер
+Зупиніть службу черги
-Служба зупиниться за кілька секунд
+Запустіть скрипт очищення
-Журнали зберігаються в архівній теці
+Переконайтеся, що всі вузли зелені
+Потім знову увімкніть чергу
-З'явиться повідомлення про успіх
+Зачекайте, доки процес завершиться
+Повідомте команду через аварійний канал
-Цей процес триває близько 5 хвилин
+Запишіть час завершення у заявку`,
  ],
  [
    'vi',
    'Các bước khôi phục',
    `
+Đăng nhập vào máy chủ chính
+Dừng dịch vụ hàng đợi
-Dịch vụ sẽ dừng trong vài giây
+Chạy tập lệnh dọn dẹp
-Nhật ký được lưu trong thư mục lưu trữ
+Kiểm tra xem mọi nút đều xanh
+Sau đó bật lại hàng đợi
-Bạn sẽ thấy thông báo thành công
+Chờ cho đến khi quá trình hoàn tất
+Thông báo cho nhóm qua kênh khẩn cấp
-Quá trình này mất khoảng 5 phút
+Ghi thời gian kết thúc vào phiếu`,
  ],
  [
    'ko',
    '복구 절차',
    `
+메인 서버에 로그인합니다
+큐 서비스를 중지합니다
-서비스는 몇 초 안에 중지됩니다
+정리 스크립트를 실행하세요
-로그는 보관 폴더에 저장됩니다
+모든 노드가 녹색인지 확인하십시오
+그런 다음 큐를 다시 활성화합니다
-성공 메시지가 표시됩니다
+프로세스가 끝날 때까지 기다립니다
+비상 채널로 팀에 알리기
-이 과정은 약 5분이 걸립니다
+종료 시간을 티켓에 기록`,
  ],
  [
    'ja',
    '復旧手順',
    `
+メインサーバーにログインする
+キューサービスを停止します
-サービスは数秒で停止されます
+クリーンアップスクリプトを実行してください
-ログはアーカイブフォルダに保存されています
+すべてのノードが緑であることを確認
+その後、キューを再度有効にする
-成功メッセージが表示されます
+処理が完了するまで待つ
+緊急チャンネルでチームに連絡する
-この処理には約5分かかります
+終了時刻をチケットに記録すること`,
  ],
  [
    'zh',
    '恢复步骤',
    `
+登录主服务器
+停止队列服务
-服务会在几秒内停止
+运行清理脚本
-日志保存在归档目录中
+确认所有节点为绿色
+然后重新启用队列
-屏幕上会显示成功消息
+等待流程结束
+通过应急频道通知团队
-该过程大约需要5分钟
+在工单中记录结束时间`,
  ],
  [
    'zhtw',
    '復原步驟',
    `
+登入主伺服器
+停止佇列服務
-服務會在幾秒內停止
+執行清理指令碼
-日誌儲存在封存目錄中
+確認所有節點為綠色
+接著重新啟用佇列
-畫面上會顯示成功訊息
+等待流程結束
+透過緊急頻道通知團隊
-此過程大約需要5分鐘
+在工單中記錄結束時間`,
  ],
  [
    'ar',
    'خطوات الاستعادة',
    `
+سجّل الدخول إلى الخادم الرئيسي
+أوقف خدمة الطابور
-ستتوقف الخدمة خلال ثوانٍ
+شغّل سكربت التنظيف
-تُحفظ السجلات في مجلد الأرشيف
+تأكد من أن جميع العقد خضراء
+بعد ذلك أعد تفعيل الطابور
-ستظهر رسالة نجاح
+انتظر حتى تنتهي العملية
+أبلغ الفريق عبر قناة الطوارئ
-تستغرق هذه العملية حوالي 5 دقائق
+سجّل وقت الانتهاء في التذكرة`,
  ],
  [
    'fa',
    'مراحل بازیابی',
    `
+به سرور اصلی وارد شوید
+سرویس صف را متوقف کنید
-سرویس ظرف چند ثانیه متوقف می‌شود
+اسکریپت پاکسازی را اجرا کنید
-لاگ‌ها در پوشه آرشیو ذخیره می‌شوند
+مطمئن شوید همه گره‌ها سبز هستند
+سپس صف را دوباره فعال کنید
-پیام موفقیت نمایش داده می‌شود
+صبر کنید تا فرایند تمام شود
+به تیم از طریق کانال اضطراری اطلاع دهید
-این فرایند حدود ۵ دقیقه طول می‌کشد
+زمان پایان را در تیکت ثبت کنید`,
  ],
  [
    'el',
    'Βήματα αποκατάστασης',
    `
+Συνδεθείτε στον κύριο διακομιστή
+Σταματήστε την υπηρεσία ουράς
-Η υπηρεσία θα σταματήσει σε λίγα δευτερόλεπτα
+Εκτελέστε το σενάριο καθαρισμού
-Τα αρχεία καταγραφής αποθηκεύονται στον φάκελο αρχείου
+Βεβαιωθείτε ότι όλοι οι κόμβοι είναι πράσινοι
+Στη συνέχεια ενεργοποιήστε ξανά την ουρά
-Θα εμφανιστεί μήνυμα επιτυχίας
+Περιμένετε να ολοκληρωθεί η διαδικασία
+Ενημερώστε την ομάδα στο κανάλι έκτακτης ανάγκης
-Η διαδικασία διαρκεί περίπου 5 λεπτά
+Σημειώστε την ώρα λήξης στο δελτίο`,
  ],
  [
    'hu',
    'Helyreállítási lépések',
    `
+Jelentkezzen be a fő szerverre
+Állítsa le a sor szolgáltatást
-A szolgáltatás néhány másodpercen belül leáll
+Futtassa a tisztító szkriptet
-A naplók az archív mappában tárolódnak
+Győződjön meg róla, hogy minden csomópont zöld
+Ezután engedélyezze újra a sort
-Megjelenik egy sikerüzenet
+Várja meg, amíg a folyamat befejeződik
+Értesítse a csapatot a vészcsatornán
-Ez a folyamat körülbelül 5 percet vesz igénybe
+Jegyezze fel a befejezés idejét`,
  ],
  [
    'fi',
    'Palautuksen vaiheet',
    `
+Kirjaudu pääpalvelimelle
+Pysäytä jonopalvelu
-Palvelu pysähtyy muutamassa sekunnissa
+Aja siivousskripti
-Lokit tallennetaan arkistokansioon
+Varmista, että kaikki solmut ovat vihreitä
+Ota sitten jono uudelleen käyttöön
-Näet onnistumisviestin
+Odota, kunnes prosessi on valmis
+Ilmoita tiimille hätäkanavassa
-Tämä vaihe kestää noin 5 minuuttia
+Kirjaa päättymisaika tikettiin`,
  ],
  [
    'ro',
    'Pași de restaurare',
    `
+Conectați-vă la serverul principal
+Opriți serviciul de coadă
-Serviciul se va opri în câteva secunde
+Rulați scriptul de curățare
-Jurnalele sunt păstrate în dosarul arhivei
+Asigurați-vă că toate nodurile sunt verzi
+Apoi reactivați coada
-Va apărea un mesaj de succes
+Așteptați până se termină procesul
+Anunțați echipa pe canalul de urgență
-Acest proces durează aproximativ 5 minute
+Notați ora de încheiere în tichet`,
  ],
  [
    'nl',
    'Herstelstappen',
    `
+Meld je aan op de hoofdserver
+Stop de wachtrijdienst
-De dienst stopt binnen enkele seconden
+Voer het opschoonscript uit
-De logboeken worden in de archiefmap bewaard
+Controleer of alle nodes groen zijn
+Schakel daarna de wachtrij weer in
-Er verschijnt een melding
+Wacht tot het proces klaar is
+Informeer het team via het noodkanaal
-Dit proces duurt ongeveer 5 minuten
+Noteer de eindtijd in het ticket`,
  ],
  [
    'da',
    'Trin til gendannelse',
    `
+Log ind på hovedserveren
+Stop køtjenesten
-Tjenesten stopper inden for få sekunder
+Kør oprydningsscriptet
-Loggene gemmes i arkivmappen
+Kontrollér, at alle noder er grønne
+Aktivér derefter køen igen
-Der vises en besked om succes
+Vent, til processen er færdig
+Giv teamet besked i nødkanalen
-Denne proces tager cirka 5 minutter
+Noter sluttidspunktet i sagen`,
  ],
  [
    'nb',
    'Steg for gjenoppretting',
    `
+Logg inn på hovedserveren
+Stopp køtjenesten
-Tjenesten stopper i løpet av noen sekunder
+Kjør oppryddingsskriptet
-Loggene lagres i arkivmappen
+Kontroller at alle nodene er grønne
+Aktiver deretter køen igjen
-Det vises en melding om suksess
+Vent til prosessen er ferdig
+Gi teamet beskjed i nødkanalen
-Denne prosessen tar omtrent 5 minutter
+Noter sluttidspunktet i saken`,
  ],
  [
    'sv',
    'Återställningssteg',
    `
+Logga in på huvudservern
+Stoppa kötjänsten
-Tjänsten stannar inom några sekunder
+Kör städskriptet
-Loggarna sparas i arkivmappen
+Kontrollera att alla noder är gröna
+Aktivera sedan kön igen
-Ett meddelande visas
+Vänta tills processen är klar
+Meddela teamet i nödkanalen
-Processen tar ungefär 5 minuter
+Anteckna sluttiden i ärendet`,
  ],
  [
    'pt',
    'Passos de recuperação',
    `
+Acesse o servidor principal
+Pare o serviço de fila
-O serviço vai parar em alguns segundos
+Execute o script de limpeza
-Os logs ficam na pasta de arquivo
+Certifique-se de que todos os nós estão verdes
+Em seguida, reative a fila
-Aparecerá uma mensagem de sucesso
+Aguarde até o processo terminar
+Avise a equipe no canal de emergência
-Este processo leva cerca de 5 minutos
+Anote a hora de término no chamado`,
  ],
  [
    'it',
    'Passaggi di ripristino',
    `
+Accedi al server principale
+Arresta il servizio della coda
-Il servizio si fermerà in pochi secondi
+Esegui lo script di pulizia
-I log vengono salvati nella cartella archivio
+Verifica che tutti i nodi siano verdi
+Quindi riattiva la coda
-Comparirà un messaggio di successo
+Attendi il termine del processo
+Avvisa il team sul canale di emergenza
-Questo processo richiede circa 5 minuti
+Annota l’ora di fine nel ticket`,
  ],
  [
    'es',
    'Pasos de recuperación',
    `
+Inicie sesión en el servidor principal
+Detenga el servicio de cola
-El servicio se detendrá en unos segundos
+Ejecute el script de limpieza
-Los registros se guardan en la carpeta de archivo
+Asegúrese de que todos los nodos estén en verde
+A continuación, reactive la cola
-Aparecerá un mensaje de éxito
+Espere a que termine el proceso
+Avise al equipo por el canal de emergencia
-Este proceso tarda unos 5 minutos
+Anote la hora de fin en el ticket`,
  ],
  [
    'fr',
    'Étapes de restauration',
    `
+Connectez-vous au serveur principal
+Arrêtez le service de file
-Le service s’arrêtera en quelques secondes
+Lancez le script de nettoyage
-Les journaux sont conservés dans le dossier d’archive
+Vérifiez que tous les nœuds sont verts
+Réactivez ensuite la file
-Un message de succès apparaît
+Attendez la fin du processus
+Prévenez l’équipe sur le canal d’urgence
-Cette opération prend environ 5 minutes
+Notez l’heure de fin dans le ticket`,
  ],
  [
    'de',
    'Schritte zur Wiederherstellung',
    `
+Am Hauptserver anmelden
+Warteschlangendienst stoppen
-Der Dienst stoppt innerhalb weniger Sekunden
+Führen Sie das Aufräumskript aus
-Die Protokolle liegen im Archivordner
+Prüfen, ob alle Knoten grün sind
+Danach die Warteschlange wieder aktivieren
-Es erscheint eine Erfolgsmeldung
+Warten, bis der Vorgang beendet ist
+Team im Notfallkanal informieren
-Dieser Vorgang dauert etwa 5 Minuten
+Endzeit im Ticket notieren`,
  ],
  [
    'pl',
    'Kroki odtwarzania',
    `
+Zaloguj się na serwer główny
+Zatrzymaj usługę kolejki
-Usługa zatrzyma się w ciągu kilku sekund
+Uruchom skrypt czyszczący
-Dzienniki są przechowywane w folderze archiwum
+Upewnij się, że wszystkie węzły są zielone
+Następnie ponownie włącz kolejkę
-Pojawi się komunikat o sukcesie
+Poczekaj, aż proces się zakończy
+Powiadom zespół kanałem awaryjnym
-Ten proces trwa około 5 minut
+Zapisz czas zakończenia w zgłoszeniu`,
  ],
  [
    'cs',
    'Kroky obnovy',
    `
+Přihlaste se na hlavní server
+Zastavte službu fronty
-Služba se zastaví během několika sekund
+Spusťte čisticí skript
-Záznamy se ukládají do složky archivu
+Ověřte, že všechny uzly jsou zelené
+Poté frontu znovu povolte
-Zobrazí se zpráva o úspěchu
+Počkejte, až proces skončí
+Informujte tým nouzovým kanálem
-Tento proces trvá přibližně 5 minut
+Zapište čas ukončení do tiketu`,
  ],
  [
    'ru',
    'Шаги восстановления',
    `
+Войдите на главный сервер
+Остановите службу очереди
-Служба остановится через несколько секунд
+Запустите скрипт очистки
-Журналы хранятся в папке архива
+Убедитесь, что все узлы зелёные
+Затем снова включите очередь
-Появится сообщение об успехе
+Дождитесь завершения процесса
+Сообщите команде по аварийному каналу
-Этот процесс занимает около 5 минут
+Запишите время окончания в заявку`,
  ],
  [
    'tr',
    'Kurtarma adımları',
    `
+Ana sunucuya giriş yapın
+Kuyruk hizmetini durdurun
-Hizmet birkaç saniye içinde duracaktır
+Temizlik betiğini çalıştırın
-Günlükler arşiv klasöründe saklanır
+Tüm düğümlerin yeşil olduğundan emin olun
+Ardından kuyruğu yeniden etkinleştirin
-Başarı mesajı görünür
+İşlem bitene kadar bekleyin
+Acil durum kanalından ekibe haber verin
-Bu işlem yaklaşık 5 dakika sürer
+Bitiş zamanını kayda yazın`,
  ],
  [
    'sl',
    'Koraki obnovitve',
    `
+Prijavite se v glavni strežnik
+Ustavite storitev čakalne vrste
-Storitev se bo ustavila v nekaj sekundah
+Zaženite skript za čiščenje
-Dnevniki se hranijo v mapi arhiva
+Preverite, ali so vsa vozlišča zelena
+Nato znova omogočite vrsto
-Prikaže se sporočilo o uspehu
+Počakajte, da se postopek konča
+Obvestite ekipo prek nujnega kanala
-Ta postopek traja približno 5 minut
+Zapišite čas konca v zahtevek`,
  ],
  [
    'bg',
    'Стъпки за възстановяване',
    `
+Влезте в главния сървър
+Спрете услугата за опашката
-Услугата ще спре след няколко секунди
+Стартирайте скрипта за почистване
-Журналите се съхраняват в архивната папка
+Уверете се, че всички възли са зелени
+След това активирайте отново опашката
-Появява се съобщение за успех
+Изчакайте процесът да приключи
+Уведомете екипа по аварийния канал
-Този процес отнема около 5 минути
+Запишете часа на приключване`,
  ],
  [
    'hi',
    'पुनर्स्थापना के चरण',
    `
+मुख्य सर्वर में लॉग इन करें
+कतार सेवा बंद करें
-सेवा कुछ सेकंड में बंद हो जाएगी
+सफाई स्क्रिप्ट चलाएँ
-लॉग संग्रह फ़ोल्डर में रखे जाते हैं
+सुनिश्चित करें कि सभी नोड हरे हैं
+फिर कतार को दोबारा चालू करें
-सफलता का संदेश दिखाई देगा
+प्रक्रिया पूरी होने तक प्रतीक्षा करें
+टीम को आपात चैनल पर सूचित करें
-इस प्रक्रिया में लगभग 5 मिनट लगते हैं
+समाप्ति समय टिकट में लिखें`,
  ],
  [
    'ca',
    'Passos de recuperació',
    `
+Inicieu la sessió al servidor principal
+Atureu el servei de cua
-El servei s’aturarà en pocs segons
+Executeu l’script de neteja
-Els registres es desen a la carpeta d’arxiu
+Assegureu-vos que tots els nodes estan verds
+Tot seguit, reactiveu la cua
-Apareixerà un missatge d’èxit
+Espereu que acabi el procés
+Aviseu l’equip pel canal d’emergència
-Aquest procés triga uns 5 minuts
+Anoteu l’hora final al tiquet`,
  ],
  [
    'et',
    'Taastamise sammud',
    `
+Logige sisse põhiserverisse
+Peatage järjekorrateenus
-Teenus peatub mõne sekundi jooksul
+Käivitage puhastusskript
-Logid salvestatakse arhiivikausta
+Veenduge, et kõik sõlmed on rohelised
+Seejärel lubage järjekord uuesti
-Kuvatakse õnnestumise teade
+Oodake, kuni protsess lõpeb
+Teavitage meeskonda hädakanalis
-See protsess kestab umbes 5 minutit
+Märkige lõpuaeg piletisse`,
  ],
  [
    'lv',
    'Atjaunošanas soļi',
    `
+Piesakieties galvenajā serverī
+Apturiet rindas pakalpojumu
-Pakalpojums apstāsies dažu sekunžu laikā
+Palaidiet tīrīšanas skriptu
-Žurnāli tiek glabāti arhīva mapē
+Pārliecinieties, ka visi mezgli ir zaļi
+Pēc tam atkal iespējojiet rindu
-Parādīsies paziņojums par panākumiem
+Gaidiet, līdz process beidzas
+Informējiet komandu avārijas kanālā
-Šis process ilgst aptuveni 5 minūtes
+Pierakstiet beigu laiku pieteikumā`,
  ],
  [
    'lt',
    'Atkūrimo žingsniai',
    `
+Prisijunkite prie pagrindinio serverio
+Sustabdykite eilės paslaugą
-Paslauga sustos per kelias sekundes
+Paleiskite valymo scenarijų
-Žurnalai saugomi archyvo aplanke
+Įsitikinkite, kad visi mazgai žali
+Tada vėl įjunkite eilę
-Pasirodys sėkmės pranešimas
+Palaukite, kol procesas baigsis
+Informuokite komandą avariniu kanalu
-Šis procesas trunka apie 5 minutes
+Įrašykite pabaigos laiką į bilietą`,
  ],
  [
    'sr',
    'Кораци опоравка',
    `
+Пријавите се на главни сервер
+Зауставите услугу реда
-Услуга ће се зауставити за неколико секунди
+Покрените скрипту за чишћење
-Дневници се чувају у фасцикли архиве
+Проверите да ли су сви чворови зелени
+Затим поново омогућите ред
-Појавиће се порука о успеху
+Сачекајте да се поступак заврши
+Обавестите тим преко хитног канала
-Овај поступак траје око 5 минута
+Запишите време завршетка`,
  ],
];

describe.each(MIXED)('in a list of steps (%s)', (_, heading, said) => {
  const items = said.trim().split('\n');

  test.each([
    ['below its heading', `# ${heading}\n\n## ${heading}\n\n`],
    ['below a heading that says nothing', '# A\n\n## B\n\n'],
  ])('statements between instructions are none, %s', async (_where, above) => {
    const list = items.map((item, at) => `${at + 1}. ${item.slice(1)}`).join('\n');
    const first = above.split('\n').length;
    const { steps } = await read(`${above}${list}\n`);
    const lines = new Set(steps.map(({ line }) => line));
    const taken = items.filter((_item, at) => lines.has(first + at));
    expect(taken).toEqual(items.filter((item) => item.startsWith('+')));
  });
});

test.each([
  ['# 障害\n\n## 原因の調査\n\n1. ログを確認する\n2. 接続を遮断する\n', 2],
  ['# 장애\n\n## 원인 파악\n\n1. **화면 문제?** -> 배포 롤백\n2. **서버 문제?** -> 로그 확인\n', 2],
  ['# 故障\n\n## 原因分析\n\n1. 查看日志\n2. 检查连接\n', 2],
  ['# 障害\n\n## 対応の目的\n\n1. 停止時間の短縮\n2. 信頼の回復\n', 0],
])('of two words of a heading the last one says what is below it: %j', async (text, count) => {
  expect(await stepsOf(text)).toHaveLength(count);
});

test('what a list names before a command is done by it, in code or not', async () => {
  const text = [
    '# Pokretanje',
    '',
    '1. Otvorite projekat',
    '2. Kopirajte datoteku',
    '3. Migracije komandom: <code>php artisan migrate</code>',
    '4. Seedere komandom: `php artisan db:seed`',
    '',
  ].join('\n');
  expect(await stepsOf(text)).toHaveLength(4);
});

test.each([
  ['Skrip ini akan:', 'Menjalankan migrasi', 'Membuat struktur tabel'],
  ['Tập lệnh cài đặt sẽ:', 'Tạo cơ sở dữ liệu', 'Khởi động dịch vụ'],
  ['สคริปต์จะ:', 'สร้างฐานข้อมูล', 'เริ่มบริการ'],
  ['Das Programm wird:', 'Die Datenbank anlegen', 'Den Dienst starten'],
  ['Скрипт будет:', 'Создавать таблицы', 'Запускать службу'],
])(
  'a sentence that breaks off at its future says what its thing does: %j',
  async (lead, ...items) => {
    const list = items.map((item, at) => `${at + 1}. ${item}\n`).join('');
    expect(await stepsOf(`# Setup\n\n## Start\n\n${lead}\n\n${list}`)).toEqual([]);
  },
);

test.each([
  ['Best Practices', 'Update the library every month', 'Watch for new versions'],
  ['Bonnes pratiques', 'Mettez à jour la bibliothèque', 'Surveillez les versions'],
  ['Лучшие практики', 'Обновляйте библиотеку', 'Следите за версиями'],
  ['最佳实践', '定期更新依赖库', '检查新的版本'],
])('good practices are no steps: %j', async (heading, ...items) => {
  const list = items.map((item, at) => `${at + 1}. ${item}\n`).join('');
  expect(await stepsOf(`# Setup\n\n## ${heading}\n\n${list}`)).toEqual([]);
});
