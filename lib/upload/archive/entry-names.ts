import { judgePath } from '../../path/judge-path.ts';
import { type Denied, deny } from '../../refusal/decision.ts';
import { ArchiveError, overLimit } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';

export type EntryKind = 'file' | 'directory';

/** The names in one archive so far. Decides for each new one whether it may be written. */
export class EntryNames {
  readonly #limits: ArchiveLimits;
  /** Keyed by the name as a case-insensitive file system sees it. */
  readonly #seen = new Map<string, { readonly name: string; readonly kind: EntryKind }>();
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  /**
   * @returns the name relative to the directory, with `/`; empty for the directory itself
   * @throws ArchiveError `archive/unsafe-name`, `archive/duplicate-name`, `archive/over-limit`
   */
  add(raw: string, kind: EntryKind): string {
    this.#entries += 1;
    if (this.#entries > this.#limits.maxFiles) throw overLimit('maxFiles', this.#limits.maxFiles);
    if (Buffer.byteLength(raw) > this.#limits.maxNameLength) {
      throw overLimit('maxNameLength', this.#limits.maxNameLength);
    }
    const name = relativeName(raw, kind);
    if (name === '') return name;
    const parts = name.split('/');
    if (parts.length > this.#limits.maxDepth) throw overLimit('maxDepth', this.#limits.maxDepth);
    for (let depth = 1; depth < parts.length; depth++) {
      this.#note(parts.slice(0, depth).join('/'), 'directory');
    }
    this.#note(name, kind);
    return name;
  }

  #note(name: string, kind: EntryKind): void {
    const key = this.#limits.allowSimilarNames ? name : folded(name);
    const known = this.#seen.get(key);
    if (known === undefined) {
      // Directories that appear only in a longer name count too: each entry could create twenty of them.
      if (this.#seen.size === this.#limits.maxFiles) throw overLimit('maxFiles', this.#limits.maxFiles);
      this.#seen.set(key, { name, kind });
    } else if (known.kind === 'file' || kind === 'file' || known.name !== name) {
      const detail = { name: name.slice(0, 200), other: known.name.slice(0, 200) };
      throw new ArchiveError(deny('archive/duplicate-name', detail));
    }
  }
}

/** Equal for names that are the same on macOS or Windows. Upper case first: `\u00df` and `SS` are the same (CVE-2021-37712). */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function relativeName(raw: string, kind: EntryKind): string {
  if (raw.startsWith('/')) throw unsafe(raw, 'an absolute path');
  // `tar -C folder .` writes `./` before each name, and `a//b` is `a/b` everywhere.
  const parts = raw.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0) {
    if (kind === 'file' || raw === '') throw unsafe(raw, 'empty');
    return '';
  }
  if (kind === 'file' && /(?:^|\/)\.?$/.test(raw)) throw unsafe(raw, 'a file that is named like a folder');
  const name = parts.join('/');
  const judged = judgePath(name);
  if ('allow' in judged) throw unsafe(raw, judged.detail.reason);
  return name;
}

function unsafe(name: string, reason: string): ArchiveError {
  const denied: Denied<'archive/unsafe-name'> = deny('archive/unsafe-name', {
    name: name.slice(0, 200),
    reason,
  });
  return new ArchiveError(denied);
}
