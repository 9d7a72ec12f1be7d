/** The code of charts over time comes when the first one is shown. */
export const loadTimeChart = async () => (await import('./time-chart.tsx')).TimeChart;
