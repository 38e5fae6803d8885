/** What a framework finds by names, which no value leads to. A file of models has these as columns. Patterns are texts in it. */
export interface ConventionColumns {
  /** Files by their path, which of their exports a framework calls, and as what of the models. */
  readonly files: readonly FileRow[];
  /** A directive at the start of a function or of a module, and the type that the functions are then passed to: `'use server'`. */
  readonly directives: readonly (readonly [directive: string, type: string])[];
  /**
   * A package and its function whose bare call, as the default of a parameter, asks for an instance of the class that the parameter
   * declares: `paging: Paging = Depends()`.
   */
  readonly injectors: readonly (readonly [from: string, name: string])[];
  /** When the names of values suggest types that other libraries use the same names for. */
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

/** Types count as guesses only if one of some packages is imported, or no code imports anything. */
export interface Presence {
  /** What the types begin with: `koa` of `koa.Context`. Several files of models may have packages for it. */
  readonly types?: string;
  /** The beginnings of the packages' names, in small letters alone: `socketio`. */
  readonly packages: readonly string[];
  /** It is a server, whose handlers are registered where it is imported. */
  readonly isServer: boolean;
  /** Where no server is imported, they still count in functions of this form. */
  readonly handlers?: HandlerForm;
}

export interface HandlerForm {
  /** A pattern of the names of the first two parameters, with a comma between them. */
  readonly params: string;
  /** Members of which it sets one. */
  readonly sets?: readonly string[];
  /** What is written inside such a function counts too. */
  readonly isEnclosing?: true;
}

/** The extensions of modules, for the end of a pattern of `files`. */
export const scriptFile = '\\.[cm]?[jt]sx?$';

/** The functions of a module that answers requests, by the method of the request. */
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

/** The conventions of some files of models. */
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
