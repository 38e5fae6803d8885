/** @koa/ejs 5 has no types of its own. */
declare module '@koa/ejs' {
  import type Koa from 'koa';

  export default function ejs(
    app: Koa,
    options: { root: string; layout: string | false; viewExt: string },
  ): void;
}
