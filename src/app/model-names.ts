import { type Message, message } from '../core/message.ts';

const names: Readonly<Record<string, Message>> = {
  mean: message('moyenne', 'mean'),
  'degree-day': message('degrés-jours à base fixe', 'degree days on a fixed base'),
  '3p-heating': message('droite de chauffage à point de bascule', 'heating line with a change point'),
  '3p-cooling': message('droite de refroidissement à point de bascule', 'cooling line with a change point'),
  '4p': message(
    'chauffage et refroidissement à la même bascule',
    'heating and cooling from one change point',
  ),
  '5p': message('chauffage et refroidissement', 'heating and cooling'),
  '3p-heating-working': message(
    'droites de chauffage, jours ouvrés et autres',
    'heating lines, working and other days',
  ),
  '3p-cooling-working': message(
    'droites de refroidissement, jours ouvrés et autres',
    'cooling lines, working and other days',
  ),
  '5p-working': message(
    'chauffage et refroidissement, jours ouvrés et autres',
    'heating and cooling, working and other days',
  ),
  'two-slope-heating': message(
    'chauffage à deux pentes (pompe à chaleur et appoint)',
    'heating with two slopes (heat pump and back-up)',
  ),
  'hourly-mean': message('moyenne horaire', 'hourly mean'),
  'hourly-working-profile': message(
    'profil horaire, jours ouvrés et autres',
    'hourly profile, working and other days',
  ),
  'hourly-week-profile': message('profil horaire de la semaine', 'hourly profile of the week'),
  towt: message('heure de la semaine et température', 'time of week and temperature'),
  'towt-inertia': message(
    'heure de la semaine, température et inertie',
    'time of week, temperature and inertia',
  ),
  'towt-net': message(
    'heure de la semaine, température et petit réseau',
    'time of week, temperature and a small net',
  ),
  ridge: message('régression avec inertie et calendrier', 'regression with inertia and calendar'),
};

/** A model of a meter as a person reads it; one we do not know keeps its code. */
export const modelName = (kind: string): Message => names[kind] ?? { fr: kind, en: kind };
