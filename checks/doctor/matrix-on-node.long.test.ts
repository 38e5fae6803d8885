import { cells } from './cells.ts';
import { describeMatrix } from './matrix-suite.ts';

describeMatrix(cells, 'node');
