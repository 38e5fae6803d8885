/** `bulwark/session` as express-session is used by those who don't know better. `ablation/express.ts` brings it in. */
import type { Request } from 'express';

export const memoryStore = (): undefined => undefined;

interface Handle {
  readonly user: string | undefined;
  logIn(user: string): Promise<void>;
  logOut(): Promise<void>;
}

export const sessions = (): { of(req: Request): Handle } => ({
  of: (req) => ({
    user: req.session.user,
    async logIn(user) {
      req.session.user = user;
    },
    async logOut() {
      req.res?.clearCookie('connect.sid');
    },
  }),
});
