/** Matches the names of sources that read an archive. Where the archive comes from is unknown, so its entries may be trusted. */
export const archives: RegExp = /^(?:archive|zipfile|tarfile)\./;

/** Matches the names of sources that read raw sockets, which no browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;
