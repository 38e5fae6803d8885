import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import type { Sighting } from './sighting.ts';

/** What is wrong in the process itself, whatever the proxy. */
export function diagnoseProcess({ copies, peer }: Sighting): readonly Diagnosis[] {
  return [copiesOf(copies), serverOf(peer.limitedServer)];
}

function copiesOf(copies: readonly string[]): Diagnosis {
  const id = 'process/copies';
  if (copies.length < 2) return ok(id, 'One copy of bulwark is loaded.', copies);
  return wrong(id, `${copies.length} copies of bulwark are loaded.`, {
    evidence: copies,
    why: 'One copy does not know what another knows about a request, such as its session or its CSRF check.',
    fix: ['npm dedupe, with one version in every package.json', 'with a bundler: mark bulwark as external'],
  });
}

function serverOf(limited: boolean | undefined): Diagnosis {
  const id = 'process/server';
  if (limited === undefined) return unknown(id, 'The application does not see its server.');
  if (limited) return ok(id, 'The server limits slow clients and connections.');
  return wrong(id, 'The server has no limits for slow clients and connections.', {
    evidence: ['neither defendServer nor limits was called for it'],
    why: 'A few slow clients can use up all connections (CWE-400, CWE-770).',
    fix: ['defendServer(createServer(app)).listen(8080)'],
  });
}
