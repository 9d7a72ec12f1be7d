import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useSteadyResource } from './client.ts';
import { useComputed } from './computed.ts';
import { Figure, type Opened, Sheet, SheetContext } from './figure.tsx';
import { keepLanguage, type Language, LanguageContext, readLanguage, useText, words } from './i18n.ts';
import { keepFocus } from './keep-focus.ts';
import { Lazy } from './lazy.tsx';
import {
  accessibilityHref,
  addHref,
  adminHref,
  guideHref,
  programmesHref,
  type Route,
  siteMapHref,
  sobrietyHref,
  stockResultsHref,
  useRoute,
} from './router.ts';
import { StockPage } from './stock-page.tsx';

export const App = () => {
  const [language, setLanguage] = useState<Language>(readLanguage);
  const [opened, setOpened] = useState<Opened | null>(null);
  const route = useRoute();
  const close = useCallback(() => setOpened(null), []);
  const other: Language = language === 'fr' ? 'en' : 'fr';
  useEffect(() => keepLanguage(language), [language]);
  useEffect(followTitle, []);
  useEffect(keepFocusInMain, []);
  useFocusAtNavigation(placeOf(route));
  return (
    <LanguageContext.Provider value={language}>
      <SheetContext.Provider value={setOpened}>
        <a class="skip" href="#main" onClick={(event) => focusMain(event)}>
          {words.skip[language]}
        </a>
        <header class="top">
          <a class="brand" href="#/">
            Stacoptim
          </a>
          <nav aria-label={language === 'fr' ? 'Navigation principale' : 'Main navigation'}>
            <a href="#/" aria-current={route.page === 'stock' ? 'page' : undefined}>
              {words.stock[language]}
            </a>{' '}
            <a href={programmesHref} aria-current={route.page === 'programmes' ? 'page' : undefined}>
              {words.programmes[language]}
            </a>{' '}
            <a href={stockResultsHref} aria-current={route.page === 'stock-results' ? 'page' : undefined}>
              {words.results[language]}
            </a>{' '}
            <a href={addHref()} aria-current={route.page === 'add' ? 'page' : undefined}>
              {words.add[language]}
            </a>{' '}
            <a href={adminHref()} aria-current={route.page === 'admin' ? 'page' : undefined}>
              {words.admin[language]}
            </a>
          </nav>
          <button type="button" class="plain" lang={other} onClick={() => setLanguage(other)}>
            {other === 'en' ? 'English' : 'Français'}
          </button>
        </header>
        <main id="main" tabIndex={-1}>
          <Page route={route} key={route.page} />
        </main>
        <Foot />
        <Sheet opened={opened} onClose={close} />
      </SheetContext.Provider>
    </LanguageContext.Provider>
  );
};

const loadBuilding = async () => (await import('./building-page.tsx')).BuildingPage;

const loadAdd = async () => (await import('./add/add-page.tsx')).AddPage;
const loadAssumptions = async () => (await import('./add/assumptions-page.tsx')).AssumptionsPage;

const loadSobriety = async () => (await import('./sobriety-page.tsx')).SobrietyPage;

const loadRanking = async () => (await import('./ranking/ranking-page.tsx')).RankingPage;

const loadMeters = async () => (await import('./meters/meters-page.tsx')).MetersPage;

const loadProgrammes = async () => (await import('./programme/programmes-page.tsx')).ProgrammesPage;

const loadResults = async () => (await import('./results/index.ts')).ResultsPage;
const loadStockResults = async () => (await import('./results/index.ts')).StockResultsPage;

const loadAdmin = async () => (await import('./admin/admin-page.tsx')).AdminPage;

const loadGuide = async () => (await import('./guide/guide-page.tsx')).GuidePage;

const loadAccessibility = async () => (await import('./access/accessibility-page.tsx')).AccessibilityPage;

const loadSiteMap = async () => (await import('./access/site-map-page.tsx')).SiteMapPage;
const loadUnknown = async () => (await import('./access/site-map-page.tsx')).UnknownPage;

const Page = ({ route }: { readonly route: Route }) => {
  if (route.page === 'stock') return <StockPage />;
  if (route.page === 'programmes') return <Lazy load={loadProgrammes} shown={route.shown} />;
  if (route.page === 'stock-results') return <Lazy load={loadStockResults} />;
  if (route.page === 'results') return <Lazy load={loadResults} id={route.id} key={route.id} />;
  if (route.page === 'add') return <Lazy load={loadAdd} draft={route.draft} />;
  if (route.page === 'assumptions') return <Lazy load={loadAssumptions} id={route.id} />;
  if (route.page === 'admin') return <Lazy load={loadAdmin} part={route.part} />;
  if (route.page === 'guide') return <Lazy load={loadGuide} />;
  if (route.page === 'accessibility') return <Lazy load={loadAccessibility} />;
  if (route.page === 'site-map') return <Lazy load={loadSiteMap} />;
  if (route.page === 'ranking') return <Lazy load={loadRanking} />;
  if (route.page === 'sobriety') return <Lazy load={loadSobriety} />;
  if (route.page === 'meters') return <Lazy load={loadMeters} {...route} />;
  if (route.page === 'unknown') return <Lazy load={loadUnknown} address={route.address} />;
  return <Lazy load={loadBuilding} id={route.id} key={route.id} />;
};

