/** `bulwark/rate-limit` that limits nothing. */
import type { LoginAttempt, LoginLimit } from 'bulwark/rate-limit';

export const memoryStore = (): undefined => undefined;

const attempt: LoginAttempt = {
  device: false,
  failed() {},
  giveBack: async () => {},
  succeeded: async () => '__Host-device=unused; Path=/; Secure; HttpOnly; SameSite=Lax',
};

export const loginLimit = (): Pick<LoginLimit, 'reserve' | 'cookie'> => ({
  reserve: async () => attempt,
  cookie: () => [],
});
