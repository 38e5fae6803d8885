import type { Linked } from '../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import { isOfType } from '../models/state-traits.ts';

const maxDepth = 6;

/**
 * The name of the setting that a value is read from: `process.env.API` -> `API`, `settings.API_URL` -> `API_URL`. The
 * operator of the program chooses the value of a setting. Undefined for other values.
 */
export function settingName(linked: Linked, place: Place): string | undefined {
  return nameWithin(linked, place, maxDepth);
}

function nameWithin(linked: Linked, from: Place, depth: number): string | undefined {
  const place = madeBy(linked, from);
  const { func } = place;
  const inst = instOf(linked, place);
  if (depth <= 0 || !inst) return undefined;
  if (inst.op === 'member')
    return isSettings(linked, { func, value: inst.object }, depth) ? inst.name : undefined;
  if (inst.op === 'index') {
    const key = instOf(linked, madeBy(linked, { func, value: inst.key }));
    return key?.op === 'const' &&
      typeof key.value === 'string' &&
      isSettings(linked, { func, value: inst.object }, depth)
      ? key.value
      : undefined;
  }
  if (inst.op !== 'call') return undefined;
  const callee = instOf(linked, { func, value: inst.callee });
  const key = instOf(linked, madeBy(linked, { func, value: inst.args[0] ?? -1 }));
  if (key?.op !== 'const' || typeof key.value !== 'string') return undefined;
  // `os.getenv('API')`, decouple's `config('API')`
  if (callee?.op === 'import')
    return (callee.name === 'getenv' && callee.specifier === 'os') ||
      (callee.name === 'config' && callee.specifier === 'decouple')
      ? key.value
      : undefined;
  if (callee?.op !== 'member') return undefined;
  const owner = { func, value: callee.object };
  const object = instOf(linked, madeBy(linked, owner));
  if (callee.name === 'getenv' && object?.op === 'import' && object.specifier === 'os') return key.value;
  // `os.environ.get('API')`. Nest's `config.get('API')` is called on an injected object, which is not resolved.
  return callee.name === 'get' && isSettings(linked, owner, depth) ? key.value : undefined;
}

/** `process.env`, `import.meta.env`, `Deno.env`, `os.environ`, Django's `settings`, Flask's `app.config`. */
function isSettings(linked: Linked, from: Place, depth: number): boolean {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op === 'effect') return isSettings(linked, { func: place.func, value: inst.value }, depth - 1);
  if (inst?.op === 'import')
    return (
      (inst.specifier === 'django.conf' && inst.name === 'settings') ||
      (inst.specifier === 'os' && inst.name === 'environ') ||
      (/^(node:)?process$/.test(inst.specifier) && inst.name === 'env')
    );
  if (inst?.op !== 'member') return false;
  const object = instOf(linked, madeBy(linked, { func: place.func, value: inst.object }));
  if (inst.name === 'env')
    return (
      (object?.op === 'global' && /^(process|Deno|Bun|import\.meta)$/.test(object.name)) ||
      (object?.op === 'import' && /^(node:)?process$/.test(object.specifier)) ||
      object?.op === 'unknown'
    );
  if (inst.name === 'environ') return object?.op === 'import' && object.specifier === 'os';
  if (inst.name === 'config') return isOfType(linked.states(place.func, inst.object), 'flask.Flask');
  return false;
}
