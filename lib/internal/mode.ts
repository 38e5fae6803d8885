import { Misuse } from '../refusal/misuse.ts';

/** What a policy does when it says no. Report mode needs its end, at most 180 days ahead. */
export type ModeOptions =
  | { readonly mode?: 'enforce' }
  | {
      /** Write an event and let it pass, where the code is reportable. */
      readonly mode: 'report';
      /** A date (`2027-01-31`, the end of that day in UTC) or a moment; from then on the policy is enforced. */
      readonly until: string | Date;
    };

/** Report until this moment (milliseconds since the epoch); 0 enforces always. */
export type Mode = { readonly reportUntil: number };

export const enforced: Mode = Object.freeze({ reportUntil: 0 });

const longest = 180 * 24 * 60 * 60 * 1000;

export function parseMode(options: { readonly mode?: string; readonly until?: string | Date }): Mode {
  if (options.mode === undefined || options.mode === 'enforce') return enforced;
  if (options.mode !== 'report') {
    throw new Misuse('bulwark/invalid-option', "mode is 'enforce' or 'report'.");
  }
  const { until } = options;
  const end =
    until instanceof Date
      ? until.getTime()
      : typeof until === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(until)
        ? Date.parse(`${until}T23:59:59.999Z`)
        : Date.parse(String(until));
  if (!Number.isFinite(end) || end > Date.now() + longest) throw new Misuse('bulwark/report-without-end');
  return Object.freeze({ reportUntil: end });
}
