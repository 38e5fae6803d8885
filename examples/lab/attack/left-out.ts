import { programs } from '../programs.ts';

/** Endpoints that this machine cannot show, because a program is not there. */
export const leftOut: readonly { readonly endpoint: string; readonly needs: string }[] = [
  ...(programs.invoice ? [] : [{ endpoint: 'POST invoice customer', needs: 'Linux with /bin/sh' }]),
  ...(programs.tar ? [] : [{ endpoint: 'POST archive file', needs: 'Linux with tar' }]),
  ...(programs.prlimit
    ? []
    : ['POST pictures, names', 'POST pictures, size'].map((endpoint) => ({
        ...{ endpoint, needs: 'Linux with prlimit, of util-linux' },
      }))),
];
