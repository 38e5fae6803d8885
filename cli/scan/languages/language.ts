import type { Module } from '../ir/ir.ts';
import type { RegexDialect } from '../regex/syntax.ts';
import type { FindModules, ImportContext, ResolveImport } from './import-context.ts';
import type { HostId, LanguageId } from './language-id.ts';

/** Parses and lowers one file. It never throws: syntax errors are in the `problems` of the module. */
export type ReadModule = (path: string, text: string) => Module;

/** The signs that begin and end a comment. A line comment has an empty end sign. */
export type CommentSigns = readonly [open: string, close: string];

/**
 * Everything that the scanner knows about a language: how a file becomes a module, and named facts. The analysis and the rules
 * ask for facts, never for the language. To add a language, add a folder here, a line in `registry.ts`, and models.
 */
export interface Language extends Facts {
  readonly id: LanguageId;
  /** The language whose libraries, models and rules apply to its code: itself, or JavaScript for templates. */
  readonly host: HostId;
  /** File extensions, without the dot, in lower case. */
  readonly extensions: readonly string[];
  /** Patterns of file names for files that are not the program's own code, each with its kind. The first match counts. */
  readonly fileKinds: readonly (readonly [name: RegExp, kind: 'minified' | 'generated' | 'tests'])[];
  /** Loads the parser. Only called if a project has files of the language. */
  readonly open: () => Promise<ReadModule>;
  /** Finds the specifiers that a text may import. It searches the text without parsing it, so it may find too many. */
  readonly specifiersIn: (text: string) => ReadonlySet<string>;
  /** Returns the comment signs that are allowed on a separate line before an offset, the likeliest first. */
  readonly commentsAt: (path: string, text: string, offset: number) => readonly CommentSigns[];
  /** Creates the resolver of imports. `byPath` has the module numbers of the scanned files. */
  readonly findModules: (context: ImportContext, byPath: ReadonlyMap<string, number>) => FindModules;
  /** Finds the entry modules of published packages, which have callers outside the project. */
  readonly publicModules: (context: ImportContext, resolve: ResolveImport) => readonly number[];
  /** Returns the package of an import: `@scope/name` for `@scope/name/part`, `sqlalchemy` for `sqlalchemy.orm`. */
  readonly packageOf: (specifier: string) => string;
}

/** The semantics of a language, as the facts that the analysis and the rules ask for. */
export interface Facts extends ObjectFacts, ValueFacts, ErrorFacts, FrameworkFacts {
  /** Whether its files are pages, components or other texts with embedded code, which write markup. */
  readonly isTemplate: boolean;
  /** Whether its files may be minified. */
  readonly mayBeMinified: boolean;
  /** Whether libraries are published as single files with a banner comment, and projects copy these files. */
  readonly hasBanners: boolean;
  /** The syntax of its regular expressions. */
  readonly regexDialect: RegexDialect;
  /** Where the code runs. `perhaps`: in a page or on a server, depending on the module. */
  readonly runsInBrowser: 'always' | 'perhaps' | 'never';
}

/** Names, objects, classes, modules and calls. */
interface ObjectFacts {
  /** A look-up of a name in an object also finds members of the prototype: `constructor`, `__proto__`. */
  readonly namesMayBeInherited: boolean;
  /** `object[name]` and `object.name` are the same member. Otherwise only dictionaries and lists have entries. */
  readonly entriesAreMembers: boolean;
  /** Functions read and write members by a computed name: `getattr`, `setattr`. */
  readonly membersAreReadByCall: boolean;
  /** Arguments may be passed by name, which is how options are passed. Otherwise options are an object. */
  readonly hasKeywordArguments: boolean;
  /** A call may pass fewer arguments than there are parameters, even without defaults. */
  readonly argumentsMayBeLeftOut: boolean;
  /** A call of a class makes an instance, without `new`. */
  readonly constructsByCall: boolean;
  /** An instance may be called: this calls a method of its class. */
  readonly instancesAreCallable: boolean;
  /** The body of a class declares the fields of its instances, and class factories generate constructor arguments from them. */
  readonly classBodiesDeclareFields: boolean;
  /** The members of a package include its modules, and an import of the package leads to them. */
  readonly hasSubmodules: boolean;
  /** A default import of a module without a default export gives the module itself. */
  readonly modulesAreDefaults: boolean;
  /**
   * The name of the only files whose imports are also exports of their package, such as Python's `__init__.py`. Undefined if
   * this holds for every file.
   */
  readonly packageFile: string | undefined;
  /** Methods that the language calls implicitly. */
  readonly specialMethods: {
    /** Converts an object to a string. */
    readonly text: string;
    /** Iterate over an object. */
    readonly items: readonly string[];
    /** Reads `object[key]`. */
    readonly entry?: string;
  };
}

