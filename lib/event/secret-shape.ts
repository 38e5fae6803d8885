/**
 * Secrets that their own shape gives away, whatever stands before them. Prefixes are those that the issuers document
 * for secret scanning, as of 2026.
 *
 * Each pattern is a fixed prefix and then one class repeated, so that none goes back over text it has read.
 */
export const secretShapes: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // PEM and OpenPGP, with or without an end, because the text may have been cut.
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,60}-----|$)/g,
    '[private key]',
  ],
  // scheme://user:password@host. For databases the password may hold a slash.
  [
    /\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse):\/\/)[^\s@:"']{0,100}:[^\s"'<>]{1,400}@/gi,
    '$1[redacted]@',
  ],
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#:"'<>]{0,200}:[^\s/?#"'<>]{0,400}@/gi, '$1[redacted]@'],
  // The same, cut before its host: a port is never that long.
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#@:"'<>]{0,200}:[^\s/?#@:"'<>]{32,}/gi, '$1[redacted]'],
  // JSON Web Tokens, signed, encrypted, or cut.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, '[token]'],
  // Amazon's key ids.
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z\d]{12,16}\b/g, '[key]'],
  [
    new RegExp(
      `(?<!\\w)(?:${[
        'gh[pousr]_|github_pat_|glpat-|glptt-|gldt-|xox[abeoprs]-|xapp-|npm_|pypi-AgE|hf_|dop_v1_|doo_v1_',
        'sk[-_](?:live|test|ant|proj|or|svcacct)[-_]|[pr]k_(?:live|test)_|whsec_|sq0(?:atp|csp)-|shp(?:at|ca|pa|ss)_',
        'AIza|ya29\\.|GOCSPX-|1//0|SG\\.|key-(?=[a-f\\d]{32})|AC(?=[a-f\\d]{32}\\b)|SK(?=[a-f\\d]{32}\\b)',
        'hv[sb]\\.|dapi(?=[a-f\\d]{32})|dp\\.(?:st|pt|sa)\\.|lin_api_|figd_|glsa_|NRAK-|PMAK-|ATATT3x|AGE-SECRET-KEY-1',
        'sk-(?=[A-Za-z\\d]{32})|ntn_|EAACEdEose0cBA|fo1_|tskey-|rnd_|re_(?=[A-Za-z\\d]{8}_)',
      ].join('|')})[\\w.-]{10,}`,
      'g',
    ),
    '[key]',
  ],
  // Webhooks whose address is their secret, and bots.
  [/(\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/-]{10,}/g, '$1[redacted]'],
  [/(\bdiscord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/)[\w-]{10,}/g, '$1[redacted]'],
  [/(?<!\w)(?:bot)?\d{8,10}:AA[\w-]{32,}/g, '[token]'],
  // Hashes of passwords.
  [/\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,16}|5|6|y)\$[\w./+=,$-]{20,}/g, '[hash]'],
];
