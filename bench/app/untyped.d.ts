declare module 'cookie-parser' {
  import type { RequestHandler } from 'express';
  export default function cookieParser(): RequestHandler;
}

declare module 'cors' {
  import type { RequestHandler } from 'express';
  export default function cors(options: { origin: string[]; credentials: boolean }): RequestHandler;
}
