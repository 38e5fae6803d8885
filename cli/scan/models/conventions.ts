/**
 * Columns of a models file for code that a framework or the scanner recognises by a name or place, such as a file in a
 * certain folder. Access paths can't describe such code, because they begin at a library value. Patterns are written as
 * strings.
 */
export interface ConventionColumns {
  /** Files by path: which of their exports a framework calls, and the type of the models that each export gets. */
  readonly files: readonly FileRow[];
  /**
   * A directive at the start of a function or module (`'use server'`), and a type. The function, or each exported
   * function of the module, is treated as if the program passed it to a function of this type.
   */
  readonly directives: readonly (readonly [directive: string, type: string])[];
  /**
   * A package and the name of a function in it. A call without arguments as the default of a parameter requests an
   * instance of the declared class: `paging: Paging = Depends()`.
   */
  readonly injectors: readonly (readonly [from: string, name: string])[];
  /**
   * Conditions for using types that are guessed from the name of a value. They are for names that other libraries use
   * too.
   */
  readonly presence: readonly Presence[];
}

export type FileRow = readonly [
  files: string,
  /** Their names, or a pattern of them. */
  exports: readonly string[] | string,
  type: string,
  /** Members of which the module must name one, where the path alone does not tell. `set`: a member that it sets counts alone. */
  when?: { readonly names: readonly string[]; readonly of: 'set' | 'any' },
];

/**
 * A condition for using a type that was guessed from a value's name. The program must import one of `packages`, or import
 * nothing at all. `handlers` describes an exception.
 */
export interface Presence {
  /**
   * The first part of the types: `koa` of `koa.Context`. Several files of models may list packages for it. Undefined if
   * the packages provide no such types, but are servers.
   */
  readonly types?: string;
  /** Prefixes of the packages' names, in lower-case letters only: `socketio`. */
  readonly packages: readonly string[];
  /**
   * Whether the packages are web servers. A program that imports one registers its handlers there, so `handlers` does
   * not apply to the program.
   */
  readonly isServer: boolean;
  /**
   * Functions of this form may use the types even if the program does not import the packages, unless it imports a
   * server.
   */
  readonly handlers?: HandlerForm;
}

export interface HandlerForm {
  /** A pattern of the names of the first two parameters, with a comma between them. */
  readonly params: string;
  /** The function must assign one of these members: `body` in `ctx.body = user`. */
  readonly sets?: readonly string[];
  /** Functions that are nested in such a function count too. */
  readonly isEnclosing?: true;
}

/** A regular expression for the extensions of scripts. It is put at the end of patterns in the column `files`. */
export const scriptFile = '\\.[cm]?[jt]sx?$';

/** The names of exports that handle requests, one for each HTTP method. */
export const verbExports: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export interface Conventions extends Omit<ConventionColumns, 'files'> {
  readonly files: readonly FileConvention[];
}

export interface FileConvention {
  readonly files: RegExp;
  readonly exports: readonly string[] | RegExp;
  readonly type: string;
  readonly when: FileRow[3];
}

/** Merges the conventions of some files of models. */
export function conventionsOf(all: readonly Partial<ConventionColumns>[]): Conventions {
  return {
    files: all.flatMap(({ files = [] }) => files.map(fileConvention)),
    directives: all.flatMap(({ directives = [] }) => directives),
    injectors: all.flatMap(({ injectors = [] }) => injectors),
    presence: all.flatMap(({ presence = [] }) => presence),
  };
}

function fileConvention([files, exports, type, when]: FileRow): FileConvention {
  return {
    files: new RegExp(files),
    exports: typeof exports === 'string' ? new RegExp(exports) : exports,
    type,
    when,
  };
}
