import type { Evidence } from '../../check/outcome.ts';
import type { Unread } from './ci-model.ts';

/** The first places that could not be read, and how many more there are. */
export function unreadEvidence(unread: readonly Unread[]): readonly Evidence[] {
  const shown = unread.slice(0, 8).map(({ what, path, line }) => ({ text: what, path, line }));
  return unread.length > shown.length
    ? [...shown, { text: `and ${unread.length - shown.length} more` }]
    : shown;
}

/** Each once: a script that many jobs call is named by the last. */
export function distinctUnread(unread: readonly Unread[]): readonly Unread[] {
  return [...new Map(unread.map((one) => [`${one.what} ${one.path}`, one])).values()];
}
