import { checkUser, encodeData } from '../session-data.ts';
import { isSessionId } from '../session-id.ts';

/** What a sealed session cookie holds. Times are whole seconds since the epoch. */
export interface SessionContent {
  readonly id: string;
  readonly user: string | undefined;
  readonly createdAt: number;
  readonly sealedAt: number;
  /** The user's epoch at log-in, where there are epochs. */
  readonly epoch: string | undefined;
  /** Each key of the application's data, and its value as JSON. */
  readonly data: Readonly<Record<string, string>>;
}

/** As bytes to seal. Names are short, because a cookie is; nothing is compressed, because lengths would tell what repeats. */
export function writeContent({ id, user, createdAt, sealedAt, epoch, data }: SessionContent): Uint8Array {
  const head = JSON.stringify({ i: id, c: createdAt, t: sealedAt, u: user, e: epoch });
  const entries = Object.keys(data).map((key) => `${JSON.stringify(key)}:${data[key]}`);
  return new TextEncoder().encode(`${head.slice(0, -1)},"d":{${entries.join(',')}}}`);
}

/** The content of an authentic seal; undefined unless it has the form that `writeContent` gives it. */
export function readContent(plaintext: Uint8Array): SessionContent | undefined {
  try {
    const { i, c, t, u, e, d } = own(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)));
    if (typeof i !== 'string' || !isSessionId(i) || !isTime(c) || !isTime(t) || t < c) return undefined;
    if (e !== undefined && typeof e !== 'string') return undefined;
    if (u !== undefined) checkUser(u);
    return {
      id: i,
      createdAt: c,
      sealedAt: t,
      user: u,
      epoch: e,
      data: encodeData(Object(d), { maxBytes: 4_096 }),
    };
  } catch {
    return undefined;
  }
}

/** Own properties only: a polluted prototype must not give a session a user. */
function own(parsed: unknown): Record<string, unknown> {
  return Object.assign(Object.create(null), parsed);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
