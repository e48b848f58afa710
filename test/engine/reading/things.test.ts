import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

/** A procedure in a language: `+` tells what to do, `-` says what a system, page, certificate does. */
const MIXED: readonly (readonly [language: string, heading: string, items: string])[] = [
  [
    'pl',
    'Kroki odtwarzania',
    `
+Zaloguj się do konsoli
-Certyfikat obowiązuje jeden rok
+Odśwież stronę
-System ponownie wczyta stronę
+Wgraj kopię zapasową
-Interfejs pojawia się po angielsku
-Usługa nasłuchuje na porcie 8080
+Zatwierdź okno dialogowe
-Archiwum zawiera trzy pliki
+Zamknij okno
+Otwórz ustawienia
-Skrypt usuwa stare logi co noc
-Hasło wygasa po 90 dniach
+Wyślij raport kierownikowi
-Menu oferuje dwie możliwości
+Zanotuj numer zgłoszenia`,
  ],
  [
    'cs',
    'Postup obnovy',
    `
+Přihlaste se do konzole
-Certifikát platí jeden rok
+Obnovte stránku
-Systém stránku znova načíta
-Systém stránku znovu načte
+Nahrajte zálohu
-Rozhraní se zobrazuje anglicky
-Služba naslouchá na portu 8080
+Potvrďte dialog
-Archiv obsahuje tři soubory
+Zavřete okno
+Otevřete nastavení
-Skript maže staré logy každou noc
-Heslo vyprší po 90 dnech
+Odešlete zprávu vedoucímu
-Nabídka má dvě možnosti
+Poznamenejte si číslo tiketu`,
  ],
  [
    'sk',
    'Postup obnovy',
    `
+Prihláste sa do konzoly
-Certifikát platí jeden rok
+Obnovte stránku
-Systém stránku znova načíta
+Nahrajte zálohu
-Rozhranie sa zobrazuje po anglicky
-Služba počúva na porte 8080
+Potvrďte dialóg
-Archív obsahuje tri súbory
+Zatvorte okno
+Otvorte nastavenia
-Skript maže staré logy každú noc
-Heslo vyprší po 90 dňoch
+Odošlite správu vedúcemu
-Ponuka má dve možnosti
+Poznačte si číslo tiketu`,
  ],
  [
    'fi',
    'Palautusvaiheet',
    `
+Kirjaudu konsoliin
-Varmenne on voimassa vuoden
+Lataa sivu uudelleen
-Järjestelmä lataa sivun uudelleen
+Siirrä varmuuskopio palvelimelle
-Käyttöliittymä näkyy englanniksi
-Palvelu kuuntelee porttia 8080
+Vahvista valintaikkuna
-Arkisto sisältää kolme tiedostoa
+Sulje ikkuna
+Avaa asetukset
-Skripti poistaa vanhat lokit joka yö
-Salasana vanhenee 90 päivän kuluttua
+Lähetä raportti esimiehelle
-Valikko tarjoaa kaksi vaihtoehtoa
+Merkitse tiketin numero muistiin`,
  ],
  [
    'et',
    'Taastamise sammud',
    `
+Logi konsooli sisse
-Sertifikaat kehtib ühe aasta
+Laadi leht uuesti
-Süsteem laadib lehe uuesti
+Laadi varukoopia üles
-Liides kuvatakse inglise keeles
-Teenus kuulab porti 8080
+Kinnita dialoog
-Arhiiv sisaldab kolme faili
+Sulge aken
+Ava seaded
-Skript kustutab vanad logid igal ööl
-Parool aegub 90 päeva pärast
+Saada aruanne juhile
-Menüü pakub kahte valikut
+Märgi pileti number üles`,
  ],
  [
    'hu',
    'Helyreállítási lépések',
    `
+Jelentkezzen be a konzolra
-A tanúsítvány egy évig érvényes
+Töltse újra az oldalt
-A rendszer újratölti az oldalt
+Töltse fel a mentést
-A felület angolul jelenik meg
-A szolgáltatás a 8080-as porton figyel
+Hagyja jóvá az ablakot
-Az archívum három fájlt tartalmaz
+Zárja be az ablakot
+Nyissa meg a beállításokat
-A szkript minden éjjel törli a régi naplókat
-A jelszó 90 nap után lejár
+Küldje el a jelentést a vezetőnek
-Az import új táblát hoz létre
-A menü két lehetőséget kínál
+Jegyezze fel a jegy számát`,
  ],
  [
    'tr',
    'Kurtarma adımları',
    `
+Konsola giriş yapın
-Sertifika bir yıl geçerlidir
+Sayfayı yenileyin
-Sistem sayfayı yükler
-Sistem sayfayı yeniden yüklüyor
+Yedeği yükleyin
-Arayüz İngilizce görünür
-Servis 8080 numaralı portu dinler
+İletişim kutusunu onaylayın
-Arşiv üç dosya içerir
+Pencereyi kapatın
+Ayarları açın
-Betik her gece eski günlükleri siler
-Parola 90 gün sonra sona erer
+Raporu yöneticiye gönderin
-Menü iki seçenek sunar
+Bilet numarasını not edin`,
  ],
  [
    'ru',
    'Шаги восстановления',
    `
+Войдите в консоль
-Сертификат действует один год
+Обновите страницу
-Система перезагружает страницу
+Загрузите резервную копию
-Интерфейс отображается на английском
-Служба слушает порт 8080
+Подтвердите диалог
-Архив содержит три файла
+Закройте окно
+Откройте настройки
-Скрипт удаляет старые логи каждую ночь
-Пароль истекает через 90 дней
+Отправьте отчёт руководителю
-Импорт создаёт новую таблицу
-Меню предлагает два варианта
+Запишите номер заявки`,
  ],
  [
    'uk',
    'Кроки відновлення',
    `
+Увійдіть до консолі
-Сертифікат діє один рік
+Оновіть сторінку
-Система перезавантажує сторінку
+Завантажте резервну копію
-Інтерфейс показується англійською
-Служба слухає порт 8080
+Підтвердьте діалог
-Архів містить три файли
+Закрийте вікно
+Відкрийте налаштування
-Скрипт видаляє старі журнали щоночі
-Пароль спливає через 90 днів
+Надішліть звіт керівникові
-Імпорт створює нову таблицю
-Меню пропонує два варіанти
+Запишіть номер заявки`,
  ],
  [
    'sr',
    'Кораци опоравка',
    `
+Пријавите се на конзолу
-Сертификат важи годину дана
+Освежите страницу
-Систем поново учитава страницу
+Отпремите резервну копију
-Интерфејс се приказује на енглеском
-Сервис слуша на порту 8080
+Потврдите дијалог
-Архива садржи три датотеке
+Затворите прозор
+Отворите подешавања
-Скрипта брише старе логове сваке ноћи
-Лозинка истиче после 90 дана
+Пошаљите извештај руководиоцу
-Мени нуди две могућности
+Запишите број тикета`,
  ],
  [
    'hr',
    'Koraci oporavka',
    `
+Prijavite se na konzolu
-Certifikat vrijedi godinu dana
+Osvježite stranicu
-Sustav ponovno učitava stranicu
+Prenesite sigurnosnu kopiju
-Sučelje se prikazuje na engleskom
-Servis sluša na portu 8080
+Potvrdite dijalog
-Arhiva sadrži tri datoteke
+Zatvorite prozor
+Otvorite postavke
-Skripta briše stare zapise svake noći
-Lozinka istječe nakon 90 dana
+Pošaljite izvještaj voditelju
-Izbornik nudi dvije mogućnosti
+Zabilježite broj tiketa`,
  ],
  [
    'sl',
    'Koraki obnovitve',
    `
+Prijavite se v konzolo
-Certifikat velja eno leto
+Osvežite stran
-Sistem znova naloži stran
+Naložite varnostno kopijo
-Vmesnik se prikaže v angleščini
-Storitev posluša na vratih 8080
+Potrdite pogovorno okno
-Arhiv vsebuje tri datoteke
+Zaprite okno
+Odprite nastavitve
-Skripta vsako noč izbriše stare dnevnike
-Geslo poteče po 90 dneh
+Pošljite poročilo vodji
-Meni ponuja dve možnosti
+Zapišite številko zahtevka`,
  ],
  [
    'ja',
    '復旧手順',
    `
+コンソールにログインする
-証明書は一年間有効です
+ページを再読み込みする
-システムがページを再読み込みします
+バックアップをアップロードする
-画面は英語で表示されます
-サービスはポート8080で待ち受けます
+ダイアログを承認する
-アーカイブには三つのファイルが入っています
+ウィンドウを閉じる
+設定を開く
-スクリプトは毎晩古いログを削除する
-パスワードは90日で失効する
+報告書を責任者に送る
-インポートが新しいテーブルを作成する
+担当者がチケット番号を控える
-メニューには二つの選択肢がある`,
  ],
  [
    'ko',
    '복구 절차',
    `
+콘솔에 로그인합니다
-인증서는 일 년 동안 유효합니다
+페이지를 다시 불러옵니다
-시스템이 페이지를 다시 불러옵니다
+백업을 업로드합니다
-화면은 영어로 표시됩니다
-서비스가 8080 포트를 사용합니다
+대화 상자를 승인합니다
-압축 파일에는 파일 세 개가 들어 있습니다
+창을 닫습니다
+설정을 엽니다
-스크립트가 매일 밤 오래된 로그를 삭제합니다
-비밀번호는 90일 후에 만료됩니다
+보고서를 책임자에게 보냅니다
-가져오기가 새 테이블을 만듭니다
+티켓 번호를 적어 둡니다
+담당자가 서버를 재시작합니다`,
  ],
  [
    'zh',
    '恢复步骤',
    `
+登录控制台
-证书有效期为一年
+刷新页面
-系统重新加载页面
+上传备份
-界面以英文显示
-服务监听8080端口
+确认对话框
-压缩包含有三个文件
+关闭窗口
+打开设置
-脚本每晚删除旧日志
-密码90天后过期
+将报告发送给负责人
-导入程序创建新的数据表
-菜单提供两个选项
+记下工单号
+数据库备份
+服务重启`,
  ],
  [
    'vi',
    'Các bước khôi phục',
    `
+Đăng nhập vào bảng điều khiển
-Chứng chỉ có hiệu lực một năm
+Tải lại trang
-Hệ thống tải lại trang
+Tải bản sao lưu lên
-Giao diện hiển thị bằng tiếng Anh
-Dịch vụ lắng nghe trên cổng 8080
+Xác nhận hộp thoại
-Tệp nén chứa ba tệp
+Đóng cửa sổ
+Mở phần cài đặt
-Tập lệnh xóa nhật ký cũ mỗi đêm
-Mật khẩu hết hạn sau 90 ngày
+Gửi báo cáo cho quản lý
-Trình đơn có hai lựa chọn
-Cơ sở dữ liệu dùng cổng 5432
+Ghi lại số phiếu`,
  ],
  [
    'id',
    'Langkah pemulihan',
    `
+Masuk ke konsol
-Sertifikat berlaku satu tahun
+Muat ulang halaman
-Sistem memuat ulang halaman
+Unggah cadangan
-Antarmuka tampil dalam bahasa Inggris
-Layanan mendengarkan di port 8080
-Arsip berisi tiga berkas
+Tutup jendela
+Buka pengaturan
-Skrip menghapus log lama setiap malam
-Kata sandi kedaluwarsa setelah 90 hari
+Kirim laporan ke manajer
-Impor membuat tabel baru
-Menu menawarkan dua pilihan
+Catat nomor tiket`,
  ],
  [
    'th',
    'ขั้นตอนการกู้คืน',
    `
+เข้าสู่คอนโซล
-ใบรับรองมีอายุหนึ่งปี
+โหลดหน้าใหม่
-ระบบโหลดหน้าใหม่
+อัปโหลดข้อมูลสำรอง
-หน้าจอแสดงเป็นภาษาอังกฤษ
-บริการรอรับที่พอร์ต 8080
+ยืนยันกล่องโต้ตอบ
-ไฟล์บีบอัดมีสามไฟล์
+ปิดหน้าต่าง
+เปิดการตั้งค่า
-สคริปต์ลบบันทึกเก่าทุกคืน
-รหัสผ่านหมดอายุหลัง 90 วัน
+ส่งรายงานให้ผู้จัดการ
-ฐานข้อมูลใช้พอร์ต 5432
-เมนูมีสองตัวเลือก
+จดหมายเลขตั๋ว`,
  ],
  [
    'he',
    'שלבי שחזור',
    `
+התחברו לקונסולה
-האישור תקף לשנה
+רעננו את הדף
-המערכת טוענת את הדף מחדש
+העלו את הגיבוי
-הממשק מוצג באנגלית
-השירות מאזין בפורט 8080
+אשרו את תיבת הדו-שיח
-הארכיון מכיל שלושה קבצים
+סגרו את החלון
+פתחו את ההגדרות
-הסקריפט מוחק יומנים ישנים בכל לילה
-הסיסמה פגה אחרי 90 יום
+שלחו את הדוח למנהל
-הייבוא יוצר טבלה חדשה
-התפריט מציע שתי אפשרויות
+רשמו את מספר הכרטיס`,
  ],
  [
    'lt',
    'Atkūrimo žingsniai',
    `
+Prisijunkite prie konsolės
-Sertifikatas galioja vienerius metus
+Įkelkite puslapį iš naujo
-Sistema iš naujo įkelia puslapį
+Įkelkite atsarginę kopiją
-Sąsaja rodoma anglų kalba
-Paslauga klausosi 8080 prievado
+Patvirtinkite dialogą
-Archyve yra trys failai
+Uždarykite langą
+Atidarykite nustatymus
-Skriptas kas naktį ištrina senus žurnalus
-Slaptažodis baigia galioti po 90 dienų
+Nusiųskite ataskaitą vadovui
-Meniu siūlo du pasirinkimus
+Užsirašykite bilieto numerį`,
  ],
  [
    'lv',
    'Atkopšanas soļi',
    `
+Piesakieties konsolē
-Sertifikāts ir derīgs vienu gadu
+Pārlādējiet lapu
-Sistēma pārlādē lapu
+Augšupielādējiet dublējumu
-Saskarne tiek rādīta angliski
-Pakalpojums klausās portu 8080
+Apstipriniet dialogu
-Arhīvā ir trīs faili
+Aizveriet logu
+Atveriet iestatījumus
-Skripts katru nakti dzēš vecos žurnālus
-Parole beidzas pēc 90 dienām
+Nosūtiet pārskatu vadītājam
-Izvēlne piedāvā divas iespējas
+Pierakstiet biļetes numuru`,
  ],
  [
    'sv',
    'Återställningssteg',
    `
+Logga in på konsolen
-Certifikatet gäller i ett år
+Ladda om sidan
-Systemet laddar om sidan
+Ladda upp säkerhetskopian
-Gränssnittet visas på engelska
-Tjänsten lyssnar på port 8080
+Bekräfta dialogrutan
-Arkivet innehåller tre filer
+Stäng fönstret
+Öppna inställningarna
-Skriptet raderar gamla loggar varje natt
-Lösenordet går ut efter 90 dagar
+Skicka rapporten till chefen
-Importen skapar en ny tabell
-Menyn erbjuder två val
+Anteckna ärendets nummer`,
  ],
  [
    'en',
    'Recovery steps',
    `
+Log in to the console
-The certificate is valid for one year
+Reload the page
-The system reloads the page
+Upload the backup
-The interface appears in English
-The service listens on port 8080
+Confirm the dialog
-The archive holds three files
+Close the window
+Open the settings
-The script deletes old logs every night
-The password expires after 90 days
+Send the report to the manager
-The import creates a new table
-The menu offers two choices
+Note the ticket number
-Each tenant owns one schema`,
  ],
];

