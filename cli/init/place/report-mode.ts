/** The options of `bulwark()` in report mode, line by line. What has no report mode is enforced from the start. */
export function reportOptions(until: string, withReports: boolean = true): string[] {
  return [
    '{',
    withReports
      ? "  csp: { reportOnly: true, reportTo: '/csp-reports' }, // blocks nothing yet"
      : '  csp: { reportOnly: true }, // blocks nothing yet',
    `  csrf: { mode: 'report', until: '${until}' }, // enforced after this day`,
    '}',
  ];
}

/** How long CSRF is only reported: time to read the events of a month and of the release after it. */
const days = 90;

export function untilDay(today: Date): string {
  return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** `app.use(bulwark({ ... }));`, as a formatter breaks it. */
export function useLines(name: string, options: readonly string[]): string[] {
  const inner = callWith('bulwark(', options, '),').map((line) => `  ${line}`);
  return [`${name}.use(`, ...inner, ');'];
}

/** A call whose last argument is the options. */
export function callWith(head: string, options: readonly string[], tail: string): string[] {
  return options.map((line, i) => (i === 0 ? head : '') + line + (i === options.length - 1 ? tail : ''));
}
