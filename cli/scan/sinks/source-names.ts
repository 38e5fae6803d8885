/**
 * Matches the names of sources that read an archive. For some kinds of sinks, their data is weak evidence: the archive may
 * be the application's own.
 */
export const archives: RegExp = /^(?:archive|zipfile|tarfile)\./;

/** Matches the names of sources that read raw sockets, which no browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;
