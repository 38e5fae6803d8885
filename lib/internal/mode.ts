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

const day = 24 * 60 * 60 * 1000;
const longest = 180 * day;

/** @throws Misuse `bulwark/report-without-end`, `bulwark/invalid-option` */
export function parseMode(options: { readonly mode?: string; readonly until?: string | Date }): Mode {
  // Only what the developer wrote: a polluted prototype must not turn a guard off.
  if (!Object.hasOwn(options, 'mode') || options.mode === undefined || options.mode === 'enforce')
    return enforced;
  if (options.mode !== 'report') {
    throw new Misuse('bulwark/invalid-option', "mode is 'enforce' or 'report'.");
  }
  const reportUntil = momentOf(options.until);
  // A moment that has passed is accepted: the application must still start on the day after.
  if (reportUntil === undefined || reportUntil > endOfDay(Date.now() + longest)) {
    throw new Misuse('bulwark/report-without-end');
  }
  return Object.freeze({ reportUntil });
}

function momentOf(until: string | Date | undefined): number | undefined {
  if (until instanceof Date) return Number.isNaN(until.getTime()) ? undefined : until.getTime();
  const date = typeof until === 'string' ? isoDate.exec(until)?.[1] : undefined;
  // Date.parse takes the 31st of February for the 3rd of March.
  if (date === undefined || !isCalendarDay(date)) return undefined;
  const moment = until === date ? endOfDay(Date.parse(date)) : Date.parse(String(until));
  return Number.isNaN(moment) ? undefined : moment;
}

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function isCalendarDay(date: string): boolean {
  const moment = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
}

function endOfDay(moment: number): number {
  return Math.floor(moment / day) * day + day - 1;
}
