import { useResource } from './client.ts';
import { formatPercent } from './format.ts';
import { useLanguage, useText } from './i18n.ts';

/** Questions named: the page says what to do next, the page of assumptions has them all. */
const MOST_NAMED = 3;

/** The questions about the envelope whose answers would narrow its heat loss most, each with by how much. */
export const QuestionsWorth = ({ buildingId }: { readonly buildingId: string }) => {
  const t = useText();
  const language = useLanguage();
  const report = useResource('GET /v1/buildings/{id}/preflight', { path: { id: buildingId } });
  if (report.state !== 'ready') return null;
  const worth = report.value.questions
    .toSorted((left, right) => (right.narrowsShare ?? 0) - (left.narrowsShare ?? 0))
    .slice(0, MOST_NAMED);
  if (worth.length === 0) return null;
  return (
    <>
      <p>
        {t({ fr: 'Ce qu’il serait le plus utile de savoir :', en: 'What would be most useful to know:' })}
      </p>
      <ol>
        {worth.map(({ code, message, narrowsShare }) => (
          <li key={code}>
            {t(message)}
            {narrowsShare !== null &&
              t({
                fr: ` Une réponse resserre l’intervalle des déperditions de ${formatPercent(narrowsShare, language)}.`,
                en: ` An answer narrows the interval of the heat loss by ${formatPercent(narrowsShare, language)}.`,
              })}
          </li>
        ))}
      </ol>
    </>
  );
};
