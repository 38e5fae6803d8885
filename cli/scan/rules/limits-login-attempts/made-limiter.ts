import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';

const packages =
  /(^|[-/@])(express-rate-limit|rate-limiter-flexible|koa-ratelimit|koa2-ratelimit|rate-limit|express-brute|hono-rate-limiter|ratelimit|throttler|express-slow-down|limiter|express-limiter)([-/]|$)|^(slowapi|flask_limiter|django_ratelimit|ratelimit)(\.|$)/;
const maxHops = 6;

/** Whether a module is a package for rate limits. */
export function isLimiterPackage(specifier: string): boolean {
  return packages.test(specifier);
}

/**
 * Whether a value was created by a package for rate limits, either directly or by a function of the project that returns
 * it. What the variables are called does not matter.
 */
export function isOfPackage(linked: Linked, from: Place, depth = 0): boolean {
  let place = origin(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'import') return isLimiterPackage(inst.specifier);
    // `client ? new RateLimiterRedis(options) : new RateLimiterMemory(options)`
    if (inst?.op === 'phi') {
      const { func, value } = place;
      return (
        depth < maxDepth &&
        inst.inputs.every((one) => one !== value && isOfPackage(linked, { func, value: one }, depth + 1))
      );
    }
    if (inst?.op === 'call' && isMadeByOwn(linked, place, depth)) return true;
    if (inst?.op === 'call') place = origin(linked, { func: place.func, value: inst.callee });
    else if (inst?.op === 'member') place = origin(linked, { func: place.func, value: inst.object });
    else if (inst?.op === 'effect') place = origin(linked, { func: place.func, value: inst.value });
    else return false;
  }
  return false;
}

const maxDepth = 3;
const maxReturns = 20;

/** A function of the project that returns a limiter: `const limiter = (limit) => rateLimit({ limit })`. */
function isMadeByOwn(linked: Linked, { func, value }: Place, depth: number): boolean {
  const targets = linked.targets(func, value);
  return (
    depth < maxDepth &&
    targets.length > 0 &&
    targets.every((target) => {
      const ends = linked.program.functions[target.func]?.func.blocks.map(({ end }) => end) ?? [];
      const returned = ends.flatMap((end) => (end.kind === 'return' ? [end.value] : []));
      return (
        target.makes < 0 &&
        returned.length > 0 &&
        returned.length <= maxReturns &&
        returned.every((one) => isOfPackage(linked, { func: target.func, value: one }, depth + 1))
      );
    })
  );
}
