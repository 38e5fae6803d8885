import { cors as corsGuard } from 'bulwark/cors';
import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { wholeLines } from '../scan/fix/javascript/style.ts';
import { fitted, written } from './code.ts';
import { type Codemod, RewriteNotes } from './codemod.ts';
import { isNest } from './is-nest.ts';
import { libraryCalls } from './library-use.ts';
import { type Literal, literalOf, optionsOf } from './literal.ts';

/** `cors(...)` becomes `routeCors(...)` where its origins are written out. */
export const cors: Codemod = {
  library: 'cors',
  summary: 'policies of the cors middleware whose origins are literals, in Express',
  page: 'docs/recipes/from-cors.md',
  rewrite(file, use) {
    const notes = new RewriteNotes();
    const calls = use ? libraryCalls(file, use) : [];
    const converted = calls.filter((call) => !preflightRoute(file, call) && rewriteCall(file, call, notes));
    for (const call of calls) {
      const route = preflightRoute(file, call);
      if (!route) continue;
      if (converted.length === 0)
        notes.leave(call, 'Preflights are answered by `app.use(path, routeCors(...))`.');
      else notes.edits.push({ ...wholeLines(file.text, route.start, route.end), text: '' });
    }
    return notes;
  },
};

type Call = Extract<Node, { type: 'CallExpression' }>;

/** `app.options('*', cors())`: a statement that only answers preflights. */
function preflightRoute(file: JavascriptFile, call: Call): Node | undefined {
  const around = file.parents.get(call);
  if (around?.type !== 'CallExpression' || around.callee.type !== 'MemberExpression') return undefined;
  const { property } = around.callee;
  const statement = file.parents.get(around);
  const isOptions =
    property.type === 'Identifier' && property.name === 'options' && around.arguments.length === 2;
  return isOptions && statement?.type === 'ExpressionStatement' ? statement : undefined;
}

function rewriteCall(file: JavascriptFile, call: Call, notes: RewriteNotes): boolean {
  if (isNest(file)) {
    notes.leave(call, 'In Nest, set the option cors of BulwarkModule, or use @RouteCors().');
    return false;
  }
  const options = optionsOf(call.arguments[0]);
  const moved = options && routeOptions(options);
  if (!moved || typeof moved === 'string') {
    notes.leave(call, moved ?? 'The options are computed. List the origins in routeCors().');
    return false;
  }
  notes.import('bulwark/express', 'routeCors');
  notes.replace(call, `routeCors(${fitted(file, call.start, written(file, moved))})`);
  if (!options.has('allowedHeaders'))
    notes.note(
      call,
      'cors allowed every header that a page asked for. Now only Content-Type and Authorization are allowed: add others that your pages send.',
    );
  if (options.has('optionsSuccessStatus')) notes.note(call, 'Preflights are answered with 204.');
  return true;
}

type RouteOptions = { -readonly [Name in keyof CorsOptions]: CorsOptions[Name] };
type CorsOptions = Parameters<typeof corsGuard>[0];

/** The options of `routeCors()`, or why they can't be written. */
function routeOptions(options: ReadonlyMap<string, Node>): RouteOptions | string {
  const values = new Map([...options].map(([name, node]) => [name, literalOf(node)] as const));
  const computed = [...values].find(
    ([name, value]) => value === undefined && name !== 'optionsSuccessStatus',
  );
  if (computed) return computed[0] === 'origin' ? noOrigin : `The option ${computed[0]} is computed.`;
  const unknown = [...values.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return `cors has no option ${unknown}.`;
  if (values.get('preflightContinue') === true)
    return 'preflightContinue has no equivalent: Bulwark answers preflights itself, and no handler runs.';
  const origin = values.get('origin') ?? '*';
  const origins = origin === '*' ? origin : listOf(origin);
  if (origins === undefined) return noOrigin;
  const moved: RouteOptions = {
    origins,
    methods: listOf(values.get('methods') ?? 'GET,HEAD,PUT,PATCH,POST,DELETE') ?? [],
    headers: listOf(values.get('allowedHeaders') ?? 'Content-Type,Authorization') ?? [],
  };
  const exposed = listOf(values.get('exposedHeaders') ?? []);
  if (exposed && exposed.length > 0) moved.exposeHeaders = exposed;
  if (values.get('credentials') === true) moved.allowCredentials = true;
  const maxAge = values.get('maxAge');
  if (typeof maxAge === 'number') moved.maxAgeSeconds = maxAge;
  try {
    corsGuard(moved);
    return moved;
  } catch (error) {
    return error instanceof Error ? error.message : noOrigin;
  }
}

const noOrigin = 'The origins are computed, a pattern, or any origin. List them in routeCors().';

const known = [
  ...['origin', 'methods', 'allowedHeaders', 'exposedHeaders', 'credentials', 'maxAge'],
  ...['preflightContinue', 'optionsSuccessStatus'],
];

/** A list, or a text with commas. */
function listOf(value: Literal): string[] | undefined {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string'))
    return undefined;
  return [...value];
}
