import type { Module } from '../ir/ir.ts';
import type { RegexDialect } from '../regex/syntax.ts';
import type { FindModules, ImportContext, ResolveImport } from './import-context.ts';
import type { HostId, LanguageId } from './language-id.ts';

/** Reads one file. It never throws: what cannot be parsed is among the module's problems. */
export type ReadModule = (path: string, text: string) => Module;

/** What opens and closes a comment; nothing closes one that ends with its line. */
export type CommentSigns = readonly [open: string, close: string];

/**
 * All that the scanner knows of a language by itself: how a file becomes a module, and named facts. The analysis and the rules
 * ask for a fact, never which language it is. A new language is a folder here, a line in `registry.ts`, and models.
 */
export interface Language extends Facts {
  readonly id: LanguageId;
  /** The language whose libraries, models and rules count for its code: itself, and JavaScript for the code of templates. */
  readonly host: HostId;
  /** Endings of the names of its files, without the dot, in small letters. */
  readonly extensions: readonly string[];
  /** Patterns of file names that are not the program's own code, each with the reason. The first match counts. */
  readonly fileKinds: readonly (readonly [name: RegExp, kind: 'minified' | 'generated' | 'tests'])[];
  /** Loads its parser, which is only done where a project has such files. */
  readonly open: () => Promise<ReadModule>;
  /** What a text may import, as written. The text is searched, not parsed: it may name more than the code imports. */
  readonly specifiersIn: (text: string) => ReadonlySet<string>;
  /** The comments that can stand on a line of its own in front of an offset, the likeliest first. */
  readonly commentsAt: (path: string, text: string, offset: number) => readonly CommentSigns[];
  /** How imports lead to the modules of a scan, whose numbers by path are `byPath`. */
  readonly findModules: (context: ImportContext, byPath: ReadonlyMap<string, number>) => FindModules;
  /** The modules that callers import, of packages that are for others to install. */
  readonly publicModules: (context: ImportContext, resolve: ResolveImport) => readonly number[];
  /** The package of an import: `@scope/name` of `@scope/name/part`, `sqlalchemy` of `sqlalchemy.orm`. */
  readonly packageOf: (specifier: string) => string;
}

/** Facts of a language that the meaning of its code depends on, each for one reason. */
export interface Facts extends ObjectFacts, ValueFacts, ErrorFacts, FrameworkFacts {
  /** A file is a page, a component or another text that code stands in, and what it does itself is to write markup. */
  readonly isTemplate: boolean;
  /** Files may be the output of a minifier. */
  readonly mayBeMinified: boolean;
  /** How its regular expressions are read. */
  readonly regexDialect: RegexDialect;
  /** Where the code runs. `perhaps`: in a page or on a server, which the module itself shows. */
  readonly runsInBrowser: 'always' | 'perhaps' | 'never';
}

/** Names, objects, classes, modules and calls. */
interface ObjectFacts {
  /** A look-up of a name in an object also finds what its prototype has: `constructor`, `__proto__`. */
  readonly namesMayBeInherited: boolean;
  /** `object[name]` and `object.name` are the same member. Otherwise only dictionaries and lists have entries. */
  readonly entriesAreMembers: boolean;
  /** Functions read and write members by a name that is a value: `getattr`, `setattr`. */
  readonly membersAreReadByCall: boolean;
  /** Arguments may be given by name, which is how options are passed. Otherwise options are an object. */
  readonly hasKeywordArguments: boolean;
  /** A call may give fewer arguments than there are parameters, without defaults. */
  readonly argumentsMayBeLeftOut: boolean;
  /** A call of a class makes an instance: there is no `new`. */
  readonly constructsByCall: boolean;
  /** An instance may be called, which calls a method of its class. */
  readonly instancesAreCallable: boolean;
  /** The body of a class declares the fields of its instances, and what makes classes of it takes them as arguments. */
  readonly classBodiesDeclareFields: boolean;
  /** The members of a package are its modules too, which an import of the package leads to. */
  readonly hasSubmodules: boolean;
  /** A module without a default export is its own default export, where it is imported so. */
  readonly modulesAreDefaults: boolean;
  /** Methods that the language calls itself. */
  readonly specialMethods: {
    /** For the text of an object. */
    readonly text: string;
    /** For the items of an object, in a loop. */
    readonly items: readonly string[];
    /** For `object[key]`. */
    readonly entry?: string;
  };
}

