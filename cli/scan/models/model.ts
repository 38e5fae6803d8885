import type { HostId } from '../languages/language-id.ts';
import type { SinkId } from '../sinks/sink-kinds.ts';
import type { ConventionColumns } from './conventions.ts';
import type { Trait } from './traits.ts';

/**
 * Models of libraries, in the shape of CodeQL's models-as-data: rows of a type, an access path and a kind. The scanner's
 * own models are in `frameworks/` and `libraries/`. Users add rows of the same shape.
 *
 *     types:   ['pg.Client', 'pg', 'Member[Client,Pool].Instance']
 *     sinks:   ['pg.Client', 'Member[query].Argument[0]', 'sql']
 *     sources: ['express.Request', 'Member[query,params,body]', 'remote']
 *
 * The first column is a type that a row of `types` defines, or a package (`pg`, `os.path`, and `fs` for `node:fs`),
 * or `global` for what needs no import (`eval`, `document`, Python's builtins).
 *
 * A path is a list of steps with dots between them:
 *
 * | step | leads to |
 * |---|---|
 * | `Member[a,b]` | `x.a` or `x.b`, and `x['a']`; also a submodule. `Member[get_*]`: each `get_...` method of a class that extends `x` |
 * | `AnyMember` | any member, entry or element |
 * | `ReturnValue` | the result of a call |
 * | `Instance` | an instance: `new X()`, Python's `X()`, a value of the declared type `X`, `this` in a class that extends `X` |
 * | `Argument[0]`, `Argument[1..]`, `Argument[sql:]`, `Argument[0,sql:]` | arguments of a call, by position or name |
 * | `Argument[*:]` | all keyword arguments |
 * | `Argument[**:]` | the keys of a dictionary that is spread into the arguments: `f(**data)` |
 * | `Argument[this]` | the receiver of a call |
 * | `Argument[opts:].Member[a]` | a member of an argument |
 * | `Parameter[0]`, `Parameter[name:]`, `Parameter[0..]` | parameters of a function at this place: a callback, a decorated handler, an overriding method |
 * | `Awaited` | the value of a promise (may be left out: promises are transparent) |
 *
 * A decorator is a call whose `Argument[0]` is the decorated function or class. `Argument[1].ReturnValue` as a sink is what
 * a callback returns: `['flask.Flask', 'Member[route].ReturnValue.Argument[0].ReturnValue', 'xss']`.
 */
export interface Models extends Partial<ConventionColumns> {
  readonly language: HostId;
  /** type, base (a package or another type), path */
  readonly types?: readonly (readonly [type: string, from: string, path: string])[];
  /** type, path, kind, and a condition on the call that returns it */
  readonly sources?: readonly (readonly [type: string, path: string, kind: SourceKind, when?: Condition])[];
  /** type, path to the value that must not be tainted, kind, and a condition */
  readonly sinks?: readonly (readonly [type: string, path: string, kind: SinkId, when?: Condition])[];
  /**
   * type, path to the function, from (the input), to (the output), kind, and a condition. `taint`: the output is
   * derived from the input (trimmed, decoded, embedded). `doubtful`: like `taint`, but the program itself has written
   * most such inputs (a signed token). `value`: the output is the unchanged input. `Argument[0].Element` is an element
   * of a collection.
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
   * type, path to a value, kinds, and a condition. The value, mostly a `ReturnValue`, is harmless in sinks of these
   * kinds, even if it is derived from tainted input. `tags`: the value contains no tag, but may contain quotes, which
   * end an attribute. `double-quotes`: it contains no double quotes. `dn`: it is escaped for a distinguished name of
   * LDAP, not for a filter.
   */
  readonly sanitizers?: readonly (readonly [
    type: string,
    path: string,
    kinds: readonly SinkId[] | 'all' | 'tags' | 'double-quotes' | 'dn',
    when?: Condition,
  ])[];
  /** type, path to the argument that is proven safe if the call returns true */
  readonly guards?: readonly (readonly [type: string, path: string, kinds: readonly SinkId[] | 'all'])[];
  /**
   * type, path to a function that renders a template file, the argument with the file's name, and the context of the
   * template: `Argument[1]`, `keywords`, `Argument[1..] keywords`. With `loads`, the function returns an object that
   * renders the template if it, or its method (`render`), is called. With `returns`, the function is a decorator of
   * functions that return the context.
   */
  readonly templates?: readonly (readonly [type: string, path: string, name: string, context: string])[];
  /** type, path to an object whose members are visible in all templates: `res.locals`. */
  readonly templateGlobals?: readonly (readonly [type: string, path: string])[];
  /** type, path to an object that is the same wherever it is imported, and that functions store values in: `flask.g`. */
  readonly shared?: readonly (readonly [type: string, path: string])[];
  /**
   * type, path to a value, and the name of a fact about the value, as listed in `traits.ts`. With `deep`, the fact also
   * holds for all values that longer paths lead to.
   */
  readonly traits?: readonly (readonly [type: string, path: string, trait: Trait, reach?: 'deep'])[];
  /**
   * type, names of variables, parameters and fields that are most likely of that type if nothing else is known; `.name`:
   * a method that no other type has; `name()`: the result of a function of that name.
   */
  readonly guesses?: readonly (readonly [type: string, names: readonly string[]])[];
}

