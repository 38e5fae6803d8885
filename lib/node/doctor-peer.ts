import type { IncomingMessage } from 'node:http';
import { isLimited } from '../limits/limited-servers.ts';
import { peerOf } from '../request/peer-of.ts';
import type { DoctorPeer } from '../web/doctor-sighting.ts';

/** The other end of a connection, for a diagnosis. */
export function doctorPeer(req: IncomingMessage): DoctorPeer {
  const { remote, encrypted } = peerOf(req.socket);
  // A closed HTTP/2 session has no socket.
  const server = (req.socket as { readonly server?: object } | undefined)?.server;
  return {
    address: remote,
    port: req.socket?.remotePort,
    encrypted,
    httpVersion: req.httpVersion,
    headerNames: req.rawHeaders.filter((_, index) => index % 2 === 0),
    limitedServer: server === undefined ? undefined : isLimited(server),
  };
}
