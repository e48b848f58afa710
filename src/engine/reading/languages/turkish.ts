import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Turkish. */
export const turkish: Language = {
  code: 'tr',
  name: 'Turkish',
  script: 'Latin',
  letters: /[ğışİ]/u,
  common: 've bir bu için ile da de olarak veya değil çok gibi sonra kadar ise eğer her olan',
  steps:
    'adım- prosedür- talimat- işlem- kurtarma geri yükleme yeniden çözüm- sorun-giderme tanılama kurulum dağıtım bakım doğrulama kontrol- yedek- geçiş hazırlık yürütme yapılandırma güncelleme eylem- aksiyon- müdahale',
  facts:
    'not notlar özet genel açıklama gereksinim- ön-koşul- bileşen- mimari arka-plan bilgi bilgiler ayrıntı- ortam- sistem- veri- sonuç- ipucu ipuçları örnek- terim- durum',
  never:
    'kriter- içindekiler iletişim kişiler nöbet- eskalasyon öncelik- neden nedenler sebep- belirti- soru sorular sss referans- bağlantılar kaynaklar sözlük tanım- amaç hedef- geçmiş tarihçe rol roller sorumlu- ekip üyeler avantajlar kurallar özellikler',
  verbs:
    'aç kapat başlat durdur bekle tıkla sil kur güncelle çalıştır yükle kaydet kopyala oluştur ekle değiştir et gönder seç git gir yaz bildir doğrula yapılandır dene bağla kes indir temizle ara al ver yap uygula incele sustur aktar taşı çek bas kaldır döndür yenile onayla sıfırla tanımla ayarla belirle izle topla paylaş tamamla hazırla planla işaretle bırak dağıt artır azalt koru tut takip',
  place: 'last',
  tells:
    /(?:yın|yin|yun|yün|ınız|iniz|unuz|ünüz|mak|mek|malı|meli|malısınız|melisiniz|alım|elim|acaksınız|eceksiniz|leştir|laştır|lendir|landır)$/u,
  mayTell: /(?:ın|in|un|ün)$/u,
  nouns: 'model format için bilgin olmalı olmalıdır bulunmalı bulunmalıdır',
  polite: /^lütfen |rica (?:olunur|ederiz|edilir)\W*$/u,
  adverbs: 'sonra ardından şimdi önce son-olarak gerekirse hemen ayrıca lütfen tekrar',
  duty: 'gerekir gerekli lütfen gerekiyor',
  is: 'olmalı olmalıdır bulunmalı bulunmalıdır var yok vardır yoktur değil değildir oldu olur bulunur',
  things:
    'sistem program betik script servis hizmet sunucu uygulama sayfa pencere arayüz menü sertifika anahtar parola şifre dosya klasör dizin arşiv veritabanı günlük port ağ küme düğüm konteyner modül süreç görev komut araç düğme buton mesaj ileti oturum kuyruk yükleyici sihirbaz uyarı tablo sürüm bağlantı ajan robot',
  does: /(?:[ae]|(?<![ıiuü][ln])[ıiuü])r$/u,
  states:
    /(?:dır|dir|dur|dür|tır|tir|tur|tür|ıyor|iyor|uyor|üyor|nır|nir|lır|lir|nur|nür|lur|lür|ılmış|ilmiş|lı|di|dı|du|dü|tı|tu|tü)$/u,
  impersonal: /(?:[ıiuü]l[ıiuü]r|[ıiuü]n[ıiuü]r|[ae]n[ıiuü]r|[lnr]m[ae]z)\W*$/u,
  comes:
    /\p{L}(?:[ae]ca[kğ]|ece[kğ])(?:sınız|siniz|sın|sin|tır|tir|ız|iz)?\W*$|(?:görürsünüz|görürsün|görmelisiniz|görmelisin|görmeniz gerekir|görüntülenir|görünür|belirir|açılır|çıkar)\W?$/u,
  due: /\p{L}(?<!ol|bulun)m[ae]l[ıi]d[ıi]r\W*$|(?<!gör|görül)m[ae](?:s|n)[ıi](?:z|n[ıi]z)? (?:gerek(?:ir|iyor|mektedir|li)|lazım)\W*$/u,
  lasts: /(?<!\p{L})(?:yaklaşık|aşağı yukarı|birkaç) (?:[\d.,–-]+ ?)?(?:saniye|dakika|saat)/u,
  recurs: /^her (?:gece|gün|sabah|akşam|hafta|ay|saat|dakika|yıl)(?!\p{L})/u,
  asks: 'kim ne neden niçin nasıl hangi nerede kaç',
  leads: {
    runs: 'çalıştır- komut- yürüt- girin yazın',
    puts: 'ekle- yapıştır- yaz- kaydet- oluştur- kopyala- düzenle-',
    holds: 'dosya- satır- içerik içeriği yapılandırma- betik crontab',
    compared: 'önce sonra öncesi sonrası eski yeni',
    forbids: 'çalıştırmayın asla yanlış hatalı',
    does: 'betik script bu-script bu-betik neler-yapılacak ne-yapar bu-kılavuzda bu-rehberde bu-makalede bu-belgede bu-bölümde bu-kılavuz öğreneceksiniz',
  },
  phrases: {
    output: ['örnek çıktı', 'beklenen çıktı', 'beklenen sonuç', 'beklenen yanıt', 'çıktı', 'sonuç'],
    example: ['örnek çıktı', 'örneğin', 'örnek', 'mesela', 'benzer'],
    if: ['eğer', 'ise', 'durumunda', 'halinde'],
    order: ['sonra', 'ardından', 'önce', 'kadar', 'bitince'],
  },
  conditions: {
    opening: ['yalnızca', 'sadece', 'ancak', 'eğer', 'ise', 'durumunda', 'halinde'],
    optional: ['isteğe bağlı', 'gerekirse', 'gerekliyse'],
    options: ['seçenek', 'ya da', 'alternatif', 'veya', 'yöntem'],
    emergency: list('acil durdurma|acil kapatma|acil yeniden başlatma'),
    otherwise: list('aksi halde|aksi takdirde'),
    endings: list('ysa|yse|mazsa|mezse|yorsa|ırsa|irse|ursa|ürse|arsa|erse'),
    lasting: list('sürece'),
    only: {
      words: list('yalnızca|sadece'),
      after: list('sonra|sırasında'),
      over: list('tamamlan|bit|adım'),
      consent: list('onay|izin'),
      apart: 4,
    },
    gates: {
      goOn: list('devam ed'),
      stop: list(
        'durun|işlemi durdurun|burada dur|iptal edin|vazgeçin|işlemi sonlandırın|yükseltmeyi durdurun|güncellemeyi durdurun',
      ),
      never: list('devam etmeyin|devam etme|ilerlemeyin'),
      if: list('se |sa |se,|sa,|eğer|durumunda|halinde'),
      unless: list('sürece|dıkça|dikçe|medikçe|madıkça'),
      just: list('yalnızca|sadece|ancak'),
      loose: true,
    },
  },
  examples: {
    tells: [
      'Yönetim panelini açın',
      'Günlük dosyasını kontrol et',
      'Servisi durdurunuz',
      'Fişi prizden çekin',
      'İş bitene kadar bekleyin',
      'İşe yaramazsa ekibe haber verin',
    ],
    states: [
      'Sunucu İzmir’de bulunur',
      'Nedeni az bellektir',
      'Servis neden yanıt vermiyor?',
      'Nöbetçi: Ayşe Yılmaz',
      'Önbellek beş dakika tutulur',
      'Disk doludur',
    ],
  },
};
