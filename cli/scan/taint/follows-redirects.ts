import type { Call } from '../ir/ir.ts';
import { instAt, type Place } from './called-on.ts';
import type { Frame } from './frame.ts';
import { makerOf } from './maker-of.ts';

const options: readonly string[] = ['allow_redirects', 'follow_redirects', 'redirect'];

/** Clients that follow no redirect unless they are told to. */
const staying = /^(?:httpx\.|http\.client\.|asyncio\.|requests\.(?:Session\.)?head\b)/;

/** Whether a request of Python's clients may lead on to where the answer says. */
export function followsRedirects({ linked, id, func }: Frame, inst: Call, sink: string): boolean {
  const own = option({ func: id, value: -1 }, inst);
  if (own !== undefined) return own;
  if (!staying.test(sink)) return true;
  const callee = func.code[inst.callee];
  if (callee?.op !== 'member') return false;
  // `httpx.get`, or a client, which may have been made with the option.
  const place = makerOf(linked, { func: id, value: callee.object });
  const made = instAt(linked, place);
  if (made?.op === 'import' || made?.op === 'global') return false;
  return made?.op !== 'call' || option(place, made) === true;

  function option(at: Place, { args, names }: Call): boolean | undefined {
    const index = names?.findIndex((name) => name !== null && options.includes(name)) ?? -1;
    const value = args[index];
    if (value === undefined) return names?.includes('**') ? true : undefined;
    const given = instAt(linked, makerOf(linked, { ...at, value }));
    return given?.op !== 'const' || given.value !== false;
  }
}