/** Operators, texts, collections, patterns. */
interface ValueFacts {
  /** `+` makes a text of a text and any other value. Otherwise it raises. */
  readonly plusJoinsAnything: boolean;
  /** Operators work on texts, lists, sets and paths too (`format % values`, `a | b`, `root / name`), and on classes with methods for them. */
  readonly overloadsOperators: boolean;
  /** The remainder has the sign of the divisor. */
  readonly moduloIsFloored: boolean;
  /** `in` finds an item of a list and a part of a text. Otherwise it finds names. */
  readonly inFindsItems: boolean;
  /** A function gives the length: `len(x)`. Otherwise it is a member, which an object that was sent may have too. */
  readonly lengthIsCall: boolean;
  /** The items of a collection are the receiver: `items.map(f)`, `items.join(', ')`. Otherwise they are an argument: `map(f, items)`, `', '.join(items)`. */
  readonly itemsAreReceivers: boolean;
  /** Whoever reads an entry gives a default with its name: `get(name, 'x')`. Otherwise it is an operand: `a || 'x'`. */
  readonly lookUpsTakeDefaults: boolean;
  /** A loop over a dictionary goes through its keys. Otherwise it goes through pairs. */
  readonly iteratesKeys: boolean;
  /** `split()` without a separator splits at white space, ends of lines too. */
  readonly splitsAtSpace: boolean;
  /** The last part that `split` with a limit gives is all that is left. Otherwise the rest is dropped. */
  readonly splitKeepsRest: boolean;
  /** `replace` with a text replaces all of its occurrences. */
  readonly replacesAll: boolean;
  /** Patterns are written as texts, and modules or compiled patterns match: `re.match(pattern, x)`. Otherwise they are literals, and texts have methods that take them. */
  readonly patternsAreTexts: boolean;
  /** `match` matches at the beginning alone. */
  readonly matchIsAnchored: boolean;
  /** A format can read members of the values: `'{0.__class__}'.format(value)`. */
  readonly formatsReadMembers: boolean;
  /** What joins parts of a path removes `..` from it. */
  readonly joinNormalisesPaths: boolean;
  /** An object inside a text shows all that it holds. Otherwise it is `[object Object]`. */
  readonly textsShowMembers: boolean;
  /** A logger that is given an object writes its members. */
  readonly logsShowMembers: boolean;
}

/** How errors are raised, caught and passed on. */
interface ErrorFacts {
  /** An error keeps all arguments that its constructor was given. Otherwise the first one is its message. */
  readonly errorsKeepArguments: boolean;
  /** A handler says which types of errors it takes, and several are tried in turn. */
  readonly catchesByType: boolean;
  /** Libraries call a function with an error as its first argument. */
  readonly callbacksTakeErrors: boolean;
}

/** Customs of the frameworks and libraries of a language. */
interface FrameworkFacts {
  /** What decides on a request before its handler is a decorator around the handler. Otherwise it is middleware, which calls `next`. */
  readonly gatesAreDecorators: boolean;
  /** The default of a parameter says what the framework passes: `= Depends(get_user)`. */
  readonly injectsByDefaults: boolean;
  /** Declared types exist while the program runs: frameworks check and convert what they pass by them. */
  readonly typesExistAtRunTime: boolean;
  /** Names are resolved by asynchronous functions that the program wraps: the callers of the wrapper test the addresses. */
  readonly wrapsResolvers: boolean;
  /** Classes of records have a member that finds instances: `User.objects`. */
  readonly classesAreQueried: boolean;
  /** The settings of an application are variables in capitals of a module, or of a class. */
  readonly settingsAreVariables: boolean;
  /** Frameworks call or import what a file exports because of its path, or of what its code begins with. */
  readonly pathsAreConventions: boolean;
  /** Who reads uploaded files from a request: the framework itself, or middleware that the program adds. */
  readonly uploadsAreReadBy: 'framework' | 'middleware' | undefined;
}
