import { instAt, type Place } from '../callgraph/query/called-on.ts';
import { makerOf } from '../callgraph/query/maker-of.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../ir/ir.ts';

const options: readonly string[] = ['allow_redirects', 'follow_redirects', 'redirect'];

/** For each option of JavaScript's clients (`fetch`, axios, got, undici), the values that disable redirects. */
const refusals: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['redirect', ['error', 'manual']],
  ['maxRedirects', [0]],
  ['maxRedirections', [0]],
  ['followRedirect', [false]],
]);

/** Clients that follow no redirects by default. */
const staying = /^(?:httpx\.|http\.client\.|asyncio\.|requests\.(?:Session\.)?head\b)/;

/**
 * Whether a request may follow redirects. False if an option of the call or of its client turns them off. Also false if the
 * client follows none by default, and no option turns them on.
 * @param sink the name of the sink, such as `httpx.get`
 */
export function followsRedirects(
  { linked, id, func, language }: FunctionView,
  inst: Call,
  sink: string,
): boolean {
  if (!language.hasKeywordArguments && inst.args.some((arg) => refusesRedirects(arg))) return false;
  const own = option({ func: id, value: -1 }, inst);
  if (own !== undefined) return own;
  if (!staying.test(sink)) return true;
  const callee = func.code[inst.callee];
  if (callee?.op !== 'member') return false;
  // A module such as `httpx`, or a client that may have been created with the option.
  const place = makerOf(linked, { func: id, value: callee.object });
  const made = instAt(linked, place);
  if (made?.op === 'import' || made?.op === 'global') return false;
  return made?.op !== 'call' || option(place, made) === true;

  function refusesRedirects(value: ValueId): boolean {
    const given = instAt(linked, { func: id, value });
    return (
      given?.op === 'object' &&
      given.keys.some((key, i) => {
        const said = instAt(linked, { func: id, value: given.values[i] ?? -1 });
        return said?.op === 'const' && refusals.get(String(key))?.includes(said.value) === true;
      })
    );
  }

  function option(at: Place, { args, names }: Call): boolean | undefined {
    const index = names?.findIndex((name) => name !== null && options.includes(name)) ?? -1;
    const value = args[index];
    if (value === undefined) return names?.includes('**') ? true : undefined;
    const given = instAt(linked, makerOf(linked, { ...at, value }));
    return given?.op !== 'const' || given.value !== false;
  }
}
