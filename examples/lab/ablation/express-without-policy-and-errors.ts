export { bulwarkErrors } from './express-without-errors.ts';
export { bulwark } from './express-without-policy.ts';
