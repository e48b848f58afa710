import type { Program } from '../program.ts';

/** Keys, certificates and passwords. */
export const SECRETS: readonly Program[] = [
  {
    names: 'openssl libressl',
    selects: '-servername -checkend -checkhost',
    hosts: '-connect',
    longDash: true,
    values: `-in -inform -outform -connect -servername -CAfile -CApath -cert -key -passin -passout -checkend -checkhost -starttls -cipher
      -ciphersuites -untrusted -nameopt -certopt -proxy -alpn -seconds -bytes -evp -strparse -url -issuer -host -VAfile -digest -k -pass -verify_hostname -purpose -inkey -signature -verify -prverify`,
    switches: `-noout -text -subject -issuer -dates -enddate -startdate -serial -fingerprint -sha1 -sha256 -sha384 -sha512 -md5 -hash -pubkey -modulus -showcerts
      -tls1 -tls1_1 -tls1_2 -tls1_3 -brief -quiet -verify -check -email -ocsp_uri -purpose -ext -nodes -noenc -nokeys -nocerts -clcerts -cacerts -info -base64 -hex -d -a -A -v -V -s -servername -status -crl_check -partial_chain -x509_strict -stdname -no_ssl3 -no_tls1 -no_tls1_1 -ign_eof -no_ign_eof -state -msg -debug -bugs -crlf -legacy -disabled -digest-commands -cipher-commands -binary -r -c -pubin -legacy -trusted -security_debug -multi -elapsed`,
    none: 'rand !-out !-writerand',
    reads:
      'x509 !-out !-req !-signkey !-CA, s_client, verify, version, crl !-out, asn1parse !-out, dgst !-out !-sign, sha256|sha1|md5|sha512, ciphers, list, speed, req !-out !-new !-newkey !-x509 !-keyout, rsa|ec|pkey|dsa !-out, pkcs12 -info !-out !-export, pkcs7 !-out, ocsp !-respout !-index, s_time, errstr, base64 !-out, enc -d !-out, passwd, prime, crl2pkcs7 !-out, storeutl !-out',
    writes:
      '-out, -keyout, -writerand, -sess_out, -keylogfile, -engine, -provider, -CAserial, -CAcreateserial, -reqout, -respout, -config, -keylogfile',
    asks: 'passwd $ !-stdin !-in, req -new !-subj !-batch !-config !-in, req -newkey !-subj !-batch !-config !-in, req -x509 !-subj !-batch !-config !-in',
    secrets: '-k -pass -passin -passout',
    examples: `reads: openssl x509 -in x.pem -noout -enddate
      writes asks: openssl req -new -key k -out y
      writes: openssl req -new -subj /CN=x -key k -out y
      writes: openssl x509 -in x.pem -out y
      reads: openssl s_client -connect a.example:443 -servername a.example
      none: openssl rand -hex 16
      writes: openssl rand -out x 16
      writes asks: openssl req -new -newkey rsa:2048 -nodes -keyout k -out c
      writes: openssl genrsa -out x 2048
      reads: openssl verify -CAfile ca x
      reads: openssl rsa -in x -check -noout
      writes: openssl enc -aes-256-cbc -in x -out y`,
  },
  {
    names: 'gpg gpg2',
    files: '-d=* --decrypt=*',
    values:
      '-r -u --recipient --local-user --keyserver --homedir --passphrase --passphrase-file --pinentry-mode',
    switches:
      '--with-fingerprint --with-colons --keyid-format --batch -a --armor --no-tty -q --with-subkey-fingerprint --status-fd',
    reads:
      '--list-*, -k, -K, --fingerprint, --verify, --list-packets, --check-sigs, --show-keys, -d !-o !--output, --decrypt !-o !--output, --export !-o !--output',
    destroys: '--delete-*, --gen-revoke',
    writes: '-o, --output, --import',
    asks: '--gen-key, --full-gen-key, --full-generate-key, --edit-key, --generate-key',
    answers: '--batch',
    secrets: '--passphrase',
    examples:
      'reads: gpg --list-keys\nwrites: gpg --import x\ndestroys: gpg --delete-keys x\nwrites asks: gpg --gen-key\nreads: gpg --verify x.sig\nwrites: gpg -o x -d y',
  },
  {
    names: 'htpasswd',
    values: '-C',
    reads: '-v',
    secrets: '=2',
    destroys: '-D',
    asks: '* * !-b !-i !-D',
    answers: '-b -i',
    examples: 'writes asks: htpasswd x bob\nwrites: htpasswd -b x bob geheim',
  },
  {
    names:
      'pass gopass bw keepassxc-cli lpass 1password security secret-tool ykman okta-aws saml2aws aws-okta step cfssl cfssljson certutil certigo tpm2_pcrread',
    addresses: 'show=1+ lookup=1+ get=1+',
    switches: '*',
    values: '-d -n -i -f -p -s -r --ca-url --root',
    reads:
      'ls|list|show|find|grep|search|lookup|info|status|certinfo|certificate|inspect, certificate inspect|lint|verify|fingerprint, find-certificate|find-generic-password|verify-cert|dump-keychain, -L, -V, ca health',
    destroys:
      'rm|delete|remove|reset, delete-*, -D, -F, ca revoke, oath accounts delete, piv reset',
    writes: 'certificate create|sign, git',
    asks: 'edit|insert|add|login',
    otherwise: 'writes',
    examples: 'reads: pass show x\ndestroys: pass rm x\nreads: step certificate inspect x',
  },
  {
    names: 'mkcert',
    longDash: true,
    reads: '-CAROOT',
    destroys: '-uninstall',
    examples: 'writes: mkcert -install\ndestroys: mkcert -uninstall',
  },
  {
    names: 'gkms-vault-cat gkms-vault-show',
    switches: '*',
    otherwise: 'reads',
    examples: 'reads: gkms-vault-cat x',
  },
  {
    names:
      'update-ca-certificates update-ca-trust trust c_rehash update-alternatives alternatives update-grub grub-install grub2-mkconfig grub-mkconfig mokutil locale-gen',
    reads: 'list|check|dump, --list, --display, --query, --get-selections, --sb-state, --list-*',
    destroys: '--remove, --remove-all, -B, --delete, --reset',
    asks: '--config',
    examples:
      'reads: update-alternatives --display x\nwrites: update-grub\nwrites: grub-install -v x',
  },
  {
    names: 'efibootmgr',
    reads: '$, -v $',
    destroys: '-B, --delete-bootnum',
    examples: 'reads: efibootmgr -v\nwrites: efibootmgr -n 1',
  },
];
