import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Indonesian and Malay. */
export const indonesian: Language = {
  code: 'id',
  name: 'Indonesian',
  script: 'Latin',
  common:
    'dan yang di untuk dengan ini dari tidak pada adalah atau ke akan jika dalam itu bisa sudah',
  steps:
    'langkah- prosedur instruksi panduan pemulihan tindakan solusi penanganan pemasangan instalasi pemeliharaan pemeriksaan verifikasi pencadangan konfigurasi pembaruan cara',
  facts:
    'catatan ringkasan ikhtisar deskripsi persyaratan prasyarat komponen arsitektur informasi rincian lingkungan sistem data hasil tips contoh istilah status',
  never:
    'kriteria daftar-isi kontak piket eskalasi prioritas penyebab alasan gejala pertanyaan referensi tautan glosarium definisi tujuan riwayat sejarah peran tanggung-jawab tim anggota keuntungan prinsip aturan fitur',
  verbs:
    'pindai scan buka periksa cek hentikan perbarui tunggu klik mulai jalankan hapus salin buat tambahkan ubah simpan pulihkan pasang instal beri beritahu kirim pilih masuk ganti aktifkan nonaktifkan sambungkan putuskan unduh unggah tutup catat hubungi pastikan lakukan lepaskan lepas setel atur minta kabari kembalikan kosongkan cabut ulangi uji matikan nyalakan',
  place: 'first',
  polite: /^(?:mohon|harap|silakan|silahkan|tolong) /u,
  tells: /(?:kanlah|lah)$/u,
  mayTell: /kan$|^pe(?:m|n|ng|ny)\p{L}{3,}an$|^me(?:ng|ny|m|n|l|r)\p{L}{4,}$/u,
  nouns:
    'format model pengaturan penjelasan penyimpanan pengetahuan pengalaman adalah ialah masalah jumlah sekolah bukan ikan',
  adverbs: 'kemudian lalu sekarang pertama terakhir segera juga silakan mohon harap jangan',
  duty: 'harus perlu silakan mohon harap wajib',
  is: 'adalah ialah berada terletak memiliki ada berisi dapat bergantung berjalan merupakan disimpan kurang',
  things:
    'sistem program skrip layanan server aplikasi halaman jendela antarmuka menu sertifikat kunci token kata-sandi berkas folder direktori arsip basis-data log port jaringan klaster node kontainer modul proses tugas perintah alat tombol pesan sesi antrean penginstal peringatan tabel versi koneksi agen robot',
  does: /^(?!\p{L}+(?:kan|lah)(?!\p{L}))\S+ \S/u,
  states: /^(?:ber|ter|di)\p{L}{3,}$/u,
  subject:
    /^\p{L}+(?:\s\p{L}+)?\s(?!menjadi|menggunakan|terhadap|berikut|tersebut|terbaru|terakhir|terlebih|melalui|mengenai|menurut|dari|dengan)(?:me[nmrlw]|ber|ter|di)\p{L}{3,}\s/iu,
  comes:
    /(?<!yang)(?:^|\s)akan \p{L}|^(?:anda|kamu) (?:dapat |bisa |seharusnya )?(?:melihat|mendapatkan)(?!\p{L})|(?<!\p{L})muncul(?:lah)? /u,
  lasts:
    /(?<!\p{L})(?:sekitar|kira kira|beberapa|kurang lebih) (?:[\d.,–-]+ ?)?(?:detik|menit|jam)/u,
  asks: 'siapa apa kapan mana di-mana mengapa kenapa bagaimana berapa apakah',
  leads: {
    runs: 'jalankan eksekusi perintah ketik masukkan-perintah',
    puts: 'tambahkan tempel sisipkan tulis simpan buat salin ubah edit',
    holds: 'berkas file baris isi konfigurasi skrip crontab',
    compared: 'sebelum sesudah setelah lama baru',
    forbids: 'jangan-gunakan jangan-pakai jangan-jalankan jangan salah keliru',
    does: 'skrip-akan skrip-ini sekarang-anda apa-yang',
  },
  phrases: {
    output: [
      'contoh keluaran',
      'keluaran yang diharapkan',
      'hasil yang diharapkan',
      'keluaran',
      'hasil',
    ],
    example: ['contoh keluaran', 'misalnya', 'contoh', 'seperti'],
    if: ['jika', 'apabila', 'bila', 'kalau', 'dalam hal'],
    order: ['setelah', 'begitu', 'sesudah', 'sebelum', 'sampai', 'hingga'],
    when: ['di', 'pada', 'untuk', 'dari', 'setelah', 'dengan'],
  },
  conditions: {
    opening: [
      'hanya jika',
      'hanya bila',
      'hanya apabila',
      'jika',
      'apabila',
      'bila',
      'kalau',
      'dalam hal',
    ],
    optional: ['opsional', 'jika perlu', 'bila perlu'],
    options: ['opsi', 'atau', 'alternatif', 'metode', 'pilihan'],
    emergency: list('penghentian darurat|pematian darurat|mulai ulang darurat'),
    otherwise: list('jika tidak|bila tidak|kalau tidak'),
    lasting: list('asalkan'),
    only: {
      words: list('hanya|cuma'),
      after: list('setelah|sesudah|selama'),
      over: list('selesai|langkah'),
      consent: list('persetujuan|izin'),
      apart: 3,
    },
    gates: {
      goOn: list('lanjutkan|lanjut|teruskan'),
      stop: list('berhenti|hentikan|batalkan|stop'),
      never: list('jangan lanjutkan|jangan lanjut|jangan teruskan|jangan melanjutkan'),
      if: list('jika|bila|apabila|kalau'),
      unless: list('kecuali jika|kecuali bila|kecuali'),
      just: list('hanya'),
      onlyIf: list('hanya jika|hanya bila|hanya apabila'),
      objects: list(
        'di sini|segera|sekarang|proses|prosedur|pembaruan|migrasi|proses ini|prosedur ini|semuanya',
      ),
      and: list('dan|atau'),
    },
  },
  examples: {
    tells: [
      'Buka panel admin',
      'Periksa berkas log',
      'Hentikan layanan',
      'Cabut steker',
      'Tunggu sampai tugas selesai',
      'Jika gagal, beritahu tim',
    ],
    states: [
      'Server berada di Jakarta',
      'Penyebabnya adalah kurang memori',
      'Mengapa layanan tidak merespons?',
      'Piket: Ani Wijaya',
      'Cache disimpan lima menit',
      'Diskusi ada di ruang dua',
    ],
  },
};
