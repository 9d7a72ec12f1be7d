export { ResultsPage } from './results-page.tsx';
export { StockResultsPage } from './stock-results-page.tsx';
