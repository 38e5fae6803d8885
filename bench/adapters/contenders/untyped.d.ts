/** Packages whose types are packages of their own, as far as they are called here. */
declare module 'cookie-parser' {
  export default function cookieParser(): import('express').RequestHandler;
}

declare module 'cors' {
  export default function cors(options: {
    origin: readonly string[];
    credentials: boolean;
  }): import('express').RequestHandler;
}

declare module '@koa/cors' {
  export default function cors(options: {
    origin: (ctx: import('koa').Context) => string;
    credentials: boolean;
  }): import('koa').Middleware;
}

declare module 'koa-csrf' {
  const Csrf: new () => import('koa').Middleware;
  export default Csrf;
}
