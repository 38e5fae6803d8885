import type { TlsView } from '../../../target/tls/tls-view.ts';
import { type Outcome, unknown } from '../../check/outcome.ts';
import type { Site } from '../site.ts';
import { short } from './shown.ts';

/** Judges each port of https that was looked at. Without any, nothing is known. */
export function judgeTls(
  { tls, origin }: Site,
  judge: (view: TlsView, port: string) => Outcome | readonly Outcome[],
): readonly Outcome[] {
  if (tls.length === 0)
    return [
      unknown('No port of https was looked at.', 'Give the URL of the site with https.', [
        { text: short(origin, 150) },
      ]),
    ];
  return tls.flatMap((view) => judge(view, short(`${view.host}:${view.port}`, 100)));
}
