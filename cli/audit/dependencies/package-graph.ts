/** As OSV names them. */
export type PackageEcosystem = 'npm' | 'PyPI';

export type LockKind =
  | 'package-lock'
  | 'pnpm-lock'
  | 'yarn-1'
  | 'yarn-berry'
  | 'bun-lock'
  | 'requirements'
  | 'poetry-lock'
  | 'uv-lock'
  | 'pipfile-lock'
  | 'pdm-lock'
  | 'pylock';

/** A file that says which packages are installed, and what was understood of it. */
export interface LockFile {
  readonly kind: LockKind;
  readonly ecosystem: PackageEcosystem;
  /** Relative to the root of the project, with `/`. */
  readonly path: string;
  /** As the file has it: `3` of a package-lock, `9.0` of pnpm. */
  readonly format?: string;
  /** The manifest beside it: `package.json`, `pyproject.toml`, `Pipfile`. */
  readonly manifest?: string;
  /** Every package that an installation on any system and with all groups and extras may bring. The project's own are there if the file lists them. */
  readonly packages: readonly LockedPackage[];
  /** While there are any, packages may be missing from the list: nothing passes by enumeration. */
  readonly problems: readonly LockProblem[];
}

export interface LockProblem {
  /** A sentence. */
  readonly text: string;
  readonly path: string;
  /** From 1 on. */
  readonly line?: number;
}

/** One version of one package in one lock file. */
export interface LockedPackage {
  readonly ecosystem: PackageEcosystem;
  /** Unique in the lock file: `node_modules/a/node_modules/b`, `b@1.2.3`. */
  readonly id: string;
  /** The registry's: of `"a": "npm:b@1"` it is `b`. Python's are normalised (PEP 503). */
  readonly name: string;
  /** The name under which it is installed and imported, if that is another. */
  readonly alias?: string;
  /** Exact; undefined if the file fixes none: `requests>=2`, a folder, a repository. */
  readonly version?: string;
  /** What a requirement without an exact version asks for: `>=2,<3`. */
  readonly range?: string;
  readonly source: PackageSource;
  /** Empty if the file has none. Python has one for each archive. */
  readonly integrity: readonly Integrity[];
  /** Nothing but development dependencies needs it. */
  readonly isDev: boolean;
  /** Its installation may fail, or nothing but extras asks for it. */
  readonly isOptional: boolean;
  /** Nothing but peer dependencies needs it. */
  readonly isPeer: boolean;
  /** It lies in the archive of the package that needs it, so that no registry was asked for it. */
  readonly isBundled?: true;
  /** Groups of Python's dependencies that it belongs to: `main`, `dev`, `docs`. */
  readonly groups: readonly string[];
  /** The extras of it that are asked for: `argon2` of `django[argon2]`. */
  readonly extras: readonly string[];
  /** When it is installed (PEP 508): `sys_platform == 'win32'`; of yarn 4 `os=darwin`. */
  readonly marker?: string;
  /** It is installed as a link to its sources: `-e .`. */
  readonly isEditable?: true;
  /** A manifest of the project names it. */
  readonly isDirect: boolean;
  /** The shortest way from a manifest to it, names from the direct dependency to itself; empty if the file doesn't tell. */
  readonly via: readonly string[];
  /** The ids of packages that it needs, as far as the file tells. */
  readonly needs: readonly string[];
  /** The file says that it runs a script when it is installed; false where the format states for each package whether it does. */
  readonly hasInstallScript?: boolean;
  /** What its authors say instead of maintaining it, as the file has it: untrusted text. */
  readonly deprecated?: string;
  /** The place in the lock file, or in a file that it includes. */
  readonly path: string;
  /** From 1 on. */
  readonly line: number;
}

/** Where it comes from. Locations are as the file has them, without credentials: untrusted text. */
export type PackageSource =
  /** `host` is undefined where the file leaves the registry to the settings. */
  | { readonly kind: 'registry'; readonly host?: string; readonly url?: string }
  /** `commit` is undefined if a branch or a tag may move. */
  | { readonly kind: 'git'; readonly url: string; readonly host?: string; readonly commit?: string }
  | { readonly kind: 'url'; readonly url: string; readonly host?: string }
  /** An archive or a folder outside the project's own packages. */
  | { readonly kind: 'file'; readonly location: string }
  /** A package of the project itself. */
  | { readonly kind: 'workspace'; readonly location: string };

export interface Integrity {
  /** In lower case: `sha512`, `sha1`, `md5`; `yarn` for the checksum of yarn's own cache. */
  readonly algorithm: string;
  /** As the file has it: base64 or hexadecimal. */
  readonly value: string;
}
