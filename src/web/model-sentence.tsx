import type { Signature } from '../client/names.ts';
import { formatCount, formatNumber } from './format.ts';
import { modelText, useLanguage, useText } from './i18n.ts';

/** Which model was kept and how well it follows the meter. */
export const ModelSentence = ({
  signature,
  usable,
}: {
  readonly signature: Signature;
  readonly usable: boolean;
}) => {
  const t = useText();
  const language = useLanguage();
  const { model } = signature;
  const cv = formatNumber(model.cvRmse, language);
  const r2 = formatNumber(model.r2, language);
  const points = model.points === 'bills' ? { fr: 'factures', en: 'bills' } : { fr: 'jours', en: 'days' };
  const kind = modelText[model.kind] ?? { fr: model.kind, en: model.kind };
  return (
    <>
      {!usable && (
        <p class="alert">
          {t({
            fr: 'La température extérieure explique peu cette consommation : une économie mesurée par ce compteur seul serait fragile.',
            en: 'Outdoor temperature explains little of this consumption: a saving measured on this meter alone would be fragile.',
          })}
        </p>
      )}
      <p>
        {t({
          fr: `Modèle retenu : ${kind.fr}, ${model.p} coefficients appris de ${formatCount(model.n, 'fr')} ${points.fr} ; écart type ${cv} % de la moyenne, R² ${r2} (part des variations qu’il explique, de 0 à 1).`,
          en: `Model kept: ${kind.en}, ${model.p} coefficients learnt from ${formatCount(model.n, 'en')} ${points.en}; spread ${cv} % of the mean, R² ${r2} (share of the variations it explains, from 0 to 1).`,
        })}
      </p>
    </>
  );
};
