import { type Passwords, passwords } from 'bulwark/password';

export const guard: Passwords = passwords({ site: 'Quayside Supplies' });
