import { type Message, message } from './message.ts';
import type { HeatingSystem } from './twin.ts';

/** What people call each kind of heating; its code is for machines. */
export const heatingNames: Readonly<Record<HeatingSystem['kind'], Message>> = {
  'boiler-old': message('chaudière ancienne ou standard', 'old or standard boiler'),
  'boiler-condensing': message('chaudière à condensation', 'condensing boiler'),
  'electric-direct': message('électrique direct', 'direct electric'),
  'heat-pump-air': message('pompe à chaleur sur l’air', 'air heat pump'),
  'heat-pump-ground': message('pompe à chaleur géothermique', 'ground heat pump'),
  'district-heat': message('réseau de chaleur', 'district heating'),
  'wood-boiler': message('bois', 'wood'),
};
