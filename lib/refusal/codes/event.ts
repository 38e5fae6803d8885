export const eventCodes = {
  /**
   * More distinct events came within one window than are kept (10,000 by default), or a sink could not keep up. What
   * was not written is counted by code, and this event carries the counts, so that a flood cannot hide in silence.
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
    message: 'Events were counted but not written, because there were more than are kept.',
    hint: 'Look for a flood from few addresses first; then raise `maxKeys`, or give the sink more room.',
  },
} as const;
