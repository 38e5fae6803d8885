import { Misuse } from '../../refusal/misuse.ts';

/**
 * Static text is trusted, so it must come from a template literal: frozen, with frozen raw strings. Data from a client
 * is neither, and a copy of what another tag was given is no call site.
 *
 * @param tag the tag's name, for the message
 */
export function requireTemplate(strings: TemplateStringsArray, valueCount: number, tag: string): void {
  const raw: unknown = Array.isArray(strings) && Object.getOwnPropertyDescriptor(strings, 'raw')?.value;
  const genuine =
    Array.isArray(raw) &&
    Object.isFrozen(strings) &&
    Object.isFrozen(raw) &&
    raw.length === strings.length &&
    strings.length === valueCount + 1;
  if (!genuine) throw new Misuse('html/not-a-template', `The tag is ${tag}.`);
  if (strings.some((text: string | undefined) => typeof text !== 'string' || text.includes('\0'))) {
    throw new Misuse(
      'html/malformed-template',
      'It holds a NUL, or an escape that is not one of JavaScript.',
    );
  }
}
