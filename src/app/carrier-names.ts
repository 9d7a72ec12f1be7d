import { type Message, message } from '../core/message.ts';

const names: Readonly<Record<string, Message>> = {
  gas: message('gaz', 'gas'),
  electricity: message('électricité', 'electricity'),
  'district-heat': message('réseau de chaleur', 'district heat'),
  oil: message('fioul', 'oil'),
  wood: message('bois', 'wood'),
  solar: message('solaire', 'solar'),
  unknown: message('énergie non renseignée', 'energy not given'),
};

/** An energy as a person reads it; one we do not know keeps its code. */
export const carrierName = (carrier: string): Message => names[carrier] ?? { fr: carrier, en: carrier };
