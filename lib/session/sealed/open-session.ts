import { record } from '../../event/record.ts';
import { whenKnown } from '../../internal/when-known.ts';
import type { AnyRequest } from '../../request/any-request.ts';
import type { CookieSink } from '../session.ts';
import { nowInSeconds, type SealedContext, SealedSession } from './sealed-session.ts';
import type { SessionContent } from './session-content.ts';
import { sessionExpiry } from './session-expiry.ts';

/** So that most requests set no cookie. */
const longestTouchSeconds = 60;

/**
 * The session of a request, anonymous if there is none that is valid. At once where nothing has to be opened, asked or sealed, as for most
 * requests.
 *
 * @throws Refusal `session/store-unavailable`
 */
export function openSession<Data extends object>(
  context: SealedContext,
  fail: 'closed' | 'anonymous',
  request: AnyRequest,
  sink: CookieSink,
): SealedSession<Data> | Promise<SealedSession<Data>> {
  const { cookies, lifetime } = context;
  const session = (found: SessionContent | 'none' | 'unavailable'): SealedSession<Data> =>
    new SealedSession<Data>(context, request, sink, found);
  return whenKnown(cookies.find(request), (found) => {
    if ('fault' in found) {
      if (found.fault === 'several') record('session/several-cookies', 'blocked', { name: cookies.name });
      else if (found.fault !== 'none') record('session/seal-rejected', 'blocked', { reason: found.fault });
      return session('none');
    }
    const { content, keyId } = found;
    return whenKnown(cookies.seenAt(request, content.id), (said) => {
      const now = nowInSeconds();
      const seenAt = Math.max(content.sealedAt, said ?? 0);
      const expiry = sessionExpiry({ createdAt: content.createdAt, seenAt }, lifetime, now);
      if (expiry !== undefined) {
        const code = expiry === 'from-the-future' ? 'session/seal-rejected' : 'session/seal-expired';
        record(code, 'blocked', { reason: expiry });
        return session('none');
      }
      return whenKnown(checkEpoch(context, fail, content), (epoch) => {
        if (epoch !== 'valid') return session(epoch);
        const touchSeconds = Math.min(longestTouchSeconds, Math.floor(lifetime.idleSeconds / 10));
        if (now - seenAt < touchSeconds || sink.headersSent?.()) return session(content);
        return touch(context, sink, content, keyId, now).then(session);
      });
    });
  });
}

/** Tells the browser that it was seen, and gives the content that its cookie has then. */
async function touch(
  { cookies, lifetime }: SealedContext,
  sink: CookieSink,
  content: SessionContent,
  keyId: string,
  now: number,
): Promise<SessionContent> {
  const lastSeconds = content.createdAt + lifetime.absoluteSeconds - now;
  if (cookies.isCurrent(keyId)) {
    // The session itself is not sealed again: a slow request would undo what a faster one has changed, or a log-out.
    sink.appendCookie(await cookies.setSeen(content.id, now, lastSeconds));
    return content;
  }
  const resealed = { ...content, sealedAt: now };
  sink.appendCookie(await cookies.set(resealed, lastSeconds));
  return resealed;
}

/** Whether the user's sessions have not been ended since this one began. */
function checkEpoch(
  { epochs }: SealedContext,
  fail: 'closed' | 'anonymous',
  { user, epoch }: SessionContent,
): EpochState | Promise<EpochState> {
  return epochs === undefined || user === undefined ? 'valid' : askEpoch(epochs, fail, user, epoch);
}

type EpochState = 'valid' | 'none' | 'unavailable';

async function askEpoch(
  { calls, store }: NonNullable<SealedContext['epochs']>,
  fail: 'closed' | 'anonymous',
  user: string,
  epoch: string | undefined,
): Promise<EpochState> {
  const read = (): Promise<string | undefined> => store.read(user);
  const answer =
    fail === 'closed' ? { value: await calls.run('read', read) } : await calls.orAnonymous('read', read);
  if (answer === undefined) return 'unavailable';
  if (answer.value !== undefined && answer.value === epoch) return 'valid';
  record('session/seal-rejected', 'blocked', { reason: 'revoked' });
  return 'none';
}
