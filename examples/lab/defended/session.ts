import { memoryStore, type Sessions, sessions } from 'bulwark/session';

export const session: Sessions<object> = sessions({ store: memoryStore() });
