import type { LedgerView, StockSavings } from '../client/names.ts';
import { useResource } from './client.ts';
import { Basis, Figure } from './figure.tsx';
import { formatNumber, formatOrder, formatPercent, formatQuantity } from './format.ts';
import { type Text, useLanguage, useText, words } from './i18n.ts';
import { NumberHeads } from './number-heads.tsx';
import { Pending } from './pending.tsx';
import { stockHref } from './router.ts';

const workText: Readonly<Record<string, Text>> = {
  create: { fr: 'Numériser une maquette', en: 'Digitising a model' },
  fit: { fr: 'Caler un modèle', en: 'Fitting a model' },
  baseline: { fr: 'Figer la référence d’avant travaux', en: 'Freezing the baseline before works' },
  retrain: { fr: 'Réapprendre un modèle', en: 'Retraining a model' },
  calibrate: { fr: 'Caler le jumeau sur son compteur', en: 'Calibrating the twin on its meter' },
  simulate: { fr: 'Essayer des travaux', en: 'Trying works' },
  target: { fr: 'Choisir un programme', en: 'Choosing a programme' },
  measure: { fr: 'Mesurer une économie', en: 'Measuring a saving' },
  export: { fr: 'Écrire un fichier', en: 'Writing a file' },
  request: { fr: 'Une minute de service de la page', en: 'A minute of serving the page' },
};

const J_PER_KWH = 3.6e6;

const energy: Text = { fr: 'Énergie prise par l’outil', en: 'Energy taken by the tool' };
const saved: Text = { fr: 'Économie mesurée, première année', en: 'Measured saving, first year' };

/** What the tool took beside what the works it follows saved, and how both are known (promise P9). */
export const SobrietyPage = () => {
  const ledger = useResource('GET /v1/ledger');
  const savings = useResource('GET /v1/savings');
  return (
    <Pending loaded={ledger}>
      {(taken) => (
        <>
          <Pending loaded={savings}>{(value) => <Answer ledger={taken} savings={value} />}</Pending>
          <ByWork ledger={taken} />
          <Method ledger={taken} />
        </>
      )}
    </Pending>
  );
};

type AnswerProps = { readonly ledger: LedgerView; readonly savings: StockSavings };

/** The part of the saving that the tool would have to be thanked for, to have paid its own energy; null where it is none. */
const breakEvenOf = ({ ledger, savings }: AnswerProps): number | null => {
  const kwh = savings.firstYear?.savings.value ?? 0;
  return kwh > 0 ? ledger.totalJ.value / J_PER_KWH / kwh : null;
};

