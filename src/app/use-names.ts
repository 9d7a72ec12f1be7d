import { type Message, message } from '../core/message.ts';

const names: Readonly<Record<string, Message>> = {
  housing: message('logements', 'housing'),
  school: message('école', 'school'),
  sports: message('sport', 'sports'),
  museum: message('musée', 'museum'),
  office: message('bureaux', 'offices'),
  community: message('maison commune', 'community centre'),
  pool: message('piscine', 'swimming pool'),
  other: message('autre', 'other'),
};

/** The use of a building as a person reads it; one we do not know keeps its code. */
export const useName = (use: string): Message => names[use] ?? { fr: use, en: use };
