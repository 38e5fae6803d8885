/** Secrets that only the words around them give away. Tried on text with spaces in it. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // A wallet's words: at least twelve. Fewer only after a sign, if the text was cut.
  [
    /(\b(?:mnemonic|(?:seed|recovery|secret|backup|wallet)[ _-]?(?:phrase|words?))["']?\s?(?:[=:]\s?["']?(?=(?:[a-z]{3,8}[ ,]{1,2}){4})|["']?))(?:[a-z]{3,8}[ ,]{1,2}){4,23}[a-z]{0,8}(?:$|(?<=(?:[ ,]{1,2}[a-z]{3,8}){11}))/gi,
    '$1[redacted]',
  ],
  [/(\b(?:cvv2?|cvc2?)[\s:#="']{1,4})\d{3,4}\b/gi, '$1[redacted]'],
  [
    /(\b(?:ssn|social security(?: (?:number|no\.?))?)["']?\W{1,4})\d{3}[- ]?\d{2}[- ]?\d{4}\b/gi,
    '$1[redacted]',
  ],
  // Arguments of SQL functions that take a key or a password.
  [
    /(\b(?:crypt|hmac|old_password|pgp_sym_(?:en|de)crypt(?:_bytea)?|aes_(?:en|de)crypt|des_(?:en|de)crypt)\s?\((?:[^()'"]{0,80},)?\s?)(?:'(?:[^'\\]|\\.|''){1,200}'|"[^"]{1,200}")/gi,
    "$1'[redacted]'",
  ],
  // The third argument of a connection in a PHP stack trace.
  [/(\b(?:PDO|mysqli)(?:->__construct|_connect)?\((?:'[^'\n]{0,200}', ){2}')[^'\n]{1,200}/g, '$1[redacted]'],
  [/(\.pgpass\b[^\n\w]{0,6}(?:[\w.*-]{1,80}:){4})[^\s:]{1,200}/g, '$1[redacted]'],
];

/** Redacts what the words around it call a secret. */
export function withoutSpokenSecrets(text: string): string {
  if (!spoken.test(text)) return text;
  let clean = text;
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}

const spoken = /cv[vc]|phrase|words|mnemonic|ssn|security|crypt|hmac|old_password|PDO|mysqli|pgpass/i;
