import { Misuse } from '../../../refusal/misuse.ts';

/** A value of a configuration, with its place in the file for the sentence that says what is wrong with it. */
export type Fields = Readonly<Record<string, unknown>>;

/** @param place `roles[0].hosts`; empty for the whole file */
export function invalidAt(place: string, sentence: string, hint?: string): Misuse {
  const where = place === '' ? sentence : `${place}: ${sentence}`;
  return new Misuse('gateway/invalid-config', where, hint === undefined ? {} : { hint });
}

/** Own properties alone, and only those that are known: a misspelt limit must not be a limit that is not there. */
export function readFields(value: unknown, place: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidAt(place, `This is a group of fields: ${known.join(', ')}.`);
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalidAt(fieldAt(place, unknown), `There is no such field. There are ${known.join(', ')}.`);
  }
  // All entries of a list commented out: YAML's null, and not the default, which may allow more.
  const empty = Object.entries(value).find(([, field]) => field === null)?.[0];
  if (empty !== undefined) {
    throw invalidAt(
      fieldAt(place, empty),
      'Nothing stands here: leave the field out, or write an empty list.',
    );
  }
  return Object.assign(Object.create(null), value) as Fields;
}

export function readList(value: unknown, place: string, most: number = 10_000): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidAt(place, 'This is a list.');
  if (value.length > most) throw invalidAt(place, `This list has at most ${most} entries.`);
  return value;
}

export function readText(value: unknown, place: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidAt(place, 'This is a text, and not an empty one.');
}

export function readWhole(value: unknown, place: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  throw invalidAt(place, `This is a whole number from ${least} to ${most}.`);
}

/** @param place the group's; empty for the whole file */
export function fieldAt(place: string, name: string): string {
  const shown = JSON.stringify(name.slice(0, 64)).slice(1, -1);
  return place === '' ? shown : `${place}.${shown}`;
}
