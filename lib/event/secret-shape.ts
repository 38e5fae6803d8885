/** Patterns that are tried only on text that has `hint` in it: most has not. */
export interface SecretShapes {
  readonly hint: string;
  readonly patterns: readonly (readonly [pattern: RegExp, replacement: string])[];
}

/** What issuers put in front of the tokens they issue, as they document it for the scanning of repositories (2026). */
const prefixes = [
  // GitHub, GitLab, Slack, npm, PyPI, Hugging Face, DigitalOcean
  'gh[pousr]_|github_pat_|glpat-|glptt-|gldt-|xox[abeoprs]-|xapp-|npm_(?=[A-Za-z\\d]{30})|pypi-AgE',
  'hf_(?=[A-Za-z\\d]{30})|do[op]_v1_',
  // Stripe, OpenAI, Anthropic, Square, Shopify
  'sk[-_](?:live|test|ant|proj|or|svcacct)[-_]|sk-(?=[A-Za-z\\d]{32})|[pr]k_(?:live|test)_|whsec_|sq0(?:atp|csp)-|shp(?:at|ca|pa|ss)_',
  // Google, SendGrid, Mailgun, Twilio
  'AIza|ya29\\.|GOCSPX-|1//0|SG\\.|key-(?=[a-f\\d]{32})|AC(?=[a-f\\d]{32}\\b)|SK(?=[a-f\\d]{32}\\b)',
  // Vault, Databricks, Doppler, Linear, Figma, Grafana, New Relic, Postman, Atlassian, age, Notion, Tailscale
  'hv[sb]\\.|dapi(?=[a-f\\d]{32})|dp\\.(?:st|pt|sa)\\.|lin_api_|figd_|glsa_|NRAK-|PMAK-|ATATT3x|AGE-SECRET-KEY-1',
  'ntn_(?=[A-Za-z\\d]{30})|tskey-',
].join('|');

/**
 * Secrets that their own shape gives away, whatever stands before them.
 *
 * Each pattern is a fixed prefix and then one class repeated within bounds, so that none goes back over text it has read.
 */
export const secretShapes: readonly SecretShapes[] = [
  {
    // PEM and OpenPGP, with or without an end, because the text may have been cut.
    hint: '-----BEGIN',
    patterns: [
      [
        /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,60}-----|$)/g,
        '[private key]',
      ],
    ],
  },
  {
    hint: '://',
    patterns: [
      // scheme://user:password@host. For databases the password may hold a slash.
      [
        /\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse):\/\/)[^\s@:"']{0,100}:[^\s"'<>]{1,400}@/gi,
        '$1[redacted]@',
      ],
      [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#:"'<>]{0,200}:[^\s/?#"'<>]{0,400}@/gi, '$1[redacted]@'],
      // The same, cut before its host: a port is never that long.
      [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#@:"'<>]{0,200}:[^\s/?#@:"'<>]{32,}/gi, '$1[redacted]'],
    ],
  },
  {
    // Webhooks whose address is their secret.
    hint: 'hooks',
    patterns: [
      [/(\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/-]{10,}/g, '$1[redacted]'],
      [/(\bdiscord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/)[\w-]{10,}/g, '$1[redacted]'],
    ],
  },
  // JSON Web Tokens, signed, encrypted, or cut.
  { hint: 'eyJ', patterns: [[/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, '[token]']] },
  // Telegram's bots.
  { hint: ':AA', patterns: [[/(?<!\w)(?:bot)?\d{8,10}:AA[\w-]{32,}/g, '[token]']] },
  {
    // Hashes of passwords.
    hint: '$',
    patterns: [
      [/\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,16}|5|6|y)\$[\w./+=,$-]{20,}/g, '[hash]'],
    ],
  },
  {
    hint: '',
    patterns: [
      // Amazon's key ids.
      [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z\d]{12,16}\b/g, '[key]'],
      // With a digit soon, because `xapp-` and the like also begin ordinary words.
      [new RegExp(`(?<!\\w)(?:${prefixes})(?=[\\w.-]{0,40}\\d)[\\w.-]{10,}`, 'g'), '[key]'],
    ],
  },
];
