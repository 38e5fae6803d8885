/** Resolves an import to a module of the scan, or to a package outside it. */
export interface ResolveImport {
  (from: number, specifier: string): Resolved;
  /** Returns the module `name` in the package whose own module is `module`. Undefined if there is none. */
  submodule(module: number, name: string): number | undefined;
}

export type Resolved =
  | { readonly module: number; readonly package?: undefined }
  | { readonly module?: undefined; readonly package: string };

export interface ImportContext {
  /** Paths of all modules of the scan, relative to its root. */
  readonly paths: readonly string[];
  /** `compilerOptions.paths` of each tsconfig: its folder, its baseUrl, and the patterns. */
  readonly aliases?: readonly Aliases[];
  /** Packages of the workspace, by name. */
  readonly packages?: ReadonlyMap<string, WorkspacePackage>;
  /** Folders of Python packages that are published. */
  readonly installable?: readonly string[];
}

export interface Aliases {
  readonly folder: string;
  readonly baseUrl: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

export interface WorkspacePackage {
  readonly folder: string;
  /** Paths, relative to `folder`, that an import of the package's name may lead to. The first that exists counts. */
  readonly entries: readonly string[];
  /** The package is published: its functions have callers outside the project. */
  readonly isPublished: boolean;
}

/** Resolves the imports of a language to module numbers. Created once for each scan. */
export interface FindModules {
  /** Returns the module that `specifier` names in the file `from`. */
  readonly find: (from: string, specifier: string) => number | undefined;
  /** Returns the module `name` in the package that the file `path` defines (`__init__.py`). */
  readonly submodule: (path: string, name: string) => number | undefined;
}
