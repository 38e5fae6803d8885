import { optionNames } from './option-names.ts';
import { pollutionTests } from './pollution-tests.ts';

/** What this library reads. Without `get`, `set`, `return` and `valueOf`, with which no program runs. */
const own =
  'after base batch because before cause choose code column columns conflict configurable constructor default descending detail dialect done enumerable explain extra flat hint hold holes isolation key kind length list max next nullable nulls path prepare raw readOnly reading release retries row rows run secret shape shapes signal site size sort stream takesLists text texts throw timeoutMs toString type unique update value writable 0 1'.split(
    ' ',
  );

pollutionTests((driver) => [...new Set([...own, ...optionNames(driver)])]);