/** Operators, strings, collections, patterns. */
interface ValueFacts {
  /** `+` concatenates a string with any value. Otherwise it raises. */
  readonly plusJoinsAnything: boolean;
  /**
   * Operators also work on strings, lists, sets and paths (`format % values`, `a | b`, `root / name`), and on classes
   * that overload them.
   */
  readonly overloadsOperators: boolean;
  /** The remainder has the sign of the divisor. */
  readonly moduloIsFloored: boolean;
  /** `in` tests for an item of a list or a substring. Otherwise it tests for names. */
  readonly inFindsItems: boolean;
  /** The length is a function: `len(x)`. Otherwise it is a member, which an untrusted object can also have. */
  readonly lengthIsCall: boolean;
  /**
   * The items of a collection are the receiver: `items.map(f)`, `items.join(', ')`. Otherwise they are an argument:
   * `map(f, items)`, `', '.join(items)`.
   */
  readonly itemsAreReceivers: boolean;
  /** Look-ups take a default as an argument: `get(name, 'x')`. Otherwise it is an operand: `a || 'x'`. */
  readonly lookUpsTakeDefaults: boolean;
  /** A loop over a dictionary iterates over its keys. Otherwise it iterates over pairs. */
  readonly iteratesKeys: boolean;
  /** `split()` without a separator splits at white space, including line breaks. */
  readonly splitsAtSpace: boolean;
  /** The last part of `split` with a limit is the whole rest. Otherwise the rest is dropped. */
  readonly splitKeepsRest: boolean;
  /** `replace` with a string replaces all of its occurrences. */
  readonly replacesAll: boolean;
  /**
   * Patterns are strings, and modules or compiled patterns match: `re.match(pattern, x)`. Otherwise patterns are
   * literals, and strings have methods that take them.
   */
  readonly patternsAreTexts: boolean;
  /** `match` matches only at the beginning. */
  readonly matchIsAnchored: boolean;
  /** A format string can read members of the values: `'{0.__class__}'.format(value)`. */
  readonly formatsReadMembers: boolean;
  /** Functions that join paths remove `..`. */
  readonly joinNormalisesPaths: boolean;
  /** An object that is converted to a string shows its members. Otherwise it is `[object Object]`. */
  readonly textsShowMembers: boolean;
  /** A logger that is passed an object writes its members. */
  readonly logsShowMembers: boolean;
}

/** How errors are raised, caught and passed on. */
interface ErrorFacts {
  /** An error keeps all arguments of its constructor. Otherwise the first one is its message. */
  readonly errorsKeepArguments: boolean;
  /** A handler names the types of errors that it catches, and several are tried in turn. */
  readonly catchesByType: boolean;
  /** Libraries pass an error to a callback as its first argument. */
  readonly callbacksTakeErrors: boolean;
}

/** Conventions of the frameworks and libraries of a language. */
interface FrameworkFacts {
  /** Access checks before a handler are decorators of the handler. Otherwise they are middleware, which calls `next`. */
  readonly gatesAreDecorators: boolean;
  /** The default of a parameter declares what the framework injects: `= Depends(get_user)`. */
  readonly injectsByDefaults: boolean;
  /** Declared types exist at run time: frameworks check and convert arguments by them. */
  readonly typesExistAtRunTime: boolean;
  /** Names are resolved by asynchronous functions that the program wraps. The callers of the wrapper check the addresses. */
  readonly wrapsResolvers: boolean;
  /** Record classes have a member that queries instances: `User.objects`. */
  readonly classesAreQueried: boolean;
  /** The settings of an application are upper-case variables of a module or a class. */
  readonly settingsAreVariables: boolean;
  /** Frameworks call or import exports of a file because of its path, or of a directive at its start. */
  readonly pathsAreConventions: boolean;
  /** What reads uploaded files from a request: the framework itself, or middleware that the program adds. */
  readonly uploadsAreReadBy: 'framework' | 'middleware' | undefined;
}
