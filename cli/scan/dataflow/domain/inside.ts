import { inexact, inside, joinTaints, noTaints, type Taint } from './taint.ts';

/**
 * The taints of the entry `name` of an object with these taints. Taints from stored records are left out if `name` is
 * the usual name of a database column whose value an attacker cannot choose, such as `price` or `id`.
 */
export function taintsInside(taints: readonly Taint[], name: string): readonly Taint[] {
  const only = taints[0];
  if (only && taints.length === 1) {
    if (only.origin.kind === 'source') {
      if (isNumberOfRecord(only, name)) return noTaints;
      return isErrorOfServer(only, name) ? [taintInside(only, name)] : taints;
    }
    return only.exact ? [taintInside(only, name)] : taints;
  }
  let inside = noTaints;
  for (const taint of taints)
    if (!isNumberOfRecord(taint, name)) inside = joinTaints(inside, [taintInside(taint, name)]);
  return inside;
}

/** Names of columns that hold a number, a date or an id, even if an attacker stored the rest of the record. */
const numberNames =
  /^(?:id|pk|uuid|count|total|amount|price|quantity|qty|balance|age|year|rank|rating|score|timestamp)$|_(?:id|at|count|on)$|[a-z](?:Id|At|Count)$/;

function isNumberOfRecord({ origin }: Taint, name: string): boolean {
  return origin.kind === 'source' && origin.source === 'stored' && numberNames.test(name);
}

/** Whether an entry of a response is a message about an error. The server's program writes it: that others did is a guess. */
function isErrorOfServer({ origin }: Taint, name: string): boolean {
  return (
    (name === 'error' || name === 'errors') &&
    origin.kind === 'source' &&
    origin.source === 'stored' &&
    answers.test(origin.what)
  );
}

/** Sources that are responses to the requests of a page. */
const answers = /^(?:web\.|jquery\.|axios|global\.XMLHttpRequest)/;

/**
 * The taint of the entry `name` of a value with this taint. An exact taint from a parameter, a variable or the result
 * of a callback is narrowed to that entry: parameter `req` -> `req.body`. If the access path would get too long, the
 * taint becomes inexact instead. Other taints stay as they are, but that of an error message in a response becomes
 * weak.
 */
export function taintInside(taint: Taint, name: string): Taint {
  if (taint.origin.kind === 'source') return isErrorOfServer(taint, name) ? { ...taint, weak: true } : taint;
  if (!taint.exact) return taint;
  const origin = inside(taint.origin, name);
  if (!origin) return inexact(taint);
  const { clean, exact, weak, trace } = taint;
  return { origin, clean, exact, weak, trace };
}
