import { findSecrets } from '../find/find-secrets.ts';
import type { FoundSecret } from '../find/found-secret.ts';
import { unsearched } from '../unsearched.ts';
import { gitFolder } from './git-folder.ts';
import { GitFailure, objectReader } from './object-reader.ts';
import { readRefs } from './read-refs.ts';
import { type Version, walkHistory } from './walk-history.ts';

/** A secret in the history, where it was met first. */
export interface PastSecret extends FoundSecret {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

export interface HistorySearch {
  /** Each secret once. */
  readonly secrets: readonly PastSecret[];
  readonly commits: number;
  readonly versions: number;
  readonly submodules: number;
  /** What was not searched, as sentences. */
  readonly gaps: readonly string[];
}

const mostSecrets = 1000;
/** Of all contents together. */
const mostBytes = 8_000_000_000;

/** In place of the path, for what stands in the message of a commit or tag. */
const inMessage = '(message)';

interface Message {
  readonly id: string;
  readonly found: FoundSecret;
  readonly bytes: Buffer;
}

/** Searches every message, and every version of every file that a branch, tag, stash or work tree leads to. A sentence where that is not possible. */
export async function searchHistory(root: string): Promise<HistorySearch | { readonly reason: string }> {
  const folder = gitFolder(root);
  if ('reason' in folder) return folder;
  const refs = readRefs(folder);
  if (refs === undefined) return { reason: 'The branches and tags of the repository could not be read.' };
  if (refs.size === 0) return { reason: 'The repository has no commit yet.' };
  const reader = objectReader(folder);
  try {
    const messages: Message[] = [];
    const history = await walkHistory(reader, refs, folder.hash === 'sha256' ? 32 : 20, (id, bytes) => {
      for (const found of findSecrets(inMessage, bytes))
        if (messages.length < mostSecrets) messages.push({ id, found, bytes });
    });
    if (history.commits === 0) return { reason: 'No commit of the repository could be read.' };
    const gaps: string[] = [];
    const secrets = new Map<string, PastSecret>();
    for (const { id, found, bytes } of messages)
      if (history.reachable.has(id))
        note(secrets, found, { id, commit: id, path: inMessage, size: 0 }, bytes);
    const byId = new Map<string, Version>();
    let bytes = 0;
    for (const version of history.versions) {
      const gap = unsearched(version.path, version.size);
      bytes += gap === undefined ? version.size : 0;
      if (gap !== undefined) gaps.push(gap);
      else if (bytes > mostBytes) gaps.push('The history is larger than what is searched.');
      else byId.set(version.id, version);
    }
    let missing = history.missing;
    await reader.read(
      [...byId.keys()],
      (object) => {
        const version = byId.get(object.id) as Version;
        for (const found of findSecrets(version.path, object.bytes))
          note(secrets, found, version, object.bytes);
      },
      () => missing++,
    );
    if (missing > 0) gaps.push(`${missing} objects of the repository are missing or broken.`);
    if (secrets.size >= mostSecrets)
      gaps.push(`More than ${mostSecrets} secrets were found; the others are not listed.`);
    const { commits, submodules } = history;
    return {
      secrets: [...secrets.values()],
      commits,
      versions: byId.size,
      submodules,
      gaps: [...new Set(gaps)],
    };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    return {
      reason: 'The history could not be read as a whole: git reported broken objects, or ended early.',
    };
  } finally {
    reader.close();
  }
}

/** A secret that is certain in one version takes the place of a doubtful one. */
function note(
  secrets: Map<string, PastSecret>,
  found: FoundSecret,
  { commit, path }: Version,
  bytes: Buffer,
): void {
  const key = `${found.kind} ${found.value}`;
  const known = secrets.get(key);
  if (known !== undefined && (known.doubt === undefined || found.doubt !== undefined)) return;
  if (known === undefined && secrets.size >= mostSecrets) return;
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < found.at; at = bytes.indexOf(10, at + 1)) line++;
  secrets.set(key, { ...found, commit, path, line });
}
