/** Next.js is no dependency of this package: what is needed of it is written where it is used. */
declare module 'next/headers.js';
