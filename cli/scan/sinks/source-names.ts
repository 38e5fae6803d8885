/** Entries of an archive: whether they are untrusted depends on where the archive came from, which is unknown. */
export const archives: RegExp = /^(?:archive|zipfile|tarfile)\./;

/** Raw sockets, which no browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;
