export const eventCodes = {
  /**
   * A window had more distinct events than it keeps (10,000 by default; half of them for one code, a quarter for one
   * client), or a sink failed or could not keep up. Events that a sink does not get are counted by code, and this event
   * brings it the counts, so a flood cannot hide in silence. A failing sink is told again after each window.
   *
   * ```text
   * {"code":"event/dropped","count":1,"evidence":{"fetch/private-address":990000}}
   * ```
   */
  'event/dropped': {
    kind: 'notice',
    severity: 'medium',
    cwe: 778,
    owasp: 'A09:2025',
    message: 'Some events were counted but not written.',
    hint: 'Look first for a flood from a few addresses. Then raise `maxKeys`, or `maxQueue` for a slow sink.',
  },
} as const;
