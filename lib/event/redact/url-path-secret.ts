const segments = '(?:\\/[\\w.-]{1,16}){0,2}\\/';

/** The purposes of a link whose path holds a token. */
const purposes =
  '(?:reset|forgot|recover|change|set)[-_]?(?:password|pw)?|password[-_]?resets?|verif(?:y|ication)(?:[-_]?(?:email|account))?|confirm(?:ation)?(?:[-_]?email)?|activat(?:e|ion)|(?:magic|login)[-_]?links?|magic|(?:accept[-_]?)?invit(?:e|es|ation|ations)|unsubscribe|one[-_]?time';

const purpose = new RegExp(
  `(\\/(?:${purposes})${segments})(?=[\\w-]{0,80}\\d)(?=[\\w-]{0,80}[A-Za-z])[\\w-]{20,200}`,
  'gi',
);

/** A shorter token, or one behind a word that leads to pages as well. It must look issued. */
const mixed = new RegExp(
  `(\\/(?:${purposes}|join|recovery|passwordless|tokens?)${segments})((?=[\\w-]{0,80}\\d)(?=[\\w-]{0,80}[A-Za-z])[\\w-]{16,200})(?![\\w-])`,
  'gi',
);

const privateFeed = /(\/private-)[a-f\d]{16,64}(?=\/)/g;

/** Redacts tokens in the paths of links that reset, confirm, activate or invite. */
export function withoutPathSecrets(text: string): string {
  if (!/\/[\w-]{16}/.test(text)) return text;
  return text
    .replace(purpose, '$1[redacted]')
    .replace(mixed, (found, before: string, token: string) =>
      isIssued(token) ? `${before}[redacted]` : found,
    )
    .replace(privateFeed, '$1[redacted]');
}

/**
 * Letters and digits change often in a token, and seldom in a slug (`erc20-and-erc721-tokens`) or in a word with a number.
 * The address of a contract is public: `/token/0x...`.
 */
function isIssued(token: string): boolean {
  if (/^0x[\da-f]{40}$/i.test(token)) return false;
  // Capitals count, but for those that begin a word.
  const changes = token.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z](?![a-z]{2}))/g)?.length ?? 0;
  return changes >= (/[-_]/.test(token) ? 4 : 3);
}
