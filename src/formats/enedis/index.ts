export { enedisCustomerCsv } from './customer-csv.ts';
export { enedisFlows } from './flows.ts';