/** The hash is the route, so the skip link moves the focus itself. */
const focusMain = (event: Event): void => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

/** What a person would call another page: another day of a meter or another plan is not one. */
const placeOf = (route: Route): string =>
  [
    route.page,
    'id' in route ? route.id : '',
    'meter' in route ? route.meter : '',
    'part' in route ? route.part : '',
    'draft' in route ? route.draft : '',
    'address' in route ? route.address : '',
  ].join(' ');

const keepFocusInMain = (): (() => void) | undefined => {
  const main = document.getElementById('main');
  return main === null ? undefined : keepFocus(main);
};

/** A page that opens is read from its title: without this, the focus would stay on a link that has gone. */
const useFocusAtNavigation = (place: string): void => {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const main = document.getElementById('main');
    if (main === null) return undefined;
    // The first zoom names its meter in the address: what was pressed beside the chart still stands, and leads nowhere else.
    if (document.activeElement?.closest('figure') instanceof HTMLElement) return undefined;
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
    let title: HTMLElement | null = null;
    const take = (): void => {
      if (title === null) {
        title = main.querySelector('h1');
        if (title === null) return;
        // Whoever has moved on meanwhile is not called back.
        if (document.activeElement !== main && document.activeElement !== document.body)
          return observer.disconnect();
        title.tabIndex = -1;
        title.focus({ preventScroll: true });
      }
      if (document.activeElement !== title) return observer.disconnect();
      // What stands above it comes later and pushes it down, on a phone off the screen: whoever goes by keys has to see where that is.
      if (title.matches(':focus-visible') && title.getBoundingClientRect().bottom > innerHeight)
        title.scrollIntoView();
    };
    const observer = new MutationObserver(take);
    observer.observe(main, { childList: true, subtree: true, characterData: true });
    take();
    return () => observer.disconnect();
  }, [place]);
};

/** The title of the window is the answer of the page, so that a tab, a bookmark and a screen reader tell which it is. */
const followTitle = (): (() => void) => {
  const tell = (): void => {
    const answer = document.querySelector('#main h1')?.textContent ?? '';
    document.title = answer === '' ? 'Stacoptim' : `${answer} – Stacoptim`;
  };
  const observer = new MutationObserver(tell);
  observer.observe(document.getElementById('main') ?? document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  tell();
  return () => {
    observer.disconnect();
  };
};

const transferred = (): number =>
  performance
    .getEntriesByType('resource')
    .concat(performance.getEntriesByType('navigation'))
    .reduce((total, entry) => total + ((entry as PerformanceResourceTiming).transferSize ?? 0), 0);

/** Bytes this page has taken, followed as more come. */
const useTransferredBytes = (): number => {
  const [bytes, setBytes] = useState(transferred);
  useEffect(() => {
    const observer = new PerformanceObserver(() => {
      setBytes(transferred());
    });
    observer.observe({ entryTypes: ['resource', 'navigation'] });
    return () => {
      observer.disconnect();
    };
  }, []);
  return bytes;
};

/** Ends the session here, then at the provider of identities where it was opened at one. */
const signOut = async (): Promise<void> => {
  const answer = await fetch('deconnexion', { method: 'POST' });
  const left = answer.ok ? ((await answer.json()) as { readonly to: string }) : { to: '/' };
  location.assign(left.to);
  if (left.to === '/') location.reload();
};

/** The tool's own energy (promise P9) and the weight of this page, where the browser tells it. */
const Foot = () => {
  const t = useText();
  const ledger = useSteadyResource('GET /v1/ledger');
  useComputed(ledger.retry);
  const bytes = useTransferredBytes();
  return (
    <footer>
      <p>
        {ledger.state === 'ready' && (
          <>
            {t({ fr: 'Énergie prise par l’outil jusqu’ici : ', en: 'Energy taken by the tool so far: ' })}
            <Figure
              label={{ fr: 'Énergie prise par l’outil', en: 'Energy taken by the tool' }}
              quantity={ledger.value.totalJ}
            />{' '}
            (<a href={sobrietyHref}>{t({ fr: 'à quoi', en: 'what for' })}</a>).{' '}
          </>
        )}
        {t({ fr: 'Cette page a pesé ', en: 'This page weighed ' })}
        {Math.max(1, Math.round(bytes / 1000))} {t({ fr: 'ko', en: 'kB' })}.{' '}
        {ledger.state === 'ready' && (
          <button type="button" class="plain" onClick={() => void signOut()}>
            {t(words.signOut)}
          </button>
        )}
      </p>
      <p class="print-hidden">
        <a href={accessibilityHref}>
          {t({ fr: 'Accessibilité : non conforme', en: 'Accessibility: not conforming' })}
        </a>{' '}
        · <a href={siteMapHref}>{t({ fr: 'Plan du site', en: 'Site map' })}</a> ·{' '}
        <a href={guideHref}>{t({ fr: 'Premiers pas', en: 'First steps' })}</a>
      </p>
    </footer>
  );
};
