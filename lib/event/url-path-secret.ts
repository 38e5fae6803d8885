/** The purposes of a link whose path holds a token. */
const purpose =
  /(\/(?:(?:reset|forgot|recover|change|set)[-_]?(?:password|pw)?|password[-_]?resets?|verif(?:y|ication)(?:[-_]?(?:email|account))?|confirm(?:ation)?(?:[-_]?email)?|activat(?:e|ion)|(?:magic|login)[-_]?links?|magic|invit(?:e|es|ation|ations)|unsubscribe|one[-_]?time)(?:\/[\w.-]{1,16}){0,2}\/)(?=[\w-]{0,80}\d)(?=[\w-]{0,80}[A-Za-z])[\w-]{20,200}/gi;
const privateFeed = /(\/private-)[a-f\d]{16,64}(?=\/)/g;

/** Redacts tokens in the paths of links that reset, confirm, activate or invite. */
export function withoutPathSecrets(text: string): string {
  if (!/\/[\w-]{20}/.test(text)) return text;
  return text.replace(purpose, '$1[redacted]').replace(privateFeed, '$1[redacted]');
}