/** A condition on the value at the path `at`, which begins at the call: `Argument[shell:]`. */
export interface Condition {
  readonly at: string;
  /** The value is one of these constants. */
  readonly is?: readonly (string | number | boolean | null)[];
  /** The value is one of these library values: `['yaml', 'Member[SafeLoader]']`. */
  readonly isApi?: readonly (readonly [type: string, path: string])[];
  /**
   * The value is a format string of `console` or `logging`, whose directive of this number, counted from 1, writes a
   * text as it is: `%s`, not `%j`. A missing directive counts as `%s`.
   */
  readonly directive?: number;
  /** The value is a string that is joined from constant and other parts: `"id = " + id`. */
  readonly built?: true;
  /** The value is a string that ends with one of these, ignoring case: `.csv`. */
  readonly ends?: readonly string[];
  /** The value is a string that certainly begins with one of these. */
  readonly begins?: readonly string[];
  /** The value is a string that contains one of these, or its content is unknown. */
  readonly has?: readonly string[];
  /** The function declares that its response is a CSV table. Needs no `at`. */
  readonly answers?: 'csv';
  /**
   * The value is an instance of a class of the project, whose method of this name returns only allowed values:
   * `find_class` of a restricted unpickler in Python.
   */
  readonly restricts?: string;
  /**
   * The value is an error that was caught or passed to the function, and not a part of the error, such as its message.
   */
  readonly isError?: true;
  /** The condition fails if the program sets or imports one of these names outside its tests. */
  readonly unless?: readonly string[];
  /** The condition also holds if the argument is absent. */
  readonly orAbsent?: true;
  /** Negates the condition: it holds if the value is none of these. */
  readonly not?: true;
}

/** The kinds of sources of untrusted or confidential data. */
export type SourceKind =
  /** A request, a message, a form: anybody who can reach the application. */
  | 'remote'
  /** The address bar, `postMessage`, `document.referrer`: the author of another page, in the victim's browser. */
  | 'browser'
  /** Data that users stored earlier: rows of a database. Counts for stored XSS. */
  | 'stored'
  /** Text or attributes that the page already contains: they were escaped there, but are still untrusted. */
  | 'page'
  /** The host name that the sender of a request chooses: its `Host` header. */
  | 'host'
  /** Arguments that callers pass to a library. */
  | 'caller'
  /** Passwords, tokens, keys: must not be logged or sent. */
  | 'secret'
  /** The message or stack of an exception: must not be sent to the client. */
  | 'error';