const Answer = ({ ledger, savings }: AnswerProps) => {
  const t = useText();
  const language = useLanguage();
  const { firstYear } = savings;
  const taken = formatQuantity(ledger.totalJ, language);
  const breakEven = breakEvenOf({ ledger, savings });
  return (
    <>
      <h1>
        {firstYear === null
          ? t({
              fr: `L’outil a pris ${taken} ; aucune économie n’est encore mesurée en face.`,
              en: `The tool has taken ${taken}; no saving is measured beside it yet.`,
            })
          : t({
              fr: `L’outil a pris ${taken} ; les travaux qu’il suit ont économisé ${formatQuantity(firstYear.savings, 'fr')} la première année.`,
              en: `The tool has taken ${taken}; the works it follows saved ${formatQuantity(firstYear.savings, 'en')} in their first year.`,
            })}
      </h1>
      {savings.data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
      <dl class="facts">
        <div>
          <dt>{t(energy)}</dt>
          <dd>
            <Figure label={energy} quantity={ledger.totalJ} />
          </dd>
        </div>
        <div>
          <dt>{t({ fr: 'Gaz à effet de serre de l’outil', en: 'Greenhouse gases of the tool' })}</dt>
          <dd>
            <Figure
              label={{
                fr: 'Gaz à effet de serre de l’outil, CO₂e',
                en: 'Greenhouse gases of the tool, CO₂e',
              }}
              quantity={ledger.carbonG}
            />{' '}
            CO₂e
          </dd>
        </div>
        <div>
          <dt>{t(saved)}</dt>
          <dd>
            <Figure label={saved} quantity={firstYear?.savings ?? null} />
          </dd>
        </div>
      </dl>
      {firstYear === null ? (
        <p>
          {t({
            fr: 'Une économie se mesure quand des travaux sont finis et que des relevés les suivent : ouvrez un bâtiment du',
            en: 'A saving is measured once works have ended and readings follow them: open a building of',
          })}{' '}
          <a href={stockHref}>{t({ fr: 'parc', en: 'the stock' })}</a>.
        </p>
      ) : (
        <p>
          {t({
            fr: `Ce sont les travaux (${firstYear.works}) qui économisent, pas l’outil : il aide à les choisir et à voir ce qu’ils donnent.`,
            en: `The works (${firstYear.works}) do the saving, not the tool: it helps to choose them and to see what they deliver.`,
          })}{' '}
          {breakEven !== null &&
            t({
              fr: `Son énergie est payée dès qu’une part sur ${formatOrder(1 / breakEven, 'fr')} de cette économie lui est due.`,
              en: `Its energy is paid for once one part in ${formatOrder(1 / breakEven, 'en')} of that saving is due to it.`,
            })}
        </p>
      )}
    </>
  );
};

/** The kinds of work, the costliest first. */
const ByWork = ({ ledger }: { readonly ledger: LedgerView }) => {
  const t = useText();
  const language = useLanguage();
  const rows = ledger.byWork.toSorted((left, right) => right.energyJ - left.energyJ);
  const total = rows.reduce((sum, { energyJ }) => sum + energyJ, 0);
  return (
    <section aria-labelledby="by-work">
      <h2 id="by-work">{t({ fr: 'Par genre de travail', en: 'By kind of work' })}</h2>
      {rows.length === 0 ? (
        <p class="not-evaluated block">
          {t({ fr: 'Rien n’a encore été calculé.', en: 'Nothing has been computed yet.' })}
        </p>
      ) : (
        <div class="scroll">
          <table
            aria-label={t({ fr: 'Énergie prise par genre de travail', en: 'Energy taken by kind of work' })}
          >
            <NumberHeads
              of={{ fr: 'Travail', en: 'Work' }}
              columns={[
                { fr: 'Fois', en: 'Times' },
                { fr: 'Processeur, s', en: 'Processor, s' },
                { fr: 'Énergie, J', en: 'Energy, J' },
                { fr: 'J par fois', en: 'J each' },
                { fr: 'Part', en: 'Share' },
              ]}
            />
            <tbody>
              {rows.map(({ work, runs, cpuMs, energyJ }) => (
                <tr key={work}>
                  <th scope="row">{t(workText[work] ?? { fr: work, en: work })}</th>
                  <td class="number">{runs}</td>
                  <td class="number">{formatNumber(cpuMs / 1000, language)}</td>
                  <td class="number">{formatNumber(energyJ, language)}</td>
                  <td class="number">{formatNumber(energyJ / runs, language)}</td>
                  <td class="number">{formatPercent(energyJ / Math.max(total, 1e-9), language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const notCounted: readonly Text[] = [
  {
    fr: 'fabriquer le matériel, le réseau, le stockage et l’écran de qui regarde cette page ;',
    en: 'making the hardware, the network, storage, and the screen of whoever looks at this page;',
  },
  {
    fr: 'les travaux eux-mêmes : leur carbone est dans la comparaison des scénarios ;',
    en: 'the works themselves: their carbon is in the comparison of scenarios;',
  },
  {
    fr: 'ce qui se serait fait sans l’outil : l’économie des travaux n’est pas la sienne.',
    en: 'what would have been done without the tool: the saving of the works is not its own.',
  },
];

const Method = ({ ledger }: { readonly ledger: LedgerView }) => {
  const t = useText();
  return (
    <section aria-labelledby="method">
      <h2 id="method">{t({ fr: 'La méthode', en: 'The method' })}</h2>
      <p>
        {t({
          fr: 'Chaque travail est chronométré en temps de processeur ; là où la machine laisse lire son compteur d’énergie, il est lu, sinon une puissance par cœur est supposée, avec ses bornes. L’électricité est comptée au facteur du réseau français.',
          en: 'Each piece of work is timed in processor time; where the machine lets its energy counter be read it is read, else a power per core is assumed, with its bounds. Electricity is counted at the factor of the French grid.',
        })}
      </p>
      <dl class="quiet">
        <dt>{t(energy)}</dt>
        <Basis basis={ledger.totalJ.basis} />
        <dt>{t({ fr: 'Gaz à effet de serre de l’outil', en: 'Greenhouse gases of the tool' })}</dt>
        <Basis basis={ledger.carbonG.basis} />
      </dl>
      <p>{t({ fr: 'Ce qui n’est pas compté :', en: 'What is not counted:' })}</p>
      <ul>
        {notCounted.map((one) => (
          <li key={one.en}>{t(one)}</li>
        ))}
      </ul>
    </section>
  );
};
