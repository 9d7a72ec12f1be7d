import { type Message, message } from '../core/message.ts';
import type { StockFigures } from './stock-figure-views.ts';

const names: Readonly<Record<StockFigures['urgency'], Message>> = {
  outside: message('hors la loi', 'outside the law'),
  soon: message('dans les trois ans', 'within three years'),
  later: message('plus tard', 'later'),
  none: message('aucune date', 'no date'),
  unknown: message('non évalué', 'not evaluated'),
};

/** How soon the law asks something, as a person reads it. */
export const urgencyName = (urgency: StockFigures['urgency']): Message => names[urgency];
