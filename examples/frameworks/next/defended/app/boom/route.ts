import { withBulwark } from 'bulwark/next';
import { options } from '../../desk/options';

export const GET = withBulwark(() => {
  throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
}, options);
