import { sharedIfAny } from '../../internal/registry.ts';

type Record = (code: string, action: 'blocked', detail: object) => void;

/** Writes an event on a server that `bulwark()` or `configureEvents` has set up, and a line to the console elsewhere. */
export function reportUnsafe(
  code: 'html/unsafe-url' | 'html/unsafe-style',
  detail: { readonly place: string; readonly value: string },
): void {
  const record = sharedIfAny<Record>('record');
  if (record) record(code, 'blocked', { ...detail, value: detail.value.slice(0, 1024) });
  // Without the value, which is not for everybody who reads a console.
  else console.error(`bulwark: ${code}: ${detail.place} had a value that is not allowed, and was replaced.`);
}

/** Where the value was, for the report. The element's name is untrusted too, so it is only included if it looks like one. */
export function placeOf(name: string, element: string | undefined): string {
  if (element === undefined) return `${name} of a component`;
  return /^[a-z][a-z0-9-]{0,30}$/i.test(element) ? `${name} of <${element}>` : `${name} of an element`;
}
