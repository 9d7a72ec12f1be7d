import { modelText } from '../i18n.ts';
import { type Clause, clause, french, N } from './clause.ts';

const kind = french(modelText);

/** Figures of meters and of finished works. */
export const measuredClauses: readonly Clause[] = [
  clause(
    `([\\w-]+) fitted on ${N} (days|bills|hours), summed over ${N} (?:days|hours)`,
    (model, n, unit, days) =>
      `modèle « ${kind(model)} » ajusté sur ${n} ${unit === 'bills' ? 'factures' : unit === 'hours' ? 'heures' : 'jours'}, sommé sur ${days} ${unit === 'hours' ? 'heures' : 'jours'}`,
  ),
  clause(
    `([\\w-]+) fitted on (\\d+) bills of (\\d+) days, summed over ${N} days`,
    (model, n, covered, days) =>
      `modèle « ${kind(model)} » ajusté sur ${n} factures de ${covered} jours, sommé sur ${days} jours`,
  ),
  clause(
    `([\\w-]+) fitted on (\\d+) (?:days|bills that cover (\\d+) days), over (?:(the last year)|the mean of the (\\d+) whole years) of weather known`,
    (model, n, covered, last, years) =>
      `modèle « ${kind(model)} » ajusté sur ${covered === undefined ? `${n} jours` : `${n} factures qui couvrent ${covered} jours`}, sur ${last === undefined ? `la moyenne des ${years} années entières` : 'la dernière année'} de météo connue`,
  ),
  clause(
    `interval from scatter, coefficients and drift-prior ([\\w.-]+): (\\d+) placebo pairs of consecutive years without works, (\\d+) gas meters of the (.*), (\\d+) to (\\d+)`,
    (version, pairs, meters, name, from, to) =>
      `intervalle tiré de la dispersion, des coefficients et de la dérive livrée (version ${version} : ${pairs} paires d’années de suite sans travaux de ${meters} compteurs de gaz, ${name}, ${from} à ${to})`,
  ),
  clause(
    `([\\w-]+) line on (\\d+) bills, each weighing as many days as it covers`,
    (model, n) => `droite « ${kind(model)} » sur ${n} factures, chacune pesant les jours qu’elle couvre`,
  ),
  clause(
    `interval from residuals \\(lag-1 correlation ${N}\\), coefficient covariance and drift-prior ([\\w.-]+): (\\d+) placebo pairs of consecutive years without works, (\\d+) gas meters of the (.*), (\\d+) to (\\d+)`,
    (rho, version, pairs, meters, name, from, to) =>
      `intervalle tiré des résidus (corrélation d’un jour au suivant ${rho}), de la covariance des coefficients et de la dérive livrée (version ${version} : ${pairs} paires d’années de suite sans travaux de ${meters} compteurs de gaz, ${name}, ${from} à ${to})`,
  ),
  clause(
    `interval from residuals \\(lag-1 correlation ${N}\\), coefficient covariance and (.*)`,
    (rho, rest) =>
      `intervalle tiré des résidus (corrélation d’un jour au suivant ${rho}), de la covariance des coefficients et de la dérive (${rest})`,
  ),
  clause(
    `times ${N} from (\\d+) years without works of (\\d+) buildings of this stock`,
    (factor, years, buildings) =>
      `multipliée par ${factor} d’après ${years} années sans travaux de ${buildings} bâtiments de ce parc`,
  ),
  clause(
    `narrowed or widened by (\\d+) earlier years of this meter`,
    (years) => `resserré ou élargi par ${years} années antérieures de ce compteur`,
  ),
  clause(`plain prediction`, () => 'simple prédiction'),
  clause(
    `plain prediction ${N} kWh adjusted by ${N} % to the level that persists over fortnights \\(Huber regression on predicted base and heating parts, a half to two thirds of a base-load change credited\\)`,
    (kwh, percent) =>
      `simple prédiction de ${kwh} kWh ajustée de ${percent} % au niveau qui persiste d’une quinzaine à l’autre (régression de Huber sur les parts prédites de talon et de chauffage, une moitié à deux tiers d’un changement de talon crédités)`,
  ),
  clause(
    `less ${N} kWh (read|billed) \\(IPMVP option C, avoided energy\\)`,
    (kwh, how) =>
      `moins ${kwh} kWh ${how === 'read' ? 'relevés' : 'facturés'} (IPMVP option C, énergie évitée)`,
  ),
  clause(
    `([\\w-]+) of the baseline over ${N} days of the (?:month|period), less ${N} kWh read \\(plain difference, IPMVP option C\\)`,
    (model, days, kwh) =>
      `modèle « ${kind(model)} » de la référence sur ${days} jours de la période, moins ${kwh} kWh relevés (simple différence, IPMVP option C)`,
  ),
  clause(
    `([\\w-]+) of the baseline over the ${N} days since the works, less ${N} kWh read \\(plain difference, IPMVP option C\\)`,
    (model, days, kwh) =>
      `modèle « ${kind(model)} » de la référence sur les ${days} jours depuis les travaux, moins ${kwh} kWh relevés (simple différence, IPMVP option C)`,
  ),
  clause(
    `model (before|after) the works, mean of (\\d+) whole years of the weather known`,
    (when, years) =>
      `modèle d’${when === 'before' ? 'avant' : 'après'} les travaux, moyenne de ${years} années entières de la météo connue`,
  ),
  clause(
    `Model before less model after the works, mean of (\\d+) whole years of the weather known`,
    (years) =>
      `modèle d’avant moins modèle d’après les travaux, moyenne de ${years} années entières de la météo connue`,
  ),
  clause(
    `errors of the two taken as independent \\(IPMVP, normalised savings\\)`,
    () => 'erreurs des deux prises comme indépendantes (IPMVP, économie normalisée)',
  ),
  clause(
    `Measured over predicted saving, errors independent`,
    () => 'économie mesurée sur économie prédite, erreurs indépendantes',
  ),
  clause(`Sum of the readings of the valid days`, () => 'somme des relevés des jours valides'),
  clause(
    `Sum of (\\d+) of (\\d+) buildings over their last year of readings, yearly drifts almost independent \\((.*)\\)`,
    (known, all, file) =>
      `somme de ${known} bâtiments sur ${all} sur leur dernière année de relevés, dérives annuelles presque indépendantes (${file})`,
  ),
  clause(
    `sum of (\\d+) meters \\((.*)\\), kWh of final energy`,
    (meters, list) => `somme de ${meters} compteurs (${list}), kWh d’énergie finale`,
  ),
  clause(`their yearly drifts next to independent`, () => 'dérives annuelles presque indépendantes'),
  clause(
    `sum of (\\d+) measured periods of (\\d+) meters, less ${N} kWh read`,
    (periods, meters, kwh) =>
      `somme de ${periods} périodes mesurées de ${meters} compteurs, moins ${kwh} kWh relevés`,
  ),
  clause(
    `half widths of one meter added, those of different meters in quadrature but for the correlation of models/drift-prior.json`,
    () =>
      'demi-largeurs ajoutées pour un même compteur, en quadrature d’un compteur à l’autre, à la corrélation livrée près (models/drift-prior.json)',
  ),
  clause(
    `(\\d+) finished works of this stock, shrunk towards the shipped prior version ([\\w.-]+) \\(${N} on average\\)`,
    (cases, version, mean) =>
      `${cases} chantiers finis de ce parc, ramenés vers ce que l’outil suppose (version ${version}, ${mean} en moyenne)`,
  ),
  clause(
    `(\\d+) finished works with this measure( in this family of buildings \\([\\w-]+\\))?, (\\d+) in all, shrunk towards the shipped prior version ([\\w.-]+) \\(${N} on average, .*\\)`,
    (cases, family, all, version, mean) =>
      `${cases} chantiers finis avec ce geste${family === undefined ? '' : ' dans cette famille de bâtiments'}, ${all} en tout, ramenés vers ce que l’outil suppose (version ${version}, ${mean} en moyenne)`,
  ),
  clause(
    `Realised over predicted saving of these measures in this stock, weighted by their share of the saving`,
    () =>
      'économie réalisée sur économie prédite de ces gestes dans ce parc, pesée par leur part de l’économie',
  ),
];