async function takenOf(above: string, items: readonly string[]): Promise<readonly string[]> {
  const first = above.split('\n').length;
  const { steps } = await read(
    `${above}${items.map((item, at) => `${at + 1}. ${item}`).join('\n')}\n`,
  );
  const lines = new Set(steps.map(({ line }) => line));
  return items.filter((_item, at) => lines.has(first + at));
}

test.each(MIXED)(
  'what a thing of the page does is no step: %s',
  async (_language, heading, said) => {
    const items = said.trim().split('\n');
    for (const above of [`# ${heading}\n\n## ${heading}\n\n`, '# A\n\n## B\n\n']) {
      const texts = items.map((item) => item.slice(1));
      const told = items.filter((item) => item.startsWith('+')).map((item) => item.slice(1));
      expect(await takenOf(above, texts)).toEqual(told);
    }
  },
);

/** Instructions that begin with the thing to which something is to be done. */
const TOLD: readonly (readonly [language: string, heading: string, items: string])[] = [
  ['ru', 'Шаги восстановления', 'Сервер перезагрузить|Файл журнала сохранить в архив'],
  [
    'pl',
    'Kroki odtwarzania',
    'Serwer zrestartować|Plik dziennika zapisać w archiwum|Hasło administratora zmienić',
  ],
  [
    'cs',
    'Postup obnovy',
    'Server restartovat|Soubor protokolu uložit do archivu|Server restartujte',
  ],
  [
    'hr',
    'Koraci oporavka',
    'Server ponovno pokrenuti|Server ponovno pokrenite|Lozinku promijeniti',
  ],
  [
    'fi',
    'Palautusvaiheet',
    'Palvelin käynnistetään uudelleen|Palvelu pysäytetään|Salasana vaihdetaan',
  ],
  [
    'hu',
    'Helyreállítási lépések',
    'A szerver újraindítása|A szolgáltatás leállítása|A naplófájl ellenőrzése',
  ],
  [
    'ja',
    '復旧手順',
    'サービスが起動していることを確認する|サービスが動いているノードを確認する|システム管理者がサーバを再起動する',
  ],
  [
    'ko',
    '복구 절차',
    '서비스가 정상인지 확인합니다|서비스가 실행 중인 노드를 확인합니다|파일이 있으면 삭제합니다',
  ],
  ['zh', '恢复步骤', '数据库备份|系统日志检查|服务重新启动|脚本部署到服务器'],
  [
    'vi',
    'Các bước khôi phục',
    'Khóa tài khoản của người dùng|Thông báo cho đội vận hành|Kết nối vào máy chủ',
  ],
  ['th', 'ขั้นตอนการกู้คืน', 'บันทึกเวลาที่เสร็จ|คิวให้ล้างก่อน|หยุดบริการ'],
  ['lv', 'Atkopšanas soļi', 'Serveris jāpārstartē|Parole jānomaina|Logs jāaizver'],
];

test.each(TOLD)(
  'what is done to a thing is a step though the thing stands first: %s',
  async (language, heading, said) => {
    const items = said.split('|');
    const others =
      MIXED.find(([code]) => code === language)?.[2]
        .trim()
        .split('\n') ?? [];
    const told = others.filter((item) => item.startsWith('+')).map((item) => item.slice(1));
    const list = [...told, ...items];
    expect(await takenOf(`# ${heading}\n\n## ${heading}\n\n`, list)).toEqual(list);
  },
);
