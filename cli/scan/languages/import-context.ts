/** Where an import leads: to a module of the scan, or to a package that is not part of it. */
export interface ResolveImport {
  (from: number, specifier: string): Resolved;
  /** The module `name` inside of a package. */
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
  /** Packages of the workspace, by name, with their folders and their entry file or exports' source files. */
  readonly packages?: ReadonlyMap<string, WorkspacePackage>;
  /** Folders of Python's packages that are for others to install. */
  readonly installable?: readonly string[];
}

export interface Aliases {
  readonly folder: string;
  readonly baseUrl: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

export interface WorkspacePackage {
  readonly folder: string;
  /** Files to try for the package's own name, relative to `folder`. */
  readonly entries: readonly string[];
  /** It is for others to install, and its functions for others to call. */
  readonly isPublished: boolean;
}

/** How the imports of a language lead to modules, by their numbers. Made once for a scan. */
export interface FindModules {
  /** The module that an import of the file `from` names. */
  readonly find: (from: string, specifier: string) => number | undefined;
  /** The module `name` inside of the package that a file is. */
  readonly submodule: (path: string, name: string) => number | undefined;
}
