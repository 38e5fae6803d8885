import { choicePositions } from './choice-positions.ts';
import type { Position } from './position.ts';
import { recordPositions } from './record-positions.ts';
import { valuePositions } from './value-positions.ts';

/** Every place of every helper. */
export const positions: readonly Position[] = [...valuePositions, ...choicePositions, ...recordPositions];
