const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-5]):?[0-5]\d)?)?$/;

/**
 * Whether a text is a date of the calendar in the form of ISO 8601, alone or with a time of day. SQLite would store any
 * other text as it is, and PostgreSQL takes words such as `today` and `infinity` for dates.
 */
export function isIsoDate(text: string): boolean {
  const parts = form.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  // Not by a Date, which makes the 2nd of March of the 30th of February.
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The instant that a date with a time of day and a zone names, or undefined where it names none. To the millisecond. */
export function instantOf(text: string): Date | undefined {
  const parts = zoned.exec(text);
  if (!parts) return undefined;
  const [, day, time, zone = '', hours = '', minutes = ''] = parts;
  const instant = new Date(`${day}T${time}${zone === 'Z' ? zone : `${hours}:${minutes}`}`);
  return Number.isFinite(instant.getTime()) ? instant : undefined;
}

const zoned = /^(\S{10})[T ](\S+?)(Z|([+-]\d\d):?(\d\d))$/;

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
