/** The names of `GuardOptions`, in a file that loads no guard: a configuration checks them too. */
export const guardOptions = ['origin', 'cors', 'rateLimit', 'session', 'csrf', 'allowDoctor'] as const;
