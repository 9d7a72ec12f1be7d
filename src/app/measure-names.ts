import { shippedCatalogue } from '#simulate/index.ts';
import type { Message } from '../core/message.ts';

/** A measure as the catalogue names it; one that has left the catalogue keeps its id. */
export const measureNamed = (id: string): Message =>
  shippedCatalogue.find((measure) => measure.id === id)?.name ?? { fr: id, en: id };
