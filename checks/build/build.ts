/** Builds both packages. */
import './build-lib.ts';
import './build-cli.ts';
