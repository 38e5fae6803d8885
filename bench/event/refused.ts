import { refuse } from '../../lib/internal/refuse.ts';
import { deny } from '../../lib/refusal/decision.ts';
import { withRequest } from '../../lib/request/context.ts';

/** One refusal, from the decision to the error that is caught: a host of its own, from one of 100,000 clients. */
export function refused(i: number): void {
  const n = Math.abs(i) % 100_000;
  const client = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
  withRequest({ method: 'POST', route: '/preview', client }, () => {
    try {
      refuse(
        deny('fetch/private-address', { host: `h${i}.example`, address: '10.0.0.5', rule: '10.0.0.0/8' }),
      );
    } catch {
      // That is the refusal.
    }
  });
}
