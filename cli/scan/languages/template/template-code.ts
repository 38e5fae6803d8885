import type { CodeWriter } from './code-writer.ts';

/**
 * JavaScript that an engine's front end generates for a template. These names have a special meaning:
 *
 * | name | meaning |
 * |---|---|
 * | `$$context` | the context of the template |
 * | `$$raw(x)` | writes `x` unescaped, as markup or code |
 * | `$$url(x)` | writes `x`, escaped, as the whole value of an attribute that holds a URL |
 * | `$$link(x)` | writes `x` like `$$url(x)`, into an attribute in which a `javascript:` URL would run |
 * | `$$out(x)` | writes `x` harmlessly |
 * | `$$include(context, name, more)` | renders the template called `name` |
 * | `$$script(url, hashed)` | loads a script from a constant address, with an integrity hash or without |
 * | `$$style(url, hashed)` | loads a style sheet from a constant address, with an integrity hash or without |
 * | `$$filter_name(x)` | calls the engine's filter or helper `name` |
 * | `$$kw_name(x)` | passes the argument `x` by the name `name` |
 * | `$$name_x` | the variable `x`, if `x` is a reserved word of JavaScript |
 */
export interface TemplateCode {
  /** Code at the top of the module: scripts of the page, imports of a component. */
  readonly before?: CodeWriter;
  /** The body of the render function. */
  readonly body: CodeWriter;
  /** Generated code at the beginning of the body: names that every template of the engine has. */
  readonly prelude?: string;
  /** Variables of the context that the template assigns. */
  readonly assigned?: Iterable<string>;
  /** Names that the engine provides, with the code that defines them. */
  readonly known?: ReadonlyMap<string, string>;
}

/** Returns the JavaScript name of a template's variable: `user` -> `user`, but `class` -> `$$name_class`. */
export function variable(name: string): string {
  return reserved.has(name) ? `$$name_${name}` : name;
}

/** Returns a JavaScript string literal for any text. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

const reserved: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield undefined NaN Infinity'
  ).split(' '),
);
