/** Names of sources that read an archive. Whether its entries are untrusted depends on its unknown origin. */
export const archives: RegExp = /^(?:archive|zipfile|tarfile)\./;

/** Names of sources that read raw sockets, which no browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;
