import type { Program } from '../link/program.ts';
import type { Origin } from '../taint/taint.ts';

/** Names of the models, and how code spells a value of that type. The first that fits counts. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:aiohttp|bottle|django|flask|guess|litestar|quart|rest|sanic|starlette|tornado|webob)\.(?:Handled|Http|HTTPServer)?Request\b/,
    'request',
  ],
  [/^(?:global\.)?bulwark:request\b/, 'request'],
  [/^falcon\.Request\b/, 'req'],
  [/^(?:http\.server\.Handler|tornado\.RequestHandler)\b/, 'self'],
  [/^guess\.LambdaEvent\b/, 'event'],
  [/^(?:dbapi|django|guess)\.Cursor\b/, 'cursor'],
  [/^(?:dbapi|guess)\.Connection\b/, 'connection'],
  [/^(?:flask|django|guess|starlette|webob|aiohttp)\.Session\b/, 'session'],
  [/^django\.Manager\b/, 'objects'],
  [/^django\.Form\b/, 'form'],
  [/^(?:flask|bottle)\.answer\b|^guess\.App\.[a-z]+\(\) argument 0 return value/, 'the response'],
  [/^global\.bulwark:raw-output$/, 'raw output of a template'],
  [/^global\.bulwark:link-output$/, 'a URL attribute of a template'],
  [/^django\.RedirectClass\b/, 'HttpResponseRedirect'],
  [/^starlette\.RedirectClass\b/, 'RedirectResponse'],
  [/^django\.ResponseClass\b/, 'HttpResponse'],
  [/^[a-z0-9_.]+\.(\w+)Class\b/, '$1'],
  [/^global\./, ''],
];

/** The name of a source or sink of Python as code spells it: `request.GET` for `guess.Request.GET`. */
export function shownName(what: string): string {
  const found = spellings.find(([pattern]) => pattern.test(what));
  const spelt = found ? what.replace(found[0], found[1]) : what;
  return spelt.replace(/\.\*$/, '');
}

/** The same of where data comes from: a parameter has a name in the code. */
export function shownOrigin(program: Program, origin: Origin & { readonly kind: 'source' }): string {
  const func = program.functions[origin.func]?.func;
  const inst = func?.code[origin.value];
  const name =
    inst?.op === 'param' && / parameter \d+$/.test(origin.what) ? func?.params[inst.index]?.name : '';
  return name ? `the parameter \`${name}\`` : shownName(origin.what);
}

/** A type that was told by the name of a variable alone. */
export const guessedType: RegExp = /^guess\./;
