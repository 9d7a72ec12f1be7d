import { type Text, useText, words } from '../i18n.ts';
import {
  accessibilityHref,
  addHref,
  adminHref,
  guideHref,
  programmesHref,
  rankingHref,
  sobrietyHref,
  stockHref,
  stockResultsHref,
} from '../router.ts';

const pages: readonly { readonly href: string; readonly name: Text; readonly what: Text }[] = [
  {
    href: stockHref,
    name: { fr: 'Le parc', en: 'The stock' },
    what: {
      fr: 'Les bâtiments, et de là chacun d’eux : ses travaux comparés, son enveloppe, ses compteurs, ses résultats, ses hypothèses.',
      en: 'The buildings, and from there each of them: its works compared, its envelope, its meters, its results, its assumptions.',
    },
  },
  {
    href: programmesHref,
    name: { fr: 'Le programme', en: 'The programme' },
    what: { fr: 'Quels travaux, quand, avec quel budget.', en: 'Which works, when, with which budget.' },
  },
  {
    href: rankingHref,
    name: { fr: 'Les priorités', en: 'Priorities' },
    what: {
      fr: 'Par quels bâtiments commencer, selon le critère choisi.',
      en: 'Which buildings to start with, by the criterion chosen.',
    },
  },
  {
    href: stockResultsHref,
    name: { fr: 'Les résultats', en: 'Results' },
    what: {
      fr: 'Ce que les travaux ont donné, sur tout le parc.',
      en: 'What the works delivered, over the stock.',
    },
  },
  {
    href: addHref(),
    name: { fr: 'Ajouter un bâtiment', en: 'Add a building' },
    what: { fr: 'Maquette, DPE, tableau ou fiche.', en: 'Model, certificate, sheet or form.' },
  },
  {
    href: guideHref,
    name: { fr: 'Premiers pas', en: 'First steps' },
    what: {
      fr: 'D’une installation vide à son bâtiment.',
      en: 'From an empty installation to one’s own building.',
    },
  },
  {
    href: adminHref(),
    name: { fr: 'Administration', en: 'Administration' },
    what: {
      fr: 'Personnes, clés, webhooks, file de travaux, journal, installation.',
      en: 'People, keys, webhooks, queued work, log, installation.',
    },
  },
  {
    href: sobrietyHref,
    name: { fr: 'Sobriété', en: 'Sobriety' },
    what: { fr: 'Ce que l’outil lui-même consomme.', en: 'What the tool itself takes.' },
  },
  {
    href: accessibilityHref,
    name: { fr: 'Accessibilité', en: 'Accessibility' },
    what: { fr: 'Ce qui est vérifié, ce qui ne l’est pas.', en: 'What is checked and what is not.' },
  },
];

const PageList = () => {
  const t = useText();
  return (
    <ul>
      {pages.map(({ href, name, what }) => (
        <li key={href}>
          <a href={href}>{t(name)}</a>
          {t(words.colon)}
          {t(what)}
        </li>
      ))}
    </ul>
  );
};

/** Every page, by name: a second way to find one beside the menu. */
export const SiteMapPage = () => {
  const t = useText();
  return (
    <>
      <h1>{t({ fr: 'Plan du site', en: 'Site map' })}</h1>
      <PageList />
    </>
  );
};

/** An address that no page has: mistyped, cut short, or of a page that is gone. */
export const UnknownPage = ({ address }: { readonly address: string }) => {
  const t = useText();
  return (
    <>
      <h1>{t({ fr: 'Adresse inconnue.', en: 'Unknown address.' })}</h1>
      <p>
        {t({
          fr: `Aucune page n’a l’adresse « ${address} ». Vérifiez-la, ou choisissez l’une de celles-ci :`,
          en: `No page has the address “${address}”. Check it, or choose one of these:`,
        })}
      </p>
      <PageList />
    </>
  );
};
