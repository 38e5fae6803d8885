import { memoryStore, rateLimit } from 'bulwark/rate-limit';
import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { Expression, fitted, type Written, written } from './code.ts';
import { type Codemod, RewriteNotes } from './codemod.ts';
import { libraryCalls } from './library-use.ts';
import { literalOf, optionsOf } from './literal.ts';

/** `rateLimit({ windowMs, limit })` becomes `routeRateLimit(rateLimit({ ... }))`, which counts by the client's address. */
export const expressRateLimit: Codemod = {
  library: 'express-rate-limit',
  summary: 'limits by address in memory, in Express',
  page: 'docs/recipes/from-express-rate-limit.md',
  needsBulwark: true,
  rewrite(file, use) {
    const notes = new RewriteNotes();
    for (const call of use ? libraryCalls(file, use) : []) rewriteCall(file, call, notes);
    return notes;
  },
};

type Call = Extract<Node, { type: 'CallExpression' }>;

function rewriteCall(file: JavascriptFile, call: Call, notes: RewriteNotes): void {
  const options = optionsOf(call.arguments[0]);
  if (!options) {
    notes.leave(call, 'The options are computed, so they have to be moved by hand.');
    return;
  }
  const unequal = [...options.keys()].find((name) => !(name in said) && !moved.includes(name));
  const max = options.get('limit') ?? options.get('max');
  const why =
    unequal !== undefined
      ? `The option ${unequal} has to be moved by hand.`
      : max && !isNumber(max)
        ? 'The limit depends on the request. Create a limiter for each kind of user.'
        : literalOf(max ?? call) === 0
          ? 'A limit of 0 blocks everything. Remove the route instead.'
          : refusal(max && literalOf(max), windowSeconds(file, options.get('windowMs')));
  if (why !== undefined) {
    notes.leave(call, why);
    return;
  }
  const limiter = written(file, {
    store: new Expression('memoryStore({ allowInProduction: true })'),
    limit: max ? numberCode(file, max) : 5,
    windowSeconds: windowSeconds(file, options.get('windowMs')),
    key: 'address',
  });
  notes.import('bulwark/express', 'routeRateLimit');
  notes.import('bulwark/rate-limit', 'memoryStore', 'rateLimit');
  notes.replace(call, `routeRateLimit(rateLimit(${fitted(file, call.start, limiter)}))`);
  notes.note(
    call,
    'Requests over the limit get 429 as problem+json. Counters are in memory, as before; redisStore shares them.',
  );
  notes.note(call, "Behind a proxy, set trustedProxies of bulwark(). Express's `trust proxy` is not read.");
  for (const name of options.keys()) {
    const text = said[name];
    if (text !== undefined) notes.note(call, text);
  }
}

/** Why Bulwark would not take numbers that are written out. */
function refusal(limit: unknown, seconds: Written): string | undefined {
  try {
    rateLimit({
      ...{ store: memoryStore({ allowInProduction: true }), key: 'address' },
      limit: typeof limit === 'number' ? limit : 5,
      windowSeconds: typeof seconds === 'number' ? seconds : 60,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const moved = ['windowMs', 'limit', 'max'];

/** Options whose absence users notice at most in a text or a header. */
const said: Readonly<Record<string, string>> = {
  message: 'The message is dropped: the response has a general sentence.',
  standardHeaders: 'The RateLimit headers are those of IETF draft 10.',
  legacyHeaders: 'There are no X-RateLimit-* headers any more.',
  validate: 'validate is dropped: options are always checked.',
};

/** A number that is written out, or a name or conversion that may be one; never a function. */
function isNumber(node: Node): boolean {
  if (typeof literalOf(node) === 'number') return true;
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    /^(?:Number|parseInt)$/.test(node.callee.name)
  );
}

function numberCode(file: JavascriptFile, node: Node): Written {
  return new Expression(file.text.slice(node.start, node.end));
}

function windowSeconds(file: JavascriptFile, node: Node | undefined): Written {
  if (!node) return 60;
  const value = literalOf(node);
  if (typeof value === 'number') return Math.max(1, Math.ceil(value / 1000));
  return new Expression(`Math.ceil((${file.text.slice(node.start, node.end)}) / 1000)`);
}
