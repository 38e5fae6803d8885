import type { LockFile, LockKind, LockProblem, PackageEcosystem } from '../../package-graph.ts';
import type { Draft, Edge } from './draft.ts';
import { finishPackages } from './finish-packages.ts';

/** What a reader is given. */
export interface LockInput {
  /** Of the lock file. */
  readonly path: string;
  readonly text: string;
  /** Another file of the project, such as the manifest. */
  readonly read: (path: string) => string | undefined;
  /** The manifests of the other packages of the workspace. */
  readonly members?: () => readonly string[];
}

export type LockReader = (input: LockInput) => LockFile;

const mostPackages = 100_000;
const mostProblems = 20;
const mostEdges = 1_000_000;

/** A lock file that stands for more than any project has. */
class LockOverflow extends Error {}

/** Collects what a reader finds. */
export class LockCollector {
  readonly #input: LockInput;
  readonly #drafts: Draft[] = [];
  readonly #ids = new Set<string>();
  readonly #problems: LockProblem[] = [];
  #edges = 0;
  readonly roots: Edge[] = [];
  format?: string;
  manifest?: string;

  constructor(input: LockInput) {
    this.#input = input;
  }

  /** Adds a package, unless one with its id is there. */
  add(draft: Draft): void {
    if (this.#ids.has(draft.id)) return;
    if (this.#ids.size >= mostPackages) {
      this.problem(`has more than ${mostPackages} packages; the others were left out`);
      return;
    }
    this.#ids.add(draft.id);
    this.#drafts.push(draft);
  }

  /**
   * Counts the edges that were read: aliases of YAML make a file of any size out of a small one.
   *
   * @throws {LockOverflow} where there are too many
   */
  spend(edges: number): void {
    this.#edges += edges;
    if (this.#edges > mostEdges) throw new LockOverflow();
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** @param what how the sentence ends that begins with the path: `is not valid JSON` */
  problem(what: string, line?: number, path: string = this.#input.path): void {
    if (this.#problems.length >= mostProblems) return;
    const text = `${path} ${what.slice(0, 300)}.`;
    if (this.#problems.some((one) => one.text === text)) return;
    this.#problems.push(line === undefined ? { text, path } : { text, path, line });
  }

  finish(kind: LockKind, ecosystem: PackageEcosystem): LockFile {
    return {
      kind,
      ecosystem,
      path: this.#input.path,
      ...(this.format === undefined ? {} : { format: this.format }),
      ...(this.manifest === undefined ? {} : { manifest: this.manifest }),
      packages: finishPackages(this.#drafts, this.roots),
      problems: this.#problems,
    };
  }
}
