import * as express from 'bulwark/express';

export const bulwarkErrors: typeof express.bulwarkErrors = express.bulwarkErrors;

/** The context stays, since pages ask for the nonce; the headers and the policy go. */
export const bulwark: typeof express.bulwark = () => express.bulwark({ csp: false, headers: false });
