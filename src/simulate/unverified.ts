import type { Message } from '#core/message.ts';
import { message } from '#core/message.ts';

/** What the catalogue's files call a figure that waits for its primary source, as a person says it. */
const names: Readonly<Record<string, Message>> = {
  cost: message('le coût', 'the cost'),
  'cost.flatRoof': message('le coût en toiture plate', 'the cost on a flat roof'),
  'cee.amount': message(
    'le montant du certificat d’économie d’énergie',
    'the amount of the energy certificate',
  ),
  'effects.air': message('l’effet sur le renouvellement d’air', 'the effect on the air change'),
  'effects.baseLoad': message(
    'l’effet sur l’eau chaude et le talon',
    'the effect on hot water and base load',
  ),
  'effects.bridgeFactor': message('l’effet sur les ponts thermiques', 'the effect on thermal bridges'),
  'effects.bridges': message('l’effet sur les ponts thermiques', 'the effect on thermal bridges'),
  'effects.electricity': message('l’électricité économisée', 'the electricity saved'),
  'effects.photovoltaic': message('la production des panneaux', 'the yield of the panels'),
  'effects.setPoint': message('l’effet sur la température intérieure', 'the effect on indoor temperature'),
  'effects.shade': message('l’effet des protections solaires', 'the effect of the solar protection'),
  'effects.system': message('le rendement du système', 'the efficiency of the system'),
};

/** The unverified figures of a measure in one list; a key that the shipped catalogue does not have is kept as its author wrote it. */
export const unverifiedTold = (keys: readonly string[]): Message => {
  const told = keys.map((key) => names[key] ?? message(key, key));
  return message(told.map(({ fr }) => fr).join(', '), told.map(({ en }) => en).join(', '));
};
