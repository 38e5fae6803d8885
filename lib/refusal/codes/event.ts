export const eventCodes = {
  /**
   * More distinct events came within one window than are kept (10,000 by default; half of them for one code, a quarter
   * for one client), or a sink failed or could not keep up. What a sink does not get is counted by code, and this event
   * carries the counts to it, so that a flood cannot hide in silence. A sink that fails is told again after each window.
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
