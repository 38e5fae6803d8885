import { issuedPrefixes } from './issued-token.ts';

/** Patterns that are tried only on a text with `hint` in it. Most texts have none. */
interface SecretShapes {
  readonly hint: string | RegExp;
  readonly patterns: readonly (readonly [pattern: RegExp, replacement: string])[];
}

/**
 * Secrets with a shape of their own, whatever precedes them.
 *
 * Each repetition is bounded and starts after a fixed prefix, so time stays linear.
 */
const hinted: readonly SecretShapes[] = [
  {
    // PEM, OpenPGP, SSH2 and OpenVPN, with or without an end, as the text may have been cut. In a form, `+` is a space.
    hint: '---',
    patterns: [
      [
        /-{4,5}[ +]?BEGIN[ +][A-Za-z0-9 +]{0,40}(?:PRIVATE|Static)[ +]KEY(?:[ +][A-Z0-9 +]{1,8})?[ +]?-{4,5}[\s\S]*?(?:-{4,5}[ +]?END[ +][A-Za-z0-9 +]{0,60}-{4,5}|$)/gi,
        '[private key]',
      ],
    ],
  },
  {
    hint: 'Private-Lines:',
    patterns: [
      [
        /(Private-Lines: ?\d{1,3}(?:\s|\\r|\\n)+)[\s\S]*?(?:Private-MAC: ?[a-f\d]{1,64}|$)/g,
        '$1[private key]',
      ],
    ],
  },
  {
    // `-----BEGIN ` in base64, except certificates and public keys.
    hint: 'LS0tLS1CRUdJTi',
    patterns: [[/LS0tLS1CRUdJTi(?!BDRV|BQVUJ|BUUlV)[\w+/=%-]{20,}/g, '[private key]']],
  },
  {
    hint: '@',
    patterns: [
      // scheme://user:password@host. For databases the password may hold a slash.
      [
        /\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse|cassandra|nats|ldaps?|smtps?):\/\/)[^\s@:"']{0,100}:[^\s"'<>]{1,400}@/gi,
        '$1[redacted]@',
      ],
      [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#:"'<>]{0,200}:[^\s/?#"'<>]{0,400}@/gi, '$1[redacted]@'],
      // A password with a slash in it. A port before a path is not one.
      [
        /\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#:[\]"'<>]{1,100}:(?!\d{1,5}(?:[/?#]|$))[^\s"'<>]{1,200}@/gi,
        '$1[redacted]@',
      ],
      // The rest of a password with a second at sign.
      [/(:\/\/\[redacted\]@)[^\s"'<>/?]{1,200}@/g, '$1'],
      // A token in the place of the user.
      [
        /\b([a-z][a-z\d+.-]{1,20}:\/\/)(?=[^\s/?#@:]{0,100}\d)(?=[^\s/?#@:]{0,100}[A-Za-z])(?:(?=[a-z\d._~%-]{0,100}[A-Z])[\w.~%-]{12,100}|[\w.~%-]{20,100})@/g,
        '$1[redacted]@',
      ],
    ],
  },
  {
    hint: '://',
    patterns: [
      // User information, cut before its host: a port is never that long.
      [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#@:;,"'<>]{0,200}:[^\s/?#@:"'<>]{32,}/gi, '$1[redacted]'],
    ],
  },
  {
    // Connection strings without a scheme: Oracle's thin driver, and the MySQL driver of Go.
    hint: '@',
    patterns: [
      [/\b(jdbc:oracle:[a-z\d]{1,8}:[^\s/@:]{1,60}\/)[^\s"']{1,100}?@(?=\/\/|[\w(])/gi, '$1[redacted]@'],
      [/(?<![\w.:/-])([\w.-]{1,40}:)[^\s"'/]{1,100}@(?=(?:tcp|unix)\()/g, '$1[redacted]@'],
    ],
  },
  {
    // Webhooks: the address is the secret.
    hint: 'hook',
    patterns: [
      [/(\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/-]{10,}/g, '$1[redacted]'],
      [/(\bdiscord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/)[\w-]{10,}/g, '$1[redacted]'],
      [/(\.webhook\.office\.com\/webhookb?2?\/)[\w@/-]{10,}/g, '$1[redacted]'],
      [/(\bhooks\.zapier\.com\/hooks\/catch\/)[\w/-]{5,}/g, '$1[redacted]'],
      [/(\bhook\.[a-z\d.]{0,12}(?:make|integromat)\.com\/)[\w-]{10,}/g, '$1[redacted]'],
    ],
  },
  {
    hint: 'maker.ifttt.com',
    patterns: [[/(\bmaker\.ifttt\.com\/[\w/-]{1,80}\/key\/)[\w-]{10,}/g, '$1[redacted]']],
  },
  {
    hint: 'outlook.office',
    patterns: [[/(\boutlook\.office(?:365)?\.com\/webhook\/)[\w@/-]{10,}/g, '$1[redacted]']],
  },
  // JSON Web Tokens: signed, encrypted or cut. A single part is a cursor or the like.
  { hint: 'eyJ', patterns: [[/(?<![A-Za-z\d])eyJ[\w-]{8,}\.[\w-]*(?:\.[\w-]*){0,3}/g, '[token]']] },
  // SAML messages in base64.
  { hint: 'PHNhbW', patterns: [[/\bPHNhbW[\w+/=%-]{20,}/g, '[saml]']] },
  { hint: 'AAQA', patterns: [[/(?<![\w+/])AAQA[\w+/]{50,60}={0,2}/g, '[saml]']] },
  // Telegram's bots.
  { hint: ':AA', patterns: [[/(?<!\w)(?:bot)?\d{8,10}:AA[\w-]{32,}/g, '[token]']] },
  {
    // The private parts of a JSON Web Key, and of an XML key.
    hint: '"kty"',
    patterns: [[/("(?:d|k|p|q|dp|dq|qi)"\s?:\s?")[\w+/=-]{12,}/g, '$1[redacted]']],
  },
  {
    hint: '<RSAKeyValue',
    patterns: [[/(<(?:D|P|Q|DP|DQ|InverseQ)>)[\w+/=\s]{12,}/g, '$1[redacted]']],
  },
  { hint: 'xprv', patterns: [[/\b[xyz]prv[A-Za-z\d]{60,}/g, '[key]']] },
  {
    // Password hashes: the modular crypt format, Django, Werkzeug and PostgreSQL.
    hint: /\$[\w./+=,*$:-]{20}/,
    patterns: [
      [
        /\$(?:2[abxy]?|1|5|6|7|8|9|y|gy|P|H|S|A|apr1|md5|sha1|[a-z][a-z\d]{3,12}(?:-[\w-]{1,16})?)\$[\w./+=,*$:-]{20,}/g,
        '[hash]',
      ],
      [
        /\b(?:(?:django_)?pbkdf2_\w{3,12}|bcrypt(?:_\w{3,8})?|argon2\w{0,2}|scrypt|sha1|md5|sha\d{3}|pbkdf2:\w{3,10}:\d{1,8}|scrypt:[\d:]{3,20}|SCRAM-SHA-(?:1|256))\$[\w./+=,$:-]{20,}/g,
        '[hash]',
      ],
    ],
  },
  {
    // The rest of a secret that an encoded sign split.
    hint: /\[(?:hash|key|card)\]=/,
    patterns: [[/(\[(?:hash|key|card)\])=[\w./+=,$:-]{4,}/g, '$1']],
  },
  {
    // LDAP hashes.
    hint: /\}[\w+/=.$,]{8}/,
    patterns: [
      [/\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]{0,10}|ARGON2)\}[\w+/=.$,]{8,}/gi, '[hash]'],
    ],
  },
  // Tokens that may have no digit: SendGrid, Hugging Face, Razorpay, PostHog, Vercel, NuGet.
  { hint: 'SG.', patterns: [[/(?<!\w)SG\.[\w-]{16,32}\.[\w-]{16,64}/g, '[key]']] },
  {
    hint: 'hf_',
    patterns: [[/(?<!\w)hf_(?=[a-z]{0,33}[A-Z])(?=[A-Z]{0,33}[a-z])[A-Za-z]{34}(?!\w)/g, '[key]']],
  },
  { hint: 'rzp_', patterns: [[/(?<!\w)rzp_(?:live|test)_[A-Za-z\d]{14,40}/g, '[key]']] },
  { hint: /ph[csx]_/, patterns: [[/(?<!\w)ph[csx]_[A-Za-z\d]{40,60}(?!\w)/g, '[key]']] },
  {
    hint: /vc[aikpr]_/,
    patterns: [[/(?<!\w)vc[aikpr]_(?=[a-z\d]{0,40}[A-Z])[A-Za-z\d]{24,80}(?!\w)/g, '[key]']],
  },
  { hint: 'oy2', patterns: [[/(?<!\w)oy2[a-z\d]{43}(?!\w)/g, '[key]']] },
  // Fly.io's macaroons, in a list.
  { hint: 'FlyV1', patterns: [[/(?<!\w)FlyV1 fm\w{1,3}_[\w+/=,.-]{20,}/g, '[key]']] },
  { hint: /fm[12]/, patterns: [[/(?<!\w)fm[12][ar]?_[\w+/]{40,}={0,2}/g, '[key]']] },
  // Mailchimp, Microsoft Entra, and the first tokens of Vault: unlike a name in code, those have capitals within words.
  { hint: '-us', patterns: [[/(?<!\w)[a-f\d]{32}-us\d{1,2}(?!\w)/g, '[key]']] },
  { hint: 'Q~', patterns: [[/(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])/g, '[key]']] },
  {
    hint: 's.',
    patterns: [
      [
        /(?<![\w.$/-])s\.(?=[A-Za-z]{0,23}\d)(?=(?:[a-z\d]{0,23}?[A-Z](?![a-z]{2})){3})[A-Za-z\d]{24}(?![\w.([=$])/g,
        '[key]',
      ],
    ],
  },
  {
    // PostgreSQL's older hashes, which are other checksums without the word beside them.
    hint: 'md5',
    patterns: [
      [/((?:passw(?:or)?d|pwd|shadow)\w{0,20}\b[^\n]{0,80}?(?<!\w))md5[a-f\d]{32}(?!\w)/gi, '$1[hash]'],
      [/(?<!\w)md5[a-f\d]{32}(?!\w)(?=[^\n]{0,40}(?:passw(?:or)?d|pwd))/gi, '[hash]'],
    ],
  },
  // MySQL hashes, and LM and NT hashes.
  { hint: /\*[A-F\d]{40}/, patterns: [[/(?<![\w*])\*[A-F\d]{40}\b/g, '[hash]']] },
  { hint: ':::', patterns: [[/(?<![\da-f])[a-f\d]{32}:[a-f\d]{32}(?=:::)/gi, '[hash]']] },
];

/** Tried on each text with a long word. */
const unhinted: SecretShapes['patterns'] = [
  // Amazon's key ids.
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z\d]{12,16}\b/g, '[key]'],
  // Discord's bots.
  [/(?<![\w.-])[MNO][A-Za-z\d]{22,27}\.[\w-]{6,7}\.[\w-]{27,45}(?![\w.-])/g, '[token]'],
  // A digit must follow soon, because ordinary words begin with `xapp-` and the like, too.
  [
    new RegExp(
      `(?<!\\w)(?:${issuedPrefixes})(?=[\\w.$+/-]{0,40}\\d)[\\w.+/%$-]{10,}(?:=[A-F\\d]{8}\\b|={1,2})?`,
      'g',
    ),
    '[key]',
  ],
];

/** One test for all hints: most texts have none. */
const anyHint = new RegExp(
  hinted.map(({ hint }) => (typeof hint === 'string' ? hint.replace('.', '\\.') : hint.source)).join('|'),
);

/** Redacts what has the shape of a secret. */
export function withoutShapedSecrets(text: string): string {
  let clean = text;
  if (anyHint.test(clean)) {
    for (const { hint, patterns } of hinted) {
      if (typeof hint === 'string' ? !clean.includes(hint) : !hint.test(clean)) continue;
      for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    }
  }
  if (/[\w.-]{14}/.test(clean)) {
    for (const [pattern, replacement] of unhinted) clean = clean.replace(pattern, replacement);
  }
  return clean;
}
