import type { CookieSink, Session, SessionLoader } from '../../lib/session/index.ts';

/** A browser with one cookie, and the request that it makes next. */
export interface Browser {
  /** What it sends as `Cookie`; tests of attacks set it. */
  cookie: string | undefined;
  userAgent: string | undefined;
  /** The `Set-Cookie` lines that came. */
  readonly lines: string[];
  /** A request: loads its session. Its cookies reach this browser at once. */
  visit<Data extends object>(own: SessionLoader<Data>, sink?: Partial<CookieSink>): Promise<Session<Data>>;
}

export function browser(cookie?: string): Browser {
  return {
    cookie,
    userAgent: 'Browser/1.0',
    lines: [],
    async visit(own, sink = {}) {
      const headers = {
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...(this.userAgent !== undefined && { 'user-agent': this.userAgent }),
      };
      return await own.load(
        { method: 'GET', url: '/', headers },
        {
          appendCookie: (line) => {
            this.lines.push(line);
            const [pair = ''] = line.split(';');
            this.cookie = line.includes('Max-Age=0') ? undefined : pair;
          },
          ...sink,
        },
      );
    },
  };
}
