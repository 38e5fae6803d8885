import type { HostId } from '../languages/language-id.ts';
import type { SinkId } from '../sinks/sink-kinds.ts';
import type { ConventionColumns } from './conventions.ts';
import type { Trait } from './traits.ts';

/**
 * What the scanner knows of libraries, as data, in the shape of CodeQL's models-as-data: rows of a type,
 * an access path and a kind. Those that come with it are in `data/`; users add rows of the same shape.
 *
 *     types:   ['pg.Client', 'pg', 'Member[Client,Pool].Instance']
 *     sinks:   ['pg.Client', 'Member[query].Argument[0]', 'sql']
 *     sources: ['express.Request', 'Member[query,params,body]', 'remote']
 *
 * The first column is a type that a row of `types` defines, or a package (`pg`, `node:fs` without its
 * `node:`, `os.path`), or `global` for what needs no import (`eval`, `document`, Python's builtins).
 *
 * A path is a list of steps with dots between them:
 *
 * | step | leads to |
 * |---|---|
 * | `Member[a,b]` | `x.a` or `x.b`, and `x['a']`; a submodule too. `Member[get_*]`: methods of classes that extend it, by the beginning of their names |
 * | `AnyMember` | any member, entry or element |
 * | `ReturnValue` | what a call of it returns |
 * | `Instance` | an instance: `new X()`, Python's `X()`, what is declared to be of type `X`, `this` in a class that extends `X` |
 * | `Argument[0]`, `Argument[1..]`, `Argument[sql:]`, `Argument[0,sql:]` | arguments of a call, by position or name |
 * | `Argument[*:]` | all arguments that are given by name |
 * | `Argument[**:]` | a dictionary that is spread into the arguments, for its names |
 * | `Argument[this]` | the receiver of a call |
 * | `Argument[opts:].Member[a]` | what an argument contains |
 * | `Parameter[0]`, `Parameter[name:]`, `Parameter[0..]` | parameters of a function that arrives there: a callback that is passed, a handler that is decorated, a method that overrides |
 * | `Awaited` | what a promise gives (promises are transparent: it may be left out) |
 *
 * A decorator is a call whose `Argument[0]` is what it decorates. `Argument[1].ReturnValue` as a sink is
 * what a callback returns: `['flask.Flask', 'Member[route].ReturnValue.Argument[0].ReturnValue', 'xss']`.
 */
export interface Models extends Partial<ConventionColumns> {
  readonly language: HostId;
  /** type, where it comes from (a package or another type), path */
  readonly types?: readonly (readonly [type: string, from: string, path: string])[];
  /** type, path, kind, and of what calls give, when it counts */
  readonly sources?: readonly (readonly [type: string, path: string, kind: SourceKind, when?: Condition])[];
  /** type, path to the value that must not be tainted, kind, and when it counts */
  readonly sinks?: readonly (readonly [type: string, path: string, kind: SinkId, when?: Condition])[];
  /**
   * type, path to the function, from, to, kind. `taint`: the output is made of the input (trimmed, decoded,
   * embedded). `doubtful`: it is, but mostly the program itself has written it (a token that was signed). `value`: it is the input, whole. `Argument[0].Element` is what a collection holds. And when it counts.
   */
  readonly summaries?: readonly (readonly [
    type: string,
    path: string,
    from: string,
    to: string,
    kind: 'taint' | 'value' | 'doubtful',
    when?: Condition,
  ])[];
  /**
   * type, path to a value that is clean for these kinds whatever it was made of (`ReturnValue` at the end), and when it
   * counts. `tags`: no tag can stand in it, but quotes, which end an attribute. `dn`: it is escaped for a name of LDAP, and not
   * for a filter.
   */
  readonly sanitizers?: readonly (readonly [
    type: string,
    path: string,
    kinds: readonly SinkId[] | 'all' | 'tags' | 'dn',
    when?: Condition,
  ])[];
  /** type, path to the argument that is proven good where the call returned true */
  readonly guards?: readonly (readonly [type: string, path: string, kinds: readonly SinkId[] | 'all'])[];
  /**
   * type, path to a function that renders a template file, the argument that names the file, and what the
   * template is given: `Argument[1]`, `keywords`, `Argument[1..] keywords`. With `loads` the function returns
   * what renders: it is called, or has methods (`render`) that are. With `returns` it is a decorator, of functions
   * that return what the template is given.
   */
  readonly templates?: readonly (readonly [type: string, path: string, name: string, context: string])[];
  /** type, path to an object whose members all templates see: `res.locals`. */
  readonly templateGlobals?: readonly (readonly [type: string, path: string])[];
  /** type, path to an object that is the same wherever it is imported, and that functions put things into: `flask.g`. */
  readonly shared?: readonly (readonly [type: string, path: string])[];
  /**
   * type, path, a named fact that the scanner draws its conclusions from. With `deep` it holds for everything as well that longer
   * paths lead to from there.
   */
  readonly traits?: readonly (readonly [type: string, path: string, trait: Trait, reach?: 'deep'])[];
  /**
   * type, names of variables, parameters and fields that are most likely of that type where nothing else is known, and
   * `.name`: of methods that nothing else has; `name()`: of what a function of that name returns.
   */
  readonly guesses?: readonly (readonly [type: string, names: readonly string[]])[];
}

/** Counts only where what `at` leads to (from the call, as `Argument[shell:]`) is one of these. */
export interface Condition {
  readonly at: string;
  /** One of these constants. */
  readonly is?: readonly (string | number | boolean | null)[];
  /** One of these library values: `['yaml', 'Member[SafeLoader]']`. */
  readonly isApi?: readonly (readonly [type: string, path: string])[];
  /** A format of the console's of which this value, counted from 1, is written as it is: not `%j`. */
  readonly directive?: number;
  /** A text that is put together of parts here. */
  readonly built?: true;
  /** A text that ends so, in any case of its letters: `.csv`. */
  readonly ends?: readonly string[];
  /** A text that certainly begins so. */
  readonly begins?: readonly string[];
  /** A text that holds one of these, or is not known. */
  readonly has?: readonly string[];
  /** The function says that what it answers is a table of text. Needs no `at`. */
  readonly answers?: 'csv';
  /** An instance of a class of the project whose method of this name gives nothing but what it allows. Of Python's unpicklers. */
  readonly restricts?: string;
  /** An error itself, as it was caught or handed on, and not something in it. */
  readonly isError?: true;
  /** It never counts where the program sets or imports one of these names, its tests aside. */
  readonly unless?: readonly string[];
  /** True where it is not given at all. */
  readonly orAbsent?: true;
  /** The other way round: counts where it is none of these. */
  readonly not?: true;
}

/** Where the data of others comes in. */
export type SourceKind =
  /** A request, a message, a form: whoever can reach the application. */
  | 'remote'
  /** The address bar, `postMessage`, `document.referrer`: another page's author, in the victim's browser. */
  | 'browser'
  /** What others stored earlier: rows of a database. Counts for stored XSS. */
  | 'stored'
  /** What stands in the page already, as text or as an attribute: it was escaped there, and is none the less of others. */
  | 'page'
  /** The name that the sender of a request gives the server: its `Host` header. */
  | 'host'
  /** What the users of a library pass to it. */
  | 'caller'
  /** Passwords, tokens, keys: must not be logged or sent. */
  | 'secret'
  /** An exception's message or stack: must not be answered. */
  | 'error';
