import { pollutionTests } from './pollution-tests.ts';

/** A few that once changed an answer of some library, or are options of this one. The long tests take all. */
const keys = 'array callback kind name pluck rowMode simple text typeCast values'.split(' ');

pollutionTests(() => keys);
