import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import type { Attempt } from './log/decision-line.ts';
import type { Shown } from './role/authenticate.ts';

/** A tunnel under way. What it was opened for stays with it, so that a reload can decide it anew. */
export interface Tunnel {
  readonly attempt: Attempt;
  readonly shown: Shown;
  readonly answers: readonly LookupAddress[];
  /** Bytes so far: from the client, and to it. */
  bytes(): { readonly bytesOut: number; readonly bytesIn: number };
  close(why: string): void;
}

export interface TunnelLimits {
  readonly idleMs: number;
  readonly tunnelMs: number;
}

/**
 * Moves bytes both ways until both sides have ended: what one side cannot take waits on the other (backpressure), and a
 * side that has said all may still listen (half-closed).
 *
 * @param closed is told once, with the reason
 */
export function pipeTunnel(
  client: Socket,
  upstream: Socket,
  { idleMs, tunnelMs }: TunnelLimits,
  closed: (why: string) => void,
): Pick<Tunnel, 'bytes' | 'close'> {
  // What the client's connection carried before the tunnel is not the tunnel's.
  const [readBefore, writtenBefore] = [client.bytesRead, client.bytesWritten];
  let reason: string | undefined;
  let open = 2;
  // Not `resetAndDestroy`: where a side was just shutting down, Node fails with EINVAL, and the socket never closes.
  const close = (why: string): void => {
    reason ??= why;
    client.destroy();
    upstream.destroy();
  };
  const life = setTimeout(() => close('life'), tunnelMs);
  for (const [side, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    side.allowHalfOpen = true;
    side.setNoDelay(true);
    // One side at rest while the other moves: bytes wait there, and they may wait so long and no longer.
    side.setTimeout(idleMs, () => close('idle'));
    side.on('error', () => close('error'));
    side.once('close', () => {
      // Closed before it had said all: nothing more can come of the other one.
      if (!side.readableEnded) {
        reason ??= 'error';
        other.destroy();
      }
      open -= 1;
      if (open > 0) return;
      clearTimeout(life);
      closed(reason ?? 'ended');
    });
    side.pipe(other);
  }
  return {
    close,
    bytes: () => ({
      bytesOut: client.bytesRead - readBefore,
      bytesIn: client.bytesWritten - writtenBefore,
    }),
  };
}
