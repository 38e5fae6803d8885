/** Names in an archive: they are of others only where the archive is, of which nothing is known. */
export const archives: RegExp = /^(?:archive|zipfile|tarfile)\./;

/** Sockets of a protocol of the program's own: not those that a browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;
