import { csp } from 'bulwark/csp';
import { securityHeaders } from 'bulwark/headers';
import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { wholeLines } from '../scan/fix/javascript/style.ts';
import { fitted, type Written, written } from './code.ts';
import { type Codemod, RewriteNotes } from './codemod.ts';
import { bulwarkCall } from './has-bulwark.ts';
import { headerOptions } from './helmet-headers.ts';
import { policyOf } from './helmet-policy.ts';
import { isNest } from './is-nest.ts';
import { libraryCalls } from './library-use.ts';
import { type Literal, literalOf, optionsOf } from './literal.ts';

/** `helmet()` becomes `bulwark()` with the policy and headers that helmet sends. */
export const helmet: Codemod = {
  library: 'helmet',
  summary: 'the headers and the policy of helmet 8, in Express',
  page: 'docs/recipes/from-helmet.md',
  rewrite(file, use) {
    const notes = new RewriteNotes();
    const calls = use ? libraryCalls(file, use) : [];
    for (const call of calls) rewriteCall(file, call, calls.length, notes);
    for (const node of use ? membersOf(file, use.locals) : [])
      notes.leave(
        node,
        'This is a single middleware of helmet. Set its header with the option `headers` of bulwark().',
      );
    return notes;
  },
};

type Call = Extract<Node, { type: 'CallExpression' }>;

function rewriteCall(file: JavascriptFile, call: Call, count: number, notes: RewriteNotes): void {
  const around = file.parents.get(call);
  if (around?.type !== 'CallExpression' || !isUse(around)) {
    notes.leave(call, 'Only `app.use(helmet(...))` is moved.');
    return;
  }
  if (isNest(file)) {
    notes.leave(call, 'In Nest, BulwarkModule sends the headers. Run `bulwark init`, and remove helmet.');
    return;
  }
  if (count > 1 || around.arguments.length > 1) {
    notes.leave(call, 'For single routes, use routeCsp() and routeHeaders().');
    return;
  }
  const there = bulwarkCall(file);
  const options = optionsOf(call.arguments[0]);
  const moved = options && bulwarkOptions(options);
  if (!moved || typeof moved === 'string') {
    notes.leave(call, moved ?? 'The options are computed, so they have to be moved by hand.');
    return;
  }
  if (there) {
    if (/\breportOnly:\s*true\b/.test(file.text.slice(there.start, there.end)))
      notes.leave(
        call,
        'There is a bulwark() already, and its policy is report-only. Enforce the policy before you remove helmet.',
      );
    else if (call.arguments.length > 0)
      notes.leave(call, 'There is a bulwark() already. Move these options into it.');
    else removeUse(file, around, notes);
    return;
  }
  notes.import('bulwark/express', 'bulwark');
  notes.replace(call, `bulwark(${fitted(file, call.start, written(file, moved))})`);
  notes.note(call, 'bulwark() also adds Permissions-Policy, and limits on URLs, headers and bodies.');
  if (!/\bbulwarkErrors\b/.test(file.text))
    notes.note(
      call,
      'Add `app.use(bulwarkErrors())` after your last route, so that refusals are answered without details.',
    );
  if (!options.has('referrerPolicy'))
    notes.note(
      call,
      'Referrer-Policy becomes same-origin: with no-referrer, a CSRF check cannot see where your own forms come from.',
    );
  if (options.has('xPoweredBy') || options.has('hidePoweredBy'))
    notes.note(call, 'X-Powered-By is always removed.');
}

function isUse({ callee }: Call): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'use'
  );
}

function removeUse(file: JavascriptFile, use: Call, notes: RewriteNotes): void {
  const statement = file.parents.get(use);
  if (statement?.type !== 'ExpressionStatement') {
    notes.leave(use, 'There is a bulwark() already, so helmet can be removed.');
    return;
  }
  notes.edits.push({ ...wholeLines(file.text, statement.start, statement.end), text: '' });
}

function membersOf(file: JavascriptFile, locals: ReadonlySet<string>): Node[] {
  return file.nodes.filter(
    (node) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.object.type === 'Identifier' &&
      locals.has(node.callee.object.name),
  );
}

/** The options of `bulwark()`, or why they can't be written. */
function bulwarkOptions(options: ReadonlyMap<string, Node>): { [name: string]: Written } | string {
  const values = new Map([...options].map(([name, node]) => [name, literalOf(node)] as const));
  const off = values.get('contentSecurityPolicy') === false;
  const policy = off ? undefined : policyOf(given(options, values, 'contentSecurityPolicy'));
  if (typeof policy === 'string') return policy;
  const headers: Record<string, string | false> = { 'X-Frame-Options': 'SAMEORIGIN' };
  for (const [name, value] of values) {
    if (/^(?:contentSecurityPolicy|xPoweredBy|hidePoweredBy)$/.test(name)) continue;
    const option = headerOptions.find(({ names }) => names.includes(name));
    const header = value === undefined ? null : option?.value(value);
    if (!option || header === null) return `The option ${name} has to be moved by hand.`;
    if (header !== undefined) headers[option.header] = header;
  }
  if (headers['X-Frame-Options'] === 'DENY') delete headers['X-Frame-Options'];
  const own = policy && { directives: policy.directives, ...(policy.reportOnly ? { reportOnly: true } : {}) };
  const isUnsafe =
    own !== undefined && !accepts(() => csp(own)) && accepts(() => csp({ ...own, allowUnsafeScripts: true }));
  const all = own && isUnsafe ? { ...own, allowUnsafeScripts: true } : own;
  const said = failure(() => {
    if (all) csp(all);
    securityHeaders(headers);
  });
  if (said !== undefined) return said;
  return { csp: all ?? false, ...(Object.keys(headers).length > 0 ? { headers } : {}) };
}

/** An option that is there and not written out is no default. */
function given(
  options: ReadonlyMap<string, Node>,
  values: ReadonlyMap<string, Literal | undefined>,
  name: string,
): Literal | undefined {
  return options.has(name) ? (values.get(name) ?? 'computed') : undefined;
}

function accepts(work: () => unknown): boolean {
  return failure(work) === undefined;
}

function failure(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'Bulwark does not accept these options.';
  }
}
