import { useEffect, useState } from 'preact/hooks';
import type { Caller } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { type Text, useText } from '../i18n.ts';
import { addHref, adminHref, assumptionsHref, buildingHref, metersHref, stockHref } from '../router.ts';
import { send } from '../send.ts';
import './guide.css';

type Own = { readonly id: string; readonly metered: boolean };

/** The first building of the stock, if there is one; never the whole list. */
const firstBuilding = async (): Promise<Own | null> => {
  const list = await send('GET /v1/buildings', { query: { limit: 1 } });
  const first = list.ok ? list.value[0] : undefined;
  if (first === undefined) return null;
  const held = await send('GET /v1/buildings/{id}/meters', { path: { id: first.id } });
  return { id: first.id, metered: held.ok && held.value.meters.length > 0 };
};

type Step = {
  readonly title: Text;
  readonly minutes: string;
  readonly done: boolean;
  readonly text: Text;
  readonly link: { readonly href: string; readonly name: Text } | null;
};

const stepsFor = (caller: Caller | null, own: Own | null): readonly Step[] => [
  {
    title: { fr: 'Entrer', en: 'Enter' },
    minutes: '1',
    done: caller !== null,
    text: {
      fr: `Le lien affiché par le serveur vous a ouvert une session d’un mois${caller === null ? '' : ` : vous êtes « ${caller.name} »`}. Un lien ne sert qu’une fois.`,
      en: `The link that the server printed opened a session of a month for you${caller === null ? '' : `: you are “${caller.name}”`}. A link is good once.`,
    },
    link: null,
  },
  {
    title: { fr: 'Déposer un bâtiment', en: 'Bring a building' },
    minutes: '3',
    done: own !== null,
    text: {
      fr: 'Une maquette IFC, un DPE (XML), un tableau de plusieurs bâtiments, ou rien qu’une fiche de quatre lignes : nom, surface, niveaux, période. Le rapport dit ce qui est trouvé, supposé, contradictoire, manquant ; chaque question peut être passée. Puis confirmez sous votre nom.',
      en: 'An IFC model, a DPE (XML), a sheet of several buildings, or nothing but a form of four lines: name, area, storeys, period. The report says what is found, assumed, contradictory, missing; each question may be passed over. Then confirm under your name.',
    },
    link: { href: addHref(), name: { fr: 'Ajouter un bâtiment', en: 'Add a building' } },
  },
  {
    title: { fr: 'Regarder ce qui est supposé', en: 'Look at what is assumed' },
    minutes: '2',
    done: false,
    text: {
      fr: 'La page du bâtiment dit où part la chaleur, avec son intervalle. Les questions sont rangées par ce qu’une réponse ferait gagner : répondez à la première.',
      en: 'The page of the building says where the heat goes, with its interval. The questions are in order of what an answer would gain: answer the first.',
    },
    link:
      own === null
        ? null
        : { href: assumptionsHref(own.id), name: { fr: 'Les hypothèses', en: 'The assumptions' } },
  },
  {
    title: { fr: 'Ajouter des relevés', en: 'Add readings' },
    minutes: '3',
    done: own?.metered === true,
    text: {
      fr: 'Un fichier d’Enedis, de GRDF ou un tableur : vérifié ligne à ligne avant d’être gardé. Un an suffit pour une signature ; sans relevés, les comparaisons restent possibles, avec des intervalles plus larges.',
      en: 'A file from Enedis, GRDF or a spreadsheet: checked line by line before it is kept. A year is enough for a signature; without readings, comparisons remain possible, with wider intervals.',
    },
    link: own === null ? null : { href: metersHref(own.id), name: { fr: 'Les compteurs', en: 'The meters' } },
  },
  {
    title: { fr: 'Comparer des travaux', en: 'Compare works' },
    minutes: '1',
    done: false,
    text: {
      fr: 'La page du bâtiment compare trois options dès maintenant : économie, euros, carbone, étiquette probable, chacune avec ses chances.',
      en: 'The page of the building compares three options from now on: saving, euros, carbon, likely label, each with its chances.',
    },
    link:
      own === null ? null : { href: buildingHref(own.id), name: { fr: 'Le bâtiment', en: 'The building' } },
  },
];

/** From an empty installation to one's own building; each step says whether it is done and how long it takes. */
export const GuidePage = () => {
  const t = useText();
  const caller = useResource('GET /v1/caller');
  const [own, setOwn] = useState<Own | null>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    void firstBuilding().then((found) => {
      setOwn(found);
      setAsked(true);
    });
  }, []);
  const known = caller.state === 'ready' ? caller.value : null;
  const steps = stepsFor(known, own);
  const next = steps.find(({ done }) => !done);
  return (
    <>
      <h1>
        {t({
          fr: 'Premiers pas : votre bâtiment en dix minutes',
          en: 'First steps: your building in ten minutes',
        })}
      </h1>
      <p role="status">
        {asked &&
          (own === null
            ? t({
                fr: 'Le parc est vide : commencez par déposer un bâtiment.',
                en: 'The stock is empty: begin by bringing a building.',
              })
            : t({ fr: 'Le parc a déjà un bâtiment.', en: 'The stock has a building already.' }))}{' '}
        {own !== null && <a href={stockHref}>{t({ fr: 'Voir le parc', en: 'See the stock' })}</a>}
      </p>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.title.fr} aria-current={step === next ? 'step' : undefined}>
            <h2>
              {t(step.title)}{' '}
              <span class="quiet">
                {step.done ? t({ fr: '✓ fait', en: '✓ done' }) : `${step.minutes} min`}
              </span>
            </h2>
            <p>{t(step.text)}</p>
            {step.link !== null && (
              <p>
                <a class={step === next ? 'primary' : undefined} href={step.link.href}>
                  {t(step.link.name)}
                </a>
              </p>
            )}
          </li>
        ))}
      </ol>
      {known?.permissions.includes('administer') === true && (
        <p>
          {t({ fr: 'Ensuite :', en: 'Then:' })}{' '}
          <a href={adminHref('personnes')}>{t({ fr: 'inviter une personne', en: 'invite a person' })}</a>,{' '}
          <a href={adminHref('installation')}>{t({ fr: 'prévoir la sauvegarde', en: 'plan the backup' })}</a>.
        </p>
      )}
      <p class="quiet">
        {t({
          fr: 'Pour essayer sans rien apporter : « npx stacoptim demo --data ./demo », puis « npx stacoptim serve --data ./demo », ouvre un parc d’exemple de sept bâtiments fictifs.',
          en: 'To try without bringing anything: “npx stacoptim demo --data ./demo”, then “npx stacoptim serve --data ./demo”, opens a sample stock of seven fictional buildings.',
        })}
      </p>
    </>
  );
};
